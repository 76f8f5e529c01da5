import type { Span } from "../../text/span.js";
import type { ShellSource } from "./source.js";

/** Something that the shell replaces by what the document does not say. Spans are the shell text's. */
export interface Expansion {
  /** `process`: bash's `<(…)`; `array`: its `(…)`; `bracket`: GitLab's `$[[ … ]]` and bash's old `$[ … ]`. */
  readonly kind: "parameter" | "command" | "backquote" | "arithmetic" | "process" | "array" | "bracket";
  /** From the `$` to the end. */
  readonly span: Span;
  /** The parameter: `HTTP_PROXY`, `1`, `@` … */
  readonly name?: string;
  readonly nameSpan?: Span;
  /** What follows the name inside braces: `:-`, `+`, `#`, `//` … */
  readonly operator?: string;
  /** The commands of a `command`, `backquote` or `process`. */
  readonly inner?: Span;
  /** It stands inside another expansion. */
  readonly nested: boolean;
  readonly closed: boolean;
}

/** Whether the expansion says what to do when the variable is not set (`${X:-…}`, `${X+…}`). */
export function hasDefault(expansion: Expansion): boolean {
  return /^:?[-=+]/.test(expansion.operator ?? "");
}

/** Whether the expansion gives the variable a value where it has none (`${X:=…}`, `${X=…}`). */
export function setsDefault(expansion: Expansion): boolean {
  return /^:?=/.test(expansion.operator ?? "");
}

type FrameKind = "double" | "brace" | "paren" | "arithmetic";

interface Frame {
  readonly kind: FrameKind;
  readonly start: number;
  /** Opened inside double quotes, where a single quote is an ordinary character. */
  readonly plainSingle: boolean;
  /** Not a group of its own, only a parenthesis inside a substitution. */
  readonly bare: boolean;
  /** Open parentheses of an arithmetic expansion. */
  depth: number;
  /** Open `case … esac`, whose patterns close with a parenthesis. */
  cases: number;
  /** The next word is a command's first. */
  commandStart: boolean;
  /** Delimiters of here-documents that begin at the next newline. */
  pending: HereDocumentStart[];
}

