import { type CntlmValue, isCntlmBlank } from "../../quoting/cntlm.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { CntlmLine } from "./lines.js";
import { type CntlmOptionKind, cntlmOption } from "./options.js";
import type { CntlmFault, CntlmOption, CntlmState } from "./tree.js";

const noFaults: readonly CntlmFault[] = [];

/** An option's line. Its spans, its value and its faults are made when they are asked for. */
export class ReadOption implements CntlmOption {
  readonly kind: CntlmOptionKind | undefined;
  state: CntlmState = "effective";
  private readonly start: number;
  private readonly lineStart: number;
  private readonly lineEnd: number;
  /** What is wrong with the line as a whole. */
  private readonly cut: "no-newline" | "line-too-long" | undefined;

  constructor(
    private readonly source: MappedText,
    line: CntlmLine,
    readonly name: string,
    private readonly nameEnd: number,
    private readonly separatorEnd: number,
    readonly written: CntlmValue,
  ) {
    this.kind = cntlmOption(name);
    this.start = nameEnd - name.length;
    this.lineStart = line.wholeStart;
    this.lineEnd = line.wholeEnd;
    this.cut = line.complete ? undefined : line.last ? "no-newline" : "line-too-long";
  }

  /** cntlm skips the line. */
  get lost(): boolean {
    const { form, rawStart, rawEnd } = this.written;
    return this.cut === "no-newline" || form === "unclosed" || rawStart === rawEnd;
  }

  get nameSpan(): Span {
    return { start: this.start, end: this.nameEnd };
  }

  get separator(): Span {
    return { start: this.nameEnd, end: this.separatorEnd };
  }

  get value(): MappedText {
    return this.written.value;
  }

  get form(): CntlmOption["form"] {
    return this.written.form;
  }

  get raw(): Span {
    return { start: this.written.rawStart, end: this.written.rawEnd };
  }

  get dropped(): Span | undefined {
    return this.written.dropped;
  }

  get span(): Span {
    return { start: this.start, end: this.written.rawEnd };
  }

  get line(): Span {
    return { start: this.lineStart, end: this.lineEnd };
  }

  get faults(): readonly CntlmFault[] {
    const faults: CntlmFault[] = [];
    const { text } = this.source;
    const { raw, nameSpan, dropped, form } = this;
    const add = (kind: CntlmFault["kind"], span: Span) => faults.push({ kind, span });
    if (this.cut) add(this.cut, { start: this.start, end: Math.max(raw.end, this.nameEnd) });
    if (raw.start === raw.end) add("no-value", nameSpan);
    if (form === "unclosed") add("unclosed-quote", raw);
    if (form === "empty") add("empty-quotes", raw);
    if (form === "quoted" && dropped && text.charAt(dropped.start) !== "#") add("text-after-quote", dropped);
    if (form === "bare" && raw.start < raw.end && this.name !== "") faults.push(...this.bareFaults());
    return faults.length === 0 ? noFaults : faults;
  }

  private *bareFaults(): Generator<CntlmFault> {
    const { text } = this.source;
    const { raw, dropped } = this;
    const value = text.slice(raw.start, raw.end);
    const last = value.at(-1);
    if (last === '"' && value.indexOf('"') === value.length - 1) {
      yield { kind: "stray-quote", span: { start: raw.end - 1, end: raw.end } };
    }
    if (value.length > 1 && value.startsWith("'") && last === "'") yield { kind: "single-quotes", span: raw };
    if (dropped) {
      const blank = isCntlmBlank(text.charCodeAt(dropped.start - 1));
      yield { kind: blank ? "hash-after-blank" : "hash-in-word", span: dropped };
    }
    if (value.startsWith("=") || (value.startsWith(":") && !this.isPort(value))) {
      let end = raw.start + 1;
      while (end < raw.end && isCntlmBlank(text.charCodeAt(end))) end++;
      yield { kind: "assignment-sign", span: { start: this.nameEnd, end } };
    }
  }

  /** `Listen :3128` lacks an address; it is no `Listen: 3128`. */
  private isPort(value: string): boolean {
    const kind = this.kind?.value;
    return (kind === "listen" || kind === "endpoint") && this.separatorEnd > this.nameEnd && /^:\S/.test(value);
  }
}
