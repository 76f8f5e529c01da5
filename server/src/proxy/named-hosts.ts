import type { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";

/** A host in a text of a document. */
export interface HostIn {
  /** As written, with the brackets of IPv6. */
  readonly host: string;
  /** In the text. */
  readonly span: Span;
  /** The address that is asked, as a URL. */
  readonly url: string;
}

const webUrl = /^(https?):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^:/?#@\s]+)(?::(\d{1,5}))?(?=[/?#]|$)/i;

/** The host of a URL of http or https; undefined where it is not known. */
export function hostOfUrl(value: MappedText): HostIn | undefined {
  const match = webUrl.exec(value.text);
  const [whole, scheme, host, port] = match ?? [];
  if (whole === undefined || scheme === undefined || host === undefined) return undefined;
  const end = whole.length - (port === undefined ? 0 : port.length + 1);
  if (value.hasUnknown({ start: 0, end: whole.length })) return undefined;
  const url = `${scheme.toLowerCase()}://${host}${port === undefined ? "" : `:${port}`}/`;
  return { host, span: { start: end - host.length, end }, url };
}

/**
 * The registry of an image's name; undefined for Docker Hub's and where it is not known. What stands before the first slash is
 * a registry if it has a dot or a port, or is localhost (distribution/reference, normalize.go). A registry alone may be a URL.
 */
export function registryOf(value: MappedText, alone = false): HostIn | undefined {
  if (/^https?:\/\//i.test(value.text)) return alone ? hostOfUrl(value) : undefined;
  const match = /^(\[[\da-f:.]+\]|[A-Za-z\d](?:[A-Za-z\d.-]*[A-Za-z\d])?)(?::\d{1,5})?(?=\/|$)/i.exec(value.text);
  const [whole, host] = match ?? [];
  if (whole === undefined || host === undefined) return undefined;
  if (!alone && (whole.length === value.text.length || !(/[.:]/.test(whole) || host === "localhost"))) return undefined;
  if (value.hasUnknown({ start: 0, end: whole.length })) return undefined;
  return { host, span: { start: 0, end: host.length }, url: `https://${whole}/` };
}
