import type { CntlmValue } from "../../quoting/cntlm.js";
import type { Span } from "../../text/span.js";
import type { ReadOption } from "./option.js";
import type { CntlmEndpoint } from "./tree.js";

/**
 * Reads `[address:]port`. The first colon separates, unless it is the last character; so there is no way to write an
 * IPv6 address.
 */
export function listenEndpoint(
  option: ReadOption,
  role: "listen" | "socks5",
  gateway: boolean | undefined,
): CntlmEndpoint {
  const { text, open } = option.written;
  const colon = text.indexOf(":");
  if (colon < 0 || colon === text.length - 1) {
    const implied = open || gateway === undefined ? undefined : gateway ? "0.0.0.0" : "127.0.0.1";
    return new Endpoint(role, option, undefined, implied, 0);
  }
  return new Endpoint(role, option, hostEnd(text, colon), undefined, colon + 1);
}

/** Reads `host:port`. The first colon separates; without one, cntlm exits. */
export function parentEndpoint(option: ReadOption): CntlmEndpoint {
  const { text } = option.written;
  const colon = text.indexOf(":");
  return new Endpoint("parent", option, hostEnd(text, colon), undefined, colon < 0 ? undefined : colon + 1);
}

/** substr() of a length of 0 takes all: of `:3128` the whole is the host. */
function hostEnd(text: string, colon: number): number {
  return colon <= 0 ? text.length : colon;
}

/** Its spans are made when they are asked for. */
class Endpoint implements CntlmEndpoint {
  readonly host: string | undefined;
  readonly port: number | undefined;

  constructor(
    readonly role: CntlmEndpoint["role"],
    readonly option: ReadOption,
    /** Where the host ends in the value; undefined where none is written. */
    private readonly hostEnd: number | undefined,
    implied: string | undefined,
    /** Where the port begins in the value. */
    private readonly portStart: number | undefined,
  ) {
    const { written } = option;
    this.host =
      hostEnd === undefined ? implied : known(written, 0, hostEnd) ? written.text.slice(0, hostEnd) : undefined;
    this.port = portStart === undefined ? undefined : portAt(written, portStart);
  }

  get unknown(): boolean {
    return this.option.written.open;
  }

  get hostSpan(): Span | undefined {
    return this.hostEnd === undefined ? undefined : this.option.value.toSource({ start: 0, end: this.hostEnd });
  }

  get portSpan(): Span | undefined {
    const { portStart, option } = this;
    const { length } = option.written.text;
    if (portStart === undefined || portStart >= length || !known(option.written, portStart, length)) return undefined;
    return option.value.toSource({ start: portStart, end: length });
  }
}

function known(written: CntlmValue, start: number, end: number): boolean {
  return !written.open || !written.value.hasUnknown({ start, end });
}

/** As atoi() reads it: blanks, a sign and digits; what follows is left out. */
function portAt(written: CntlmValue, start: number): number | undefined {
  const { text } = written;
  if (!known(written, start, text.length)) return undefined;
  const match = /^\s*([+-]?\d+)/.exec(text.slice(start, start + 40));
  return Number(match?.[1] ?? 0) || undefined;
}
