import { parseIpv4 } from "../../proxy/ip.js";
import { type Message, msg } from "../../text/message.js";
import { problemOf } from "../values.js";

/** What a host is to be set up for. */
export interface SetUpRequest {
  /** The proxy that everyone is to use; without one it is a cntlm of this host. */
  readonly proxy?: string;
  /** With cntlm: the company's proxies, `host:port`. */
  readonly parents?: readonly string[];
  /** With cntlm: the account. Its password is never asked for. */
  readonly username?: string;
  readonly domain?: string;
  /** What `cntlm -H` prints as PassNTLMv2: 32 hexadecimal digits. */
  readonly hash?: string;
  /** The bypass list. Without one lists that are there stay. */
  readonly noProxy?: string;
  /** IPv4 address of docker0; the one of the settings unless given. */
  readonly docker0?: string;
  /** Root's .docker/config.json too. One that is there is amended in any case. */
  readonly dockerConfig?: boolean;
}

/** Why a request cannot be done; undefined if it can. */
export function requestProblem(request: SetUpRequest): Message | undefined {
  const { proxy, parents = [], noProxy, username, domain, hash, docker0 } = request;
  const problem = problemOf({
    ...(proxy !== undefined && { httpProxy: proxy }),
    ...(noProxy !== undefined && { noProxy }),
    ...(username !== undefined && { username }),
    ...(domain !== undefined && { domain }),
  });
  if (problem) return problem;
  if (proxy !== undefined && !/^https?:\/\/[^\s@/]+:\d{1,5}\/?$/.test(proxy)) {
    return msg("Write the proxy as http://host:port, without an account.");
  }
  if (proxy === undefined && (parents.length === 0 || !parents.every((parent) => /^[\w.-]+:\d{1,5}$/.test(parent)))) {
    return msg("Name the proxy, or the company's proxies for cntlm as host:port.");
  }
  if (hash !== undefined && !/^[\dA-Fa-f]{32}$/.test(hash)) return msg("A PassNTLMv2 has 32 hexadecimal digits.");
  return docker0 !== undefined && !parseIpv4(docker0)
    ? msg("Write docker0's address as an IPv4 address, such as 172.17.0.1.")
    : undefined;
}
