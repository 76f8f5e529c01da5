import { asciiLetters } from "../text/letters.js";
import { remembering } from "../text/memo.js";
import { type Span, span } from "../text/span.js";
import type { ClientName } from "./clients.js";
import { credentialProblems } from "./credentials.js";

/** A part of an address and where it stands in the text. */
export interface AddressPart extends Span {
  readonly text: string;
}

/**
 * What is wrong with an address.
 * - `no-scheme`: it starts with the host; `bad-scheme`: `http:/`, `http:`, `http//`, `//`, `://`, `http：//` or `http://http://`
 *   where `http://` should stand
 * - `no-host`, `bad-host` (characters that no host has), `bad-port` (no number of 1 to 65535, or the `/` of `host:/3128`)
 * - `blank`, `quote` (typographic ones too), `comma` (or a semicolon at the end)
 * - `path`: more than `/` after the port
 * - `character`: a character of the credentials that clients take differently; `escape`: a `%` that starts no escape;
 *   `control`: `%0A`, `%0D` or `%00` in the credentials
 */
export type AddressProblemKind =
  | "no-scheme"
  | "bad-scheme"
  | "no-host"
  | "bad-host"
  | "bad-port"
  | "blank"
  | "quote"
  | "comma"
  | "path"
  | "character"
  | "escape"
  | "control";

export interface AddressProblem {
  readonly kind: AddressProblemKind;
  readonly span: Span;
  /** For `character`, `escape` and `control`: the clients that fail, drop the proxy or send other credentials. */
  readonly fails?: readonly ClientName[];
}

/** An address of a proxy as a person means it. The parts that it lacks are undefined. */
export interface ProxyAddress {
  readonly text: string;
  /** In lower case, without `://`. Also set where a `bad-scheme` clearly means one. */
  readonly scheme?: string;
  readonly user?: AddressPart;
  readonly password?: AddressPart;
  /** User and password with the `@` that ends them. */
  readonly credentials?: Span;
  /** As written, without brackets. */
  readonly host?: AddressPart;
  /** As written; {@link portOf} gives the number. */
  readonly port?: AddressPart;
  /** Path, query and fragment. */
  readonly rest?: AddressPart;
  /** Something between host and port is filled in by another tool (`$HOST`, `{{ … }}`): those parts are not judged. */
  readonly template: boolean;
  /** In the order of the text. */
  readonly problems: readonly AddressProblem[];
}

