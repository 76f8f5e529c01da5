import { decodeCntlmValue, isCntlmBlank, noCntlmValue } from "../../quoting/cntlm.js";
import { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { type Hole, templateHoles, templateName } from "../../text/template.js";
import { pathOf } from "../../text/uri.js";
import { listenEndpoint, parentEndpoint } from "./endpoint.js";
import { type CntlmLine, readCntlmLines } from "./lines.js";
import { ReadOption } from "./option.js";
import { cntlmOption } from "./options.js";
import type { CntlmConfTree, CntlmEndpoint, CntlmOption, CntlmSection, CntlmState } from "./tree.js";

/** Reads a cntlm.conf as cntlm 0.92.3 does. Linear in the text's length. */
export function parseCntlmConf(text: string, uri: string): CntlmConfTree {
  const source = MappedText.document(text);
  const holes = templateHoles(text, { braces: true });
  const reader = new Reader(source, holes);
  readCntlmLines(text, (line) => reader.read(line));
  return new ReadTree(source, reader, holes.length > 0 || templateName(pathOf(uri)));
}

/** What is seldom asked for is made when it is. */
class ReadTree implements CntlmConfTree {
  readonly format = "cntlm-conf";
  readonly problems = [];
  readonly options: readonly ReadOption[];
  readonly sections: readonly CntlmSection[];
  readonly unreadLine: Span | undefined;
  readonly gateway: boolean | undefined;
  readonly addresses: readonly CntlmEndpoint[];
  private readonly byName = new Map<string, ReadOption[]>();
  private ownComments: readonly Span[] | undefined;

  constructor(
    readonly source: MappedText,
    private readonly reader: Reader,
    readonly template: boolean,
  ) {
    this.options = reader.options;
    this.sections = reader.sections;
    this.unreadLine = reader.unreadLine;
    for (const option of this.options) {
      const { kind, state } = option;
      if (!kind || state !== "effective") continue;
      const list = this.byName.get(kind.name);
      if (list) list.push(option);
      else this.byName.set(kind.name, [option]);
    }
    const yes = this.byName.get("Gateway")?.[0]?.written;
    this.gateway = yes?.open ? undefined : yes?.text.toLowerCase() === "yes";
    this.addresses = endpoints(this.options, this.gateway);
  }

  get comments(): readonly Span[] {
    this.ownComments ??= this.reader.commentSpans();
    return this.ownComments;
  }

  all(name: string): readonly CntlmOption[] {
    return this.byName.get(cntlmOption(name)?.name ?? "") ?? [];
  }

  option(name: string): CntlmOption | undefined {
    return this.all(name)[0];
  }
}

function endpoints(options: readonly ReadOption[], gateway: boolean | undefined): CntlmEndpoint[] {
  const found: CntlmEndpoint[] = [];
  for (const option of options) {
    if (option.state !== "effective") continue;
    if (option.kind?.name === "Listen") found.push(listenEndpoint(option, "listen", gateway));
    else if (option.kind?.name === "SOCKS5Proxy") found.push(listenEndpoint(option, "socks5", gateway));
    else if (option.kind?.name === "Proxy") found.push(parentEndpoint(option));
  }
  return found;
}

const noHoles: readonly Hole[] = [];

class Reader {
  readonly options: ReadOption[] = [];
  readonly sections: CntlmSection[] = [];
  /** Where comments start and end, by turns. */
  private readonly comments: number[] = [];
  unreadLine: Span | undefined;
  private readonly text: string;
  private readonly seen = new Set<string>();
  /** Lines may be left out by `{% if %}`: two of one name are no duplicates then. */
  private readonly conditional: boolean;
  private nextHole = 0;

  constructor(
    private readonly source: MappedText,
    private readonly holes: readonly Hole[],
  ) {
    this.text = source.text;
    this.conditional = holes.some((hole) => hole.kind === "control");
  }

  commentSpans(): readonly Span[] {
    const { comments } = this;
    const spans: Span[] = [];
    for (let i = 0; i < comments.length; i += 2) spans.push({ start: comments[i] ?? 0, end: comments[i + 1] ?? 0 });
    return spans;
  }

  read(line: CntlmLine): void {
    const { text } = this;
    const holes = this.holes.length === 0 ? noHoles : this.holesOf(line);
    const start = this.begin(line, holes);
    if (start === undefined) return;
    const first = text.charCodeAt(start);
    if (first === 0x23 || first === 0x3b) {
      this.comments.push(start, line.end);
      return;
    }
    if (!line.complete && line.last) this.unreadLine = { start, end: line.end };
    let at = start;
    while (at < line.end && isAlphanumeric(text.charCodeAt(at))) at++;
    if (at < line.end && text.charCodeAt(at) === 0x5b) {
      this.section(at, line.end);
      return;
    }
    this.option(line, start, at, holes);
  }

  /** Where the line's own text begins: after blanks and tags; undefined where there is none, or a tool writes it. */
  private begin(line: CntlmLine, holes: readonly Hole[]): number | undefined {
    let at = line.start;
    for (;;) {
      while (at < line.end && isCntlmBlank(this.text.charCodeAt(at))) at++;
      const hole = holes.length > 0 ? holes.find((h) => h.start <= at && at < h.end) : undefined;
      if (!hole) return at < line.end ? at : undefined;
      if (hole.kind === "value" || hole.end >= line.end) return undefined;
      at = hole.end;
    }
  }

  private holesOf(line: CntlmLine): readonly Hole[] {
    const { holes } = this;
    let at = this.nextHole;
    while ((holes[at]?.end ?? Number.POSITIVE_INFINITY) <= line.start) at++;
    this.nextHole = at;
    const found: Hole[] = [];
    for (let hole = holes[at]; hole && hole.start < line.end; hole = holes[++at]) found.push(hole);
    return found;
  }

  private section(bracket: number, end: number): void {
    let start = bracket + 1;
    while (start < end && isCntlmBlank(this.text.charCodeAt(start))) start++;
    const name = /^[^\]\s]*/.exec(this.text.slice(start, Math.min(end, start + 200)))?.[0] ?? "";
    this.sections.push({ name, span: { start: bracket, end: Math.min(end, start + name.length + 1) } });
  }

  /** A line that begins with `//` or `=` has no name: cntlm takes the whole as the name of an unknown option. */
  private option(line: CntlmLine, start: number, nameEnd: number, holes: readonly Hole[]): void {
    const { text, source } = this;
    let at = nameEnd;
    while (at < line.end && isCntlmBlank(text.charCodeAt(at))) at++;
    const code = at < line.end ? text.charCodeAt(at) : 0x23;
    const none = code === 0x23 || code === 0x3b;
    const dropped = none && at < line.end ? { start: at, end: trimmedEnd(text, at, line.end) } : undefined;
    const written = none ? noCntlmValue(source, nameEnd, dropped) : decodeCntlmValue(source, at, line.end, holes);
    const name = text.slice(start, nameEnd);
    const option = new ReadOption(source, line, name, nameEnd, none ? nameEnd : at, written);
    option.state = this.stateOf(option);
    this.options.push(option);
  }

  private stateOf({ kind, lost }: ReadOption): CntlmState {
    if (lost) return "lost";
    if (!kind || kind.fork) return "ignored";
    if (kind.repeatable || this.conditional) return "effective";
    if (this.seen.has(kind.name)) return "duplicate";
    this.seen.add(kind.name);
    return "effective";
  }
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isCntlmBlank(text.charCodeAt(at - 1))) at--;
  return at;
}
