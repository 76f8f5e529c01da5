import { type Message, msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import { bypasses } from "./bypass/index.js";
import { parseTarget } from "./bypass/target.js";
import { type ClientName, clients } from "./clients.js";

/** Whether a client asks its proxy for a URL, and why. */
export interface Explanation {
  readonly via: "proxy" | "direct" | "unknown";
  readonly because: Message;
  /** The entry of the list that says so. */
  readonly entry?: Span;
}

/** What `client` makes of the bypass list `noProxy` for a request of `url`, given that it has a proxy for it. */
export function explain(url: string, client: ClientName, noProxy: string): Explanation {
  const { label, version } = clients[client];
  const verdict = bypasses(client, url, noProxy);
  const target = parseTarget(url);
  if (verdict === undefined || target === undefined) {
    return { via: "unknown", because: msg("The address is not a URL of http or https with an ASCII host.") };
  }
  const { host } = target;
  switch (verdict.because) {
    case "loopback":
      return {
        via: "direct",
        because: msg("{0} {1} never asks a proxy for {2}: it is loopback.", label, version, host),
      };
    case "all":
      return { via: "direct", because: msg("{0} {1} takes * for every host.", label, version), entry: verdict.entry };
    case "entry":
      return {
        via: "direct",
        because: msg("For {0} {1}, the entry {2} covers {3}.", label, version, verdict.entry.text, host),
        entry: { start: verdict.entry.start, end: verdict.entry.end },
      };
    case "none":
      return {
        via: "proxy",
        because:
          noProxy.trim() === ""
            ? msg("The bypass list of {0} is empty.", label)
            : msg("For {0} {1}, no entry of the list covers {2}.", label, version, host),
      };
  }
}