const blank = /[\s\u00a0]/;
const quote = /["'`\u2018-\u201f\u2032\u2033\u00ab\u00bb]/;
const hostAndPort = /^(?:\[[\da-f:.]+\]|[\w.-]+):\d{1,5}\/?$/i;
const schemeTwice = /^(?:https?:\/\/)+(https?):\/\//i;
const schemeLike =
  /^(?:([a-z][a-z\d+.-]*):\/\/|(https?|socks[45][ah]?)(?:\uff1a\/\/|:\/(?!\/)|:(?!\/|\d{0,5}(?:\/|$))|\/\/)|:?\/\/)/i;

/** Reads an address, however broken. Never throws; linear in the text. */
export const parseAddress: (text: string) => ProxyAddress = remembering(readAddress);

function readAddress(text: string): ProxyAddress {
  let problems: AddressProblem[] = [];
  const { start, end } = peel(text, problems);
  if (start === end) {
    if (text !== "") problems.push({ kind: "no-host", span: span(0, text.length) });
    return { text, template: false, problems };
  }
  const scheme = readScheme(text, start, end, problems);
  const at = credentialsEnd(text.slice(scheme.end, end));
  const hostStart = scheme.end + at;
  const user = at === 0 ? undefined : userinfo(text, scheme.end, hostStart - 1);
  for (const part of [user?.user, user?.password]) {
    if (part) problems = problems.concat(credentialProblems(part));
  }
  const place = readPlace(text, hostStart, end);
  return {
    text,
    ...(scheme.name !== undefined && { scheme: scheme.name }),
    ...user,
    ...(at > 0 && { credentials: span(scheme.end, hostStart) }),
    ...place.parts,
    problems: problems.concat(place.problems).sort((a, b) => a.span.start - b.span.start),
  };
}

/** The port as a number; undefined where there is none or a wrong one. */
export function portOf({ port }: ProxyAddress): number | undefined {
  const number = port && /^\d{1,5}$/.test(port.text) ? Number(port.text) : 0;
  return number >= 1 && number <= 65_535 ? number : undefined;
}

/** Takes blanks, quotes, commas and semicolons off the ends; each kind at each end is one problem. */
function peel(text: string, problems: AddressProblem[]): Span {
  let [start, end] = [0, text.length];
  while (start < end && peelKind(text.charAt(start))) start++;
  while (end > start && peelKind(text.charAt(end - 1))) end--;
  for (const [from, to] of [
    [0, start],
    [end, text.length],
  ] as const) {
    for (let at = from; at < to; ) {
      const kind = peelKind(text.charAt(at));
      const first = at;
      while (at < to && peelKind(text.charAt(at)) === kind) at++;
      if (kind) problems.push({ kind, span: span(first, at) });
    }
  }
  return { start, end };
}

function peelKind(character: string): "blank" | "quote" | "comma" | undefined {
  if (blank.test(character)) return "blank";
  if (quote.test(character)) return "quote";
  return character === "," || character === ";" ? "comma" : undefined;
}

function readScheme(
  text: string,
  start: number,
  end: number,
  problems: AddressProblem[],
): { name?: string; end: number } {
  const written = text.slice(start, end);
  const twice = schemeTwice.exec(written);
  if (twice) {
    const [whole, name = ""] = twice;
    problems.push({ kind: "bad-scheme", span: span(start, start + whole.length) });
    return { name: name.toLowerCase(), end: start + whole.length };
  }
  const match = schemeLike.exec(written);
  if (!match) {
    problems.push({ kind: "no-scheme", span: span(start, start) });
    return { end: start };
  }
  const [whole, good, meant] = match;
  if (good === undefined) problems.push({ kind: "bad-scheme", span: span(start, start + whole.length) });
  const name = (good ?? meant)?.toLowerCase();
  return { ...(name !== undefined && { name }), end: start + whole.length };
}

/**
 * How long the credentials are, with their `@`; 0 for none. The last `@` ends them, for so a person means it, though `/`, `?` or
 * `#` stand before it; unless what stands before those is a host already, and what follows the `@` does not look like one.
 */
function credentialsEnd(text: string): number {
  const last = text.lastIndexOf("@");
  if (last < 0) return 0;
  const stop = text.search(/[/?#]/);
  if (stop < 0 || last < stop || hostAndPort.test(text.slice(last + 1))) return last + 1;
  const inAuthority = text.lastIndexOf("@", stop);
  const authority = text.slice(inAuthority + 1, stop);
  return /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{0,5})?$/i.test(authority) ? inAuthority + 1 : last + 1;
}

function userinfo(text: string, start: number, end: number): { user: AddressPart; password?: AddressPart } {
  const colon = text.indexOf(":", start);
  if (colon < 0 || colon >= end) return { user: part(text, start, end) };
  return { user: part(text, start, colon), password: part(text, colon + 1, end) };
}

function readPlace(text: string, start: number, end: number) {
  const stop = text.slice(start, end).search(/[/?#]/);
  const placeEnd = stop < 0 ? end : start + stop;
  const place = text.slice(start, placeEnd);
  const template = /[$`{}<>%]/.test(text.slice(start, end));
  const [, bracketed] = /^\[([^[\]]*)\]/.exec(place) ?? [];
  const hostEnd = start + (bracketed === undefined ? lastColon(place) : bracketed.length + 2);
  const host = bracketed === undefined ? part(text, start, hostEnd) : part(text, start + 1, hostEnd - 1);
  const port = hostEnd < placeEnd ? part(text, hostEnd + 1, placeEnd) : undefined;
  const rest = placeEnd < end ? part(text, placeEnd, end) : undefined;
  const parts = { ...(host.text !== "" && { host }), ...(port && { port }), ...(rest && { rest }), template };
  if (template) return { parts, problems: [] };
  const ofHost: AddressProblem[] =
    host.text === "" ? [{ kind: "no-host", span: span(start, placeEnd) }] : hostProblems(host, bracketed !== undefined);
  const ofPort = port ? portProblems(port, rest) : [];
  const ofRest: AddressProblem[] =
    rest && rest.text !== "/" ? [{ kind: "path", span: span(rest.start, rest.end) }] : [];
  return { parts, problems: ofHost.concat(ofPort, ofRest) };
}

/** Where the host ends: at the last colon, so that what stands before a port is one piece. */
function lastColon(place: string): number {
  const colon = place.lastIndexOf(":");
  return colon < 0 ? place.length : colon;
}

function hostProblems(host: AddressPart, bracketed: boolean): AddressProblem[] {
  const allowed = bracketed ? /[\da-f:.]/i : /[\w.-]/;
  return runs(host, (character) => {
    return allowed.test(bracketed ? character : asciiLetters(character))
      ? undefined
      : (peelKind(character) ?? "bad-host");
  });
}

/** Consecutive characters of one kind of problem are one problem. */
function runs(
  { text, start }: AddressPart,
  kindOf: (character: string) => AddressProblemKind | undefined,
): AddressProblem[] {
  const problems: AddressProblem[] = [];
  let at = start;
  for (const character of text) {
    const kind = kindOf(character);
    const last = problems.at(-1);
    if (kind !== undefined && last?.kind === kind && last.span.end === at) {
      problems[problems.length - 1] = { kind, span: span(last.span.start, at + character.length) };
    } else if (kind !== undefined) {
      problems.push({ kind, span: span(at, at + character.length) });
    }
    at += character.length;
  }
  return problems;
}

function portProblems(port: AddressPart, rest: AddressPart | undefined): AddressProblem[] {
  // `host:/3128`: the number is a path, and each program takes its own default port.
  if (port.text === "" && rest && /^\/\d{1,5}\/?$/.test(rest.text)) {
    return [{ kind: "bad-port", span: span(rest.start, rest.start + 1) }];
  }
  const stray = runs(port, peelKind);
  const digits = [...port.text].filter((character) => peelKind(character) === undefined).join("");
  const number = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  const wrong = number < 1 || number > 65_535;
  return wrong ? [...stray, { kind: "bad-port", span: span(port.start, port.end) }] : stray;
}

function part(text: string, start: number, end: number): AddressPart {
  return { text: text.slice(start, end), start, end };
}
