import { type Span, span } from "../text/span.js";
import { type ClientName, clientNames, type Outcome } from "./clients.js";
import { measured } from "./clients.measured.js";

/** A character of the credentials, or an escape, that not every client takes as it is meant. */
export interface CredentialProblem {
  readonly kind: "character" | "escape" | "control";
  readonly span: Span;
  /** The clients that fail, drop the proxy or send other credentials. */
  readonly fails: readonly ClientName[];
}

const outcomes: Readonly<Record<string, Readonly<Partial<Record<ClientName, Outcome>>>>> = measured.credentials;

const failing = new Map(
  Object.entries(outcomes).map(([text, row]) => [
    text,
    clientNames.filter((client) => (row[client] ?? "proxy") !== "proxy"),
  ]),
);

/** Every character beyond ASCII is treated as the one that was measured. */
function measuredAs(text: string): string {
  return text.charCodeAt(0) > 127 ? "é" : text.toUpperCase();
}

/** What becomes of an address with this character, or this escape (`%0A`), in its credentials. Measured with one of each. */
export function credentialOutcome(client: ClientName, text: string): Outcome {
  const key = measuredAs(text);
  return (Object.hasOwn(outcomes, key) ? outcomes[key]?.[client] : undefined) ?? "proxy";
}

/** The clients that do not take it as it is meant. */
function failsWith(text: string): readonly ClientName[] {
  return failing.get(measuredAs(text)) ?? [];
}

/** What another tool fills in, an escape, or one character. */
const pieces = /(\$\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>]*>)|%[\da-f]{2}|[\s\S]/giu;

/** The problems of a user name or a password, in its order. What a template or a placeholder fills in is not judged. */
export function credentialProblems({
  text,
  start,
}: {
  readonly text: string;
  readonly start: number;
}): CredentialProblem[] {
  const problems: CredentialProblem[] = [];
  for (const { 0: piece, 1: template, index } of text.matchAll(pieces)) {
    const fails = template === undefined ? failsWith(piece) : [];
    if (fails.length === 0) continue;
    const kind = isEscape(piece) ? "control" : piece === "%" ? "escape" : "character";
    problems.push({ kind, span: span(start + index, start + index + piece.length), fails });
  }
  return problems;
}

/** Percent-encodes what clients take differently, and a `%` that starts no escape; escapes and templates stay as they are. */
export function encodeCredential(text: string): string {
  return text.replace(pieces, (piece, template?: string) =>
    template !== undefined || isEscape(piece) || failsWith(piece).length === 0 ? piece : encode(piece),
  );
}

function isEscape(piece: string): boolean {
  return piece.length === 3 && piece.startsWith("%");
}

function encode(character: string): string {
  // encodeURIComponent throws on half a surrogate pair alone; TextEncoder would write U+FFFD for it.
  return /^[\ud800-\udfff]$/.test(character) ? "%EF%BF%BD" : encodeURIComponent(character);
}