const parameterName = /[A-Za-z_]\w*|\d+|[@*#?$!-]/y;
/** A line continuation inside of a name is gone before the name is read. */
const plainName = /[A-Za-z_](?:(?:\\\n)*\w)*|[\d@*#?$!-]/y;
const operatorAt = /(?:\[[^\]}]{0,80}\])?(:?[-=+?]|##?|%%?|\/\/?|\^\^?|,,?|:|@)?/y;
const word = /[A-Za-z_!{}][\w-]*/y;
const opensCommand = new Set(["if", "then", "else", "elif", "while", "until", "do", "!", "{", "time"]);
/** How far `$[` looks for its end. */
const bracketReach = 300;

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Whether an expansion begins at `at`, a `$` or a backquote. */
export function startsExpansion(text: string, at: number): boolean {
  const c = text.charAt(at);
  if (c === "`") return true;
  if (c !== "$") return false;
  const next = text.charAt(at + 1);
  if (next === "(" || next === "{") return true;
  if (next === "[") return bracketEnd(text, at) !== undefined;
  return match(plainName, text, at + 1) !== undefined;
}

function bracketEnd(text: string, at: number): number | undefined {
  const close = text.charAt(at + 2) === "[" ? "]]" : "]";
  const window = text.slice(at, at + bracketReach);
  const end = window.indexOf(close);
  const line = window.indexOf("\n");
  return end < 0 || (line >= 0 && line < end) ? undefined : at + end + close.length;
}

/**
 * Reads the expansion at `at` (see {@link startsExpansion}; or `<(`, `>(` of bash, or the `(` of an array) to its end, whatever is quoted and nested
 * inside, in one pass and with a stack of its own.
 * @param found gets the expansion first, then the parameters and commands inside that this same shell expands
 * @returns the offset behind it; the end of the text where it is not closed
 */
export function readExpansion(source: ShellSource, at: number, inDouble: boolean, found: Expansion[]): number {
  return new ExpansionReader(source, found).read(at, inDouble);
}

class ExpansionReader {
  private readonly text: string;
  private readonly stack: Frame[] = [];
  /** Open frames whose content another reading takes care of. */
  private commandFrames = 0;
  private readonly slots = new Map<Frame, number>();

  constructor(
    private readonly source: ShellSource,
    private readonly found: Expansion[],
  ) {
    this.text = source.text;
  }

  read(at: number, inDouble: boolean): number {
    let i = this.open(at, inDouble);
    while (this.stack.length > 0 && i < this.text.length) i = this.step(i);
    if (this.stack.length > 0) {
      i = this.text.length;
      while (this.stack.length > 0) this.close(i, false);
    }
    return i;
  }

  /** Begins the expansion at `at`. @returns where to read on */
  private open(at: number, inDouble: boolean): number {
    const { text } = this;
    const nested = this.stack.length > 0;
    const c = text.charAt(at);
    if (c === "`") return this.backquote(at, nested);
    if (c === "(") return this.push("arithmetic", at, at + 1, false);
    const next = text.charAt(at + 1);
    if (next === "{") return this.push("brace", at, at + 2, inDouble && !isPattern(text, at + 2));
    if (next === "(") {
      const arithmetic = c === "$" && text.charAt(at + 2) === "(";
      return this.push(arithmetic ? "arithmetic" : "paren", at, at + 2, false);
    }
    if (next === "[") {
      const end = bracketEnd(text, at) ?? at + 2;
      this.add({ kind: "bracket", span: { start: at, end }, nested, closed: true });
      return end;
    }
    const written = match(plainName, text, at + 1) ?? "";
    const name = written.replace(/\\\n/g, "");
    const end = at + 1 + written.length;
    const nameSpan = { start: at + 1, end };
    this.add({ kind: "parameter", span: { start: at, end }, name, nameSpan, nested, closed: true });
    return end;
  }

  /** Only an unescaped backquote ends a backquote, whatever quotes stand inside. */
  private backquote(at: number, nested: boolean): number {
    const { text } = this;
    let i = at + 1;
    while (i < text.length && text.charAt(i) !== "`") i += text.charAt(i) === "\\" ? 2 : 1;
    const closed = i < text.length;
    const end = Math.min(text.length, i + 1);
    const inner = { start: at + 1, end: Math.min(i, text.length) };
    this.add({ kind: "backquote", span: { start: at, end }, inner, nested, closed });
    return end;
  }

  private add(expansion: Expansion): void {
    if (this.commandFrames === 0) this.found.push(expansion);
  }

  private push(kind: FrameKind, start: number, next: number, plainSingle: boolean, bare = false): number {
    const frame: Frame = {
      kind,
      start,
      plainSingle,
      bare,
      depth: 1,
      cases: 0,
      commandStart: true,
      pending: [],
    };
    if (kind !== "double" && !bare && this.commandFrames === 0) {
      this.slots.set(frame, this.found.length);
      this.found.push({ kind: "command", span: { start, end: start }, nested: this.stack.length > 0, closed: false });
    }
    if (kind === "paren") this.commandFrames++;
    this.stack.push(frame);
    return next;
  }

  private close(end: number, closed: boolean): void {
    const frame = this.stack.pop();
    if (!frame) return;
    if (frame.kind === "paren") this.commandFrames--;
    const slot = this.slots.get(frame);
    const begun = slot === undefined ? undefined : this.found[slot];
    if (slot === undefined || !begun) return;
    this.slots.delete(frame);
    this.found[slot] = this.describe(frame, { ...begun, span: { start: frame.start, end }, closed });
  }

  private describe(frame: Frame, base: Expansion): Expansion {
    const { text } = this;
    const { start, end } = base.span;
    if (frame.kind === "brace") {
      const length = text.charAt(start + 2) === "#" && /[\w@*]/.test(text.charAt(start + 3));
      const indirect = text.charAt(start + 2) === "!" && /\w/.test(text.charAt(start + 3));
      const nameStart = start + 2 + (length || indirect ? 1 : 0);
      const name = match(parameterName, text, nameStart);
      if (name === undefined) return { ...base, kind: "parameter" };
      const nameSpan = { start: nameStart, end: nameStart + name.length };
      operatorAt.lastIndex = nameSpan.end;
      const operator = operatorAt.exec(text)?.[1];
      return { ...base, kind: "parameter", name, nameSpan, ...(operator !== undefined && { operator }) };
    }
    if (text.charAt(start) === "(") return { ...base, kind: "array" };
    if (frame.kind === "arithmetic" && (!base.closed || text.charAt(end - 2) === ")")) {
      return { ...base, kind: "arithmetic" };
    }
    const inner = { start: start + 2, end: Math.max(end - (base.closed ? 1 : 0), start + 2) };
    return { ...base, kind: text.charAt(start) === "$" ? "command" : "process", inner };
  }

  private step(i: number): number {
    const frame = this.stack.at(-1);
    if (!frame) return i;
    const opaque = this.source.opaqueEnd(i);
    if (opaque !== undefined) return opaque;
    const { text } = this;
    const c = text.charAt(i);
    if (c === "\\") {
      frame.commandStart = false;
      return i + 2;
    }
    if ((c === "$" || c === "`") && startsExpansion(text, i)) {
      frame.commandStart = false;
      return this.open(i, frame.kind === "double" || frame.plainSingle);
    }
    switch (frame.kind) {
      case "double":
        if (c === '"') this.close(i + 1, true);
        return i + 1;
      case "brace":
        if (c === "}") this.close(i + 1, true);
        return this.quotes(frame, c, i);
      case "arithmetic":
        if (c === "(") frame.depth++;
        else if (c === ")" && --frame.depth === 0) this.close(i + 1, true);
        return this.quotes(frame, c, i);
      case "paren":
        return this.command(frame, c, i);
    }
  }

  private quotes(frame: Frame, c: string, i: number): number {
    if (c === '"') return this.push("double", i, i + 1, false, true);
    if (c === "'" && !frame.plainSingle) {
      const end = this.text.indexOf("'", i + 1);
      return end < 0 ? this.text.length : end + 1;
    }
    return i + 1;
  }

  /** One step inside `$( … )`: comments, `case` patterns and here-documents may hold parentheses that close nothing. */
  private command(frame: Frame, c: string, i: number): number {
    const { text } = this;
    const wordStart = /[\s;&|(){}`<>]/.test(text.charAt(i - 1));
    switch (c) {
      case "(":
        frame.commandStart = true;
        return this.push("paren", i, i + 1, false, true);
      case ")":
        if (frame.cases > 0) frame.commandStart = true;
        else this.close(i + 1, true);
        return i + 1;
      case ";":
      case "&":
      case "|":
        frame.commandStart = true;
        return i + 1;
      case "\n":
        frame.commandStart = true;
        return frame.pending.length > 0 ? this.hereDocuments(frame, i + 1) : i + 1;
      case "#": {
        if (!wordStart) return i + 1;
        const end = text.indexOf("\n", i);
        return end < 0 ? text.length : end;
      }
      case "<":
        if (text.startsWith("<<<", i)) return i + 3;
        return text.startsWith("<<", i) ? this.hereDocumentStart(frame, i + 2) : i + 1;
      case "'":
      case '"':
        frame.commandStart = false;
        return this.quotes(frame, c, i);
    }
    const found = wordStart ? match(word, text, i) : undefined;
    if (found === undefined) return i + 1;
    if (found === "case" && frame.commandStart) frame.cases++;
    else if (found === "esac" && frame.cases > 0) frame.cases--;
    frame.commandStart = opensCommand.has(found);
    return i + found.length;
  }

  private hereDocumentStart(frame: Frame, at: number): number {
    const tabs = this.text.charAt(at) === "-";
    let i = tabs ? at + 1 : at;
    while (this.text.charAt(i) === " " || this.text.charAt(i) === "\t") i++;
    const raw = /[^\s;&|<>()]*/y;
    const found = match(raw, this.text, i) ?? "";
    if (found !== "")
      frame.pending.push({ delimiter: found.replace(/['"\\]/g, ""), quoted: /['"\\]/.test(found), tabs });
    return i + found.length;
  }

  private hereDocuments(frame: Frame, at: number): number {
    let i = at;
    for (const start of frame.pending) i = hereDocumentEnd(this.text, i, start).next;
    frame.pending = [];
    return i;
  }
}

function isPattern(text: string, at: number): boolean {
  const name = match(parameterName, text, at);
  return name !== undefined && /[#%/]/.test(text.charAt(at + name.length));
}

export interface HereDocumentStart {
  readonly delimiter: string;
  /** The delimiter was quoted: nothing in the body is expanded. */
  readonly quoted: boolean;
  /** `<<-`: tabs that begin a line are dropped. */
  readonly tabs: boolean;
}

/**
 * Where the body of a here-document that begins at `at` ends, and where the text goes on behind its delimiter. Unless the
 * delimiter is `quoted`, a line that ends in a backslash goes on in the next, which then is no line that could end the body.
 */
export function hereDocumentEnd(
  text: string,
  at: number,
  { delimiter, quoted, tabs }: HereDocumentStart,
): { readonly bodyEnd: number; readonly next: number; readonly closed: boolean } {
  let i = at;
  let continued = false;
  while (i < text.length) {
    let end = text.indexOf("\n", i);
    if (end < 0) end = text.length;
    let start = i;
    if (tabs) while (start < end && text.charAt(start) === "\t") start++;
    if (!continued && end - start === delimiter.length && text.startsWith(delimiter, start)) {
      return { bodyEnd: i, next: Math.min(end + 1, text.length), closed: true };
    }
    continued = !quoted && endsInEscape(text, i, end);
    i = end + 1;
  }
  return { bodyEnd: text.length, next: text.length, closed: false };
}

function endsInEscape(text: string, start: number, end: number): boolean {
  let i = end;
  while (i > start && text.charAt(i - 1) === "\\") i--;
  return (end - i) % 2 === 1;
}
