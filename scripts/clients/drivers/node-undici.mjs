import { EnvHttpProxyAgent, request } from "undici";
import { serve } from "./node.mjs";

await serve(async (url) => {
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const { body } = await request(url, { dispatcher, headersTimeout: 10_000 });
    await body.dump();
    return {};
  } finally {
    await dispatcher.destroy();
  }
});
