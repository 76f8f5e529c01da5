import { remembering } from "../../text/memo.js";
import type { ClientName } from "../clients.js";
import { curl } from "./curl.js";
import { go } from "./go.js";
import { proxyFromEnv, undici } from "./node.js";
import { requests, urllib } from "./python.js";
import { ruby } from "./ruby.js";
import { parseTarget } from "./target.js";
import type { Matcher, Verdict } from "./verdict.js";
import { wget } from "./wget.js";

const matchers: Readonly<Record<ClientName, Matcher>> = {
  curl,
  git: curl,
  wget,
  go: go({ namesCoverAddresses: true }),
  docker: go({ namesCoverAddresses: false }),
  "python-requests": requests,
  "python-urllib": urllib,
  ruby,
  "node-undici": undici,
  "node-proxy-from-env": proxyFromEnv,
};

/**
 * Whether a client asks the proxy for `url` when its bypass list is `list`, and which entry says otherwise: exactly as the client
 * behaves, proved row by row against measured.json. undefined where the URL is none that we can judge (see {@link parseTarget}).
 */
export const bypasses: (client: ClientName, url: string, list: string) => Verdict | undefined = remembering(
  (client: ClientName, url: string, list: string) => {
    const target = parseTarget(url);
    return target && matchers[client](target, list);
  },
);
