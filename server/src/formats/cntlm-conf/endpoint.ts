import type { Span } from "../../text/span.js";
import type { CntlmEndpoint, CntlmOption } from "./tree.js";

/**
 * Reads `[address:]port`. The first colon separates, unless it is the last character; so there is no way to write an
 * IPv6 address.
 */
export function listenEndpoint(
  option: CntlmOption,
  role: "listen" | "socks5",
  gateway: boolean | undefined,
): CntlmEndpoint {
  const { value } = option;
  const spec = value.text;
  const unknown = value.hasUnknown();
  const colon = spec.indexOf(":");
  if (colon < 0 || colon === spec.length - 1) {
    const host = gateway === undefined ? undefined : gateway ? "0.0.0.0" : "127.0.0.1";
    return { role, option, host: unknown ? undefined : host, hostSpan: undefined, ...portOf(option, 0), unknown };
  }
  // substr() of a length of 0 takes all: of `:3128` the whole is the host.
  const hostEnd = colon === 0 ? spec.length : colon;
  return { role, option, ...hostOf(option, hostEnd), ...portOf(option, colon + 1), unknown };
}

/** Reads `host:port`. The first colon separates; without one, cntlm exits. */
export function parentEndpoint(option: CntlmOption): CntlmEndpoint {
  const spec = option.value.text;
  const unknown = option.value.hasUnknown();
  const colon = spec.indexOf(":");
  const host = hostOf(option, colon < 0 ? spec.length : colon === 0 ? spec.length : colon);
  const port = colon < 0 ? { port: undefined, portSpan: undefined } : portOf(option, colon + 1);
  return { role: "parent", option, ...host, ...port, unknown };
}

function hostOf(option: CntlmOption, end: number): { host: string | undefined; hostSpan: Span } {
  const { value } = option;
  const span = { start: 0, end };
  return { host: value.hasUnknown(span) ? undefined : value.text.slice(0, end), hostSpan: value.toSource(span) };
}

/** As atoi() reads it: blanks, a sign and digits; what follows is left out. */
function portOf(option: CntlmOption, start: number): { port: number | undefined; portSpan: Span | undefined } {
  const { value } = option;
  const match = /^[\s]*([+-]?\d+)/.exec(value.text.slice(start, start + 40));
  const rest = { start, end: value.text.length };
  if (value.hasUnknown(rest)) return { port: undefined, portSpan: undefined };
  const port = Number(match?.[1] ?? 0);
  return { port: port === 0 ? undefined : port, portSpan: rest.start < rest.end ? value.toSource(rest) : undefined };
}
