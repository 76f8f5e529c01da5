import { asciiLetters } from "../../text/letters.js";
import { remembering } from "../../text/memo.js";
import { parseCidr, parseIpv4, parseIpv6 } from "../ip.js";
import { type ListPart, splitAt, trimmed } from "./list.js";

/**
 * What the writer of an entry seems to mean.
 * - `empty`: nothing between two commas; `all`: `*`
 * - `name`: `example.com`; `suffix`: `.example.com`; `wildcard-suffix`: `*.example.com`; `wildcard`: `*` or `?` elsewhere
 * - `ipv4`, `ipv6`, `cidr4`, `cidr6`: addresses and blocks
 * - `url`: an entry with a scheme or a path; `quoted`: with a quote at an end; `joined`: several by `;`, `|`, full-width signs or blanks
 * - `other`: anything else, templates among it: not to be judged
 */
export type EntryKind =
  | "empty"
  | "all"
  | "name"
  | "suffix"
  | "wildcard-suffix"
  | "wildcard"
  | "ipv4"
  | "ipv6"
  | "cidr4"
  | "cidr6"
  | "url"
  | "quoted"
  | "joined"
  | "other";

/** One entry of a list, between two commas. The span is that of the text, without the blanks around it. */
export interface BypassEntry extends ListPart {
  readonly kind: EntryKind;
  /** The entry without its port, brackets, scheme, path and quotes. */
  readonly host: string;
  /** `host:port` */
  readonly port?: number;
  /** For `joined`: the pieces. */
  readonly pieces?: readonly ListPart[];
  /** All that stands between the commas: the raw parts and the commas make up the list. */
  readonly raw: ListPart;
  /** Whether a comma stands before and after it: `*` counts alone for most clients. */
  readonly first: boolean;
  readonly last: boolean;
}

const blank = /\s/;
const quotes = /["'`\u2018-\u201f\u00ab\u00bb]/;
/** Signs that part entries for a reader, and for no program; the full-width ones come with Chinese input. */
const joints = /[;|\s\uff0c\uff1b\u3001]/;

/** Splits a bypass list at its commas and says what each entry means to be. Never throws; linear in the list. */
export const parseBypassList: (list: string) => readonly BypassEntry[] = remembering(readBypassList, 500);

function readBypassList(list: string): readonly BypassEntry[] {
  if (list.trim() === "") return [];
  const parts = splitAt(list, /,/);
  return parts.map((raw, index) => ({
    ...entryOf(trimmed(list, raw.start, raw.end, blank)),
    raw,
    first: index === 0,
    last: index === parts.length - 1,
  }));
}

function entryOf(part: ListPart): Omit<BypassEntry, "raw" | "first" | "last"> {
  const { text } = part;
  if (text === "") return { ...part, kind: "empty", host: "" };
  if (/[$`{}<>%]/.test(text)) return { ...part, kind: "other", host: text };
  if (quotes.test(text.charAt(0)) || quotes.test(text.charAt(text.length - 1))) {
    return { ...part, kind: "quoted", host: trimmed(text, 0, text.length, quotes).text };
  }
  const pieces = splitAt(text, joints).filter((piece) => piece.text !== "");
  if (pieces.length > 1 || joints.test(text)) {
    const placed = pieces.map((piece) => ({ ...piece, start: part.start + piece.start, end: part.start + piece.end }));
    return { ...part, kind: "joined", host: text, pieces: placed };
  }
  return { ...part, ...plain(text) };
}

function plain(text: string): { kind: EntryKind; host: string; port?: number } {
  const block = parseCidr(text);
  if (block) return { kind: block.address.length === 4 ? "cidr4" : "cidr6", host: text };
  const url = /^(?:[a-z][a-z\d+.-]*:)?\/\/([^/?#]*)|^([^/?#]+)\//i.exec(text);
  if (url) return { ...hostAndPort((url[1] ?? url[2] ?? "").replace(/^.*@/, "")), kind: "url" };
  const place = hostAndPort(text);
  return { ...place, kind: kindOf(place.host) };
}

function hostAndPort(text: string): { host: string; port?: number } {
  const [, bracketed, name = text, digits] = /^(?:\[([^[\]]*)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  return { host: bracketed ?? name, ...(digits !== undefined && { port: Number(digits) }) };
}

function kindOf(host: string): EntryKind {
  if (host === "*") return "all";
  if (parseIpv4(host)) return "ipv4";
  if (parseIpv6(host)) return "ipv6";
  const letters = asciiLetters(host);
  if (/^\*\.[\w.-]+$/.test(letters)) return "wildcard-suffix";
  if (/[*?]/.test(letters) && /^[\w.*?-]+$/.test(letters)) return "wildcard";
  if (/^[\d.]+$/.test(letters)) return "other"; // part of an address
  if (/^\.[\w.-]+$/.test(letters)) return "suffix";
  return /^[\w-][\w.-]*$/.test(letters) ? "name" : "other";
}
