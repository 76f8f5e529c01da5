import { getProxyForUrl } from "proxy-from-env";
import { serve } from "./node.mjs";

await serve(async (url) => ({ proxy: getProxyForUrl(url) }));
