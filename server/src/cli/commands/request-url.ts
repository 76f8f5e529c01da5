import { parseTarget } from "../../proxy/bypass/target.js";
import { redactAddress } from "../../proxy/redact.js";
import { UsageError } from "../exit.js";

/** What may come before `://` in an address that a route can be told for. */
const judged = /^(?:https?|tcp):\/\//i;

/** `ssh://…`, and `git@host:path` as git has it. */
const overSsh = /^(?:(?:git\+)?ssh:\/\/|[^\s/@:]+@[^\s/:]+:(?!\d+(?:\/|$)))/i;

/** Whether a text is the URL of a request that goes by the settings of proxies; the route of one with a host that is not ASCII is unknown. */
export function isRequestUrl(text: string): boolean {
  return parseTarget(text) !== undefined || (judged.test(text) && /[^\0-\x7f]/.test(text) && URL.canParse(text));
}

/** @throws {UsageError} where a text is no URL of a request that goes by the settings of proxies */
export function assertRequestUrl(text: string): void {
  if (isRequestUrl(text)) return;
  const shown = text === "" ? '""' : redactAddress(text);
  if (judged.test(text)) throw new UsageError(`${shown} is not a valid URL`);
  if (overSsh.test(text))
    throw new UsageError(`${shown} is an address of SSH, which none of these settings concerns; ${wanted}`);
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1];
  if (scheme !== undefined) throw new UsageError(`${shown} is a URL of ${scheme}; ${wanted}`);
  throw new UsageError(`${shown} is not a URL; ${withScheme(text) ?? wanted}`);
}

const wanted = "explain answers for http:// and https://, and for tcp:// of a DOCKER_HOST";

/** A registry or a host as other tools write them, as a URL. A word alone may be anything. */
function withScheme(text: string): string | undefined {
  const url = `https://${text}`;
  const { host } = parseTarget(url) ?? {};
  return host !== undefined && /[.:]|^localhost$/.test(host) ? `did you mean ${redactAddress(url)}?` : undefined;
}
