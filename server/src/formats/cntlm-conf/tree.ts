import type { CntlmForm } from "../../quoting/cntlm.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { TreeBase } from "../format.js";
import type { CntlmOptionKind } from "./options.js";

/**
 * What is odd about an option's line. None of these makes cntlm complain.
 * - `no-newline`: the last line, which cntlm does not read
 * - `no-value`: nothing, a comment or `;` after the name: cntlm skips the line
 * - `unclosed-quote`: cntlm skips the line
 * - `empty-quotes`: the value becomes a double quote and the rest of the line
 * - `stray-quote`: a double quote at the end only stays in the value
 * - `single-quotes`: they stay in the value
 * - `text-after-quote`: words after the closing quote are dropped
 * - `hash-in-word`, `hash-after-blank`: `#` in a bare value cuts the rest off
 * - `assignment-sign`: `=` or `:` after the name becomes part of the value; the span takes in the blanks around it
 * - `line-too-long`: cntlm reads 4095 bytes and takes what follows as another line
 */
export type CntlmFaultKind =
  | "no-newline"
  | "no-value"
  | "unclosed-quote"
  | "empty-quotes"
  | "stray-quote"
  | "single-quotes"
  | "text-after-quote"
  | "hash-in-word"
  | "hash-after-blank"
  | "assignment-sign"
  | "line-too-long";

export interface CntlmFault {
  readonly kind: CntlmFaultKind;
  readonly span: Span;
}

/**
 * What becomes of an option.
 * - `effective`: cntlm uses it
 * - `duplicate`: one of its name came before, and the first counts; cntlm reports it as ignored
 * - `ignored`: not an option of cntlm 0.92.3; cntlm reports it as ignored
 * - `lost`: cntlm skips the line without a word
 */
export type CntlmState = "effective" | "duplicate" | "ignored" | "lost";

/** One line `Name value`. */
export interface CntlmOption {
  /** As written. Empty for a line that begins with neither a letter nor a digit, such as `//x`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined for a name that neither cntlm nor a fork knows. */
  readonly kind: CntlmOptionKind | undefined;
  readonly state: CntlmState;
  /** The blanks between name and value; empty where there are none. */
  readonly separator: Span;
  /** The value as cntlm takes it; of a lost line, what was meant. */
  readonly value: MappedText;
  readonly form: CntlmForm;
  /** The value with its quotes. */
  readonly raw: Span;
  /** What follows the value and is dropped: a comment, or words after the closing quote. */
  readonly dropped: Span | undefined;
  /** From the name to the end of the value. */
  readonly span: Span;
  /** The whole line with its line ending. */
  readonly line: Span;
  readonly faults: readonly CntlmFault[];
}

/** An address as cntlm takes it from a Listen, SOCKS5Proxy or Proxy line. */
export interface CntlmEndpoint {
  readonly role: "listen" | "socks5" | "parent";
  readonly option: CntlmOption;
  /** `127.0.0.1`, or `0.0.0.0` under Gateway, where a Listen names a port alone. Undefined: none, or not known. */
  readonly host: string | undefined;
  /** Undefined where the host is implied or missing. */
  readonly hostSpan: Span | undefined;
  /** As written, which may be out of range: cntlm takes any number but 0. Undefined: cntlm exits, or it is not known. */
  readonly port: number | undefined;
  readonly portSpan: Span | undefined;
  /** Another tool fills in a part of it. */
  readonly unknown: boolean;
}

/** A line `[name]`. It makes no difference: cntlm reads the options after it all the same (measured). */
export interface CntlmSection {
  readonly name: string;
  readonly span: Span;
}

export interface CntlmConfTree extends TreeBase {
  readonly format: "cntlm-conf";
  /** Every option line, in the order of the file, whatever becomes of it. */
  readonly options: readonly CntlmOption[];
  readonly sections: readonly CntlmSection[];
  /** Comment lines, from `#` or `;` on. */
  readonly comments: readonly Span[];
  /** The last line, where it has no newline and holds more than blanks: cntlm does not read it. */
  readonly unreadLine: Span | undefined;
  /** The effective Listen, SOCKS5Proxy and Proxy lines. */
  readonly addresses: readonly CntlmEndpoint[];
  /** `Gateway yes` is in force: a Listen with a bare port binds every interface. Undefined: not known. */
  readonly gateway: boolean | undefined;
  /** The effective options of a name, in any letter case. */
  all(name: string): readonly CntlmOption[];
  /** The first effective option of a name, in any letter case: the one that counts. */
  option(name: string): CntlmOption | undefined;
}
