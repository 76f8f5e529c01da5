import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { type LogicalLine, plainLine, skipBlanks, trimEnd } from "./lines.js";
import type { Directive, Section } from "./tree.js";

/**
 * The directives of a file, in its order. Of a plain line only the place is kept: its node is made when it is asked for,
 * which most never are.
 */
export class DirectiveList {
  private readonly starts: number[] = [];
  /** The lines that are not plain, by index. */
  private readonly lines = new Map<number, LogicalLine>();
  private readonly sections: { readonly first: number; readonly section: Section }[] = [];
  private readonly nodes: Directive[] = [];
  private all: readonly Directive[] | undefined;
  private unread = Number.POSITIVE_INFINITY;

  constructor(private readonly source: MappedText) {}

  get length(): number {
    return this.starts.length;
  }

  /** The section that the next directive is in. */
  open(section: Section): void {
    this.sections.push({ first: this.length, section });
  }

  /** systemd reads none of those that follow. */
  stop(): void {
    this.unread = Math.min(this.unread, this.length);
  }

  /** @param start of the key, in the text of the line @param line where it is not a plain one of the document */
  add(start: number, line: LogicalLine | undefined): void {
    if (line) this.lines.set(this.starts.length, line);
    this.starts.push(start);
  }

  at(index: number): Directive {
    const known = this.nodes[index];
    if (known) return known;
    const start = this.starts[index] ?? 0;
    const line = this.lines.get(index) ?? plainLine(this.source, start);
    const node = new DirectiveNode(line, start, this.sectionOf(index), index < this.unread);
    this.nodes[index] = node;
    return node;
  }

  toArray(): readonly Directive[] {
    this.all ??= this.starts.map((_, index) => this.at(index));
    return this.all;
  }

  private sectionOf(index: number): Section | undefined {
    const { sections } = this;
    let low = 0;
    let high = sections.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sections[middle]?.first ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return sections[low - 1]?.section;
  }
}

class DirectiveNode implements Directive {
  readonly key: string;
  readonly valueStart: number;
  private readonly keyEnd: number;
  private ownValue: MappedText | undefined;

  constructor(
    readonly line: LogicalLine,
    readonly keyStart: number,
    readonly section: Section | undefined,
    readonly read: boolean,
  ) {
    const { text } = line.outer;
    const equals = text.indexOf("=", keyStart);
    this.keyEnd = trimEnd(text, keyStart, equals);
    this.key = text.slice(keyStart, this.keyEnd);
    this.valueStart = skipBlanks(text, equals + 1, line.end);
  }

  get empty(): boolean {
    return this.valueStart === this.line.end;
  }

  get value(): MappedText {
    this.ownValue ??= this.line.outer.slice(this.valueStart, this.line.end);
    return this.ownValue;
  }

  get keySpan(): Span {
    return this.line.outer.toSource({ start: this.keyStart, end: this.keyEnd });
  }

  get valueSpan(): Span {
    return this.line.outer.toSource({ start: this.valueStart, end: this.line.end });
  }

  get span(): Span {
    return this.line.outer.toSource({ start: this.keyStart, end: this.line.end });
  }

  get whole(): Span {
    return this.line.whole;
  }
}
