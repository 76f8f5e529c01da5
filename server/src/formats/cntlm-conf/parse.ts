import { type CntlmValue, cntlmValue, decodeCntlmValue, isCntlmBlank } from "../../quoting/cntlm.js";
import { MappedText, MappedTextBuilder } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { type Hole, templateHoles, templateName } from "../../text/template.js";
import { pathOf } from "../../text/uri.js";
import { listenEndpoint, parentEndpoint } from "./endpoint.js";
import { type CntlmLine, cntlmLines } from "./lines.js";
import { cntlmOption } from "./options.js";
import type { CntlmConfTree, CntlmEndpoint, CntlmFault, CntlmOption, CntlmSection, CntlmState } from "./tree.js";

/** Reads a cntlm.conf as cntlm 0.92.3 does. Linear in the text's length. */
export function parseCntlmConf(text: string, uri: string): CntlmConfTree {
  const source = MappedText.document(text);
  const holes = templateHoles(text, { braces: true });
  const reader = new Reader(source, holes);
  for (const line of cntlmLines(text)) reader.read(line);
  const { options, sections, comments, unreadLine } = reader;
  const byName = new Map<string, CntlmOption[]>();
  for (const option of options) {
    if (option.state !== "effective") continue;
    const key = option.name.toLowerCase();
    const list = byName.get(key);
    if (list) list.push(option);
    else byName.set(key, [option]);
  }
  const all = (name: string): readonly CntlmOption[] => byName.get(name.toLowerCase()) ?? [];
  const yes = all("Gateway")[0]?.value;
  const gateway = yes?.hasUnknown() ? undefined : yes?.text.toLowerCase() === "yes";
  return {
    format: "cntlm-conf",
    source,
    problems: [],
    template: holes.length > 0 || templateName(pathOf(uri)),
    options,
    sections,
    comments,
    unreadLine,
    gateway,
    addresses: endpoints(options, gateway),
    all,
    option: (name) => all(name)[0],
  };
}

function endpoints(options: readonly CntlmOption[], gateway: boolean | undefined): CntlmEndpoint[] {
  const found: CntlmEndpoint[] = [];
  for (const option of options) {
    if (option.state !== "effective") continue;
    if (option.kind?.name === "Listen") found.push(listenEndpoint(option, "listen", gateway));
    else if (option.kind?.name === "SOCKS5Proxy") found.push(listenEndpoint(option, "socks5", gateway));
    else if (option.kind?.name === "Proxy") found.push(parentEndpoint(option));
  }
  return found;
}

class Reader {
  readonly options: CntlmOption[] = [];
  readonly sections: CntlmSection[] = [];
  readonly comments: Span[] = [];
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

  read(line: CntlmLine): void {
    const { text } = this;
    const holes = this.holesOf(line);
    const start = this.begin(line, holes);
    if (start === undefined) return;
    const first = text.charAt(start);
    if (first === "#" || first === ";") {
      this.comments.push({ start, end: line.end });
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
      const hole = holes.find((h) => h.start <= at && at < h.end);
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
    const place = none ? nameEnd : at;
    const raw = { start: place, end: place };
    const written: CntlmValue = none
      ? {
          form: "bare",
          value: new MappedTextBuilder(source, cntlmValue).place(place, "bare").build(raw),
          raw,
          dropped: at < line.end ? { start: at, end: trimmedEnd(text, at, line.end) } : undefined,
        }
      : decodeCntlmValue(source, at, line.end, holes);
    this.push(line, {
      name: text.slice(start, nameEnd),
      nameSpan: { start, end: nameEnd },
      separator: { start: nameEnd, end: none ? nameEnd : at },
      written,
    });
  }

  private push(line: CntlmLine, found: Found): void {
    const { written, name, nameSpan } = found;
    const faults = faultsOf(this.text, line, found);
    const kind = cntlmOption(name);
    this.options.push({
      name,
      nameSpan,
      kind,
      state: this.stateOf(kind?.fork ? undefined : kind, faults),
      separator: found.separator,
      value: written.value,
      form: written.form,
      raw: written.raw,
      dropped: written.dropped,
      span: { start: nameSpan.start, end: written.raw.end },
      line: line.whole,
      faults,
    });
  }

  private stateOf(kind: CntlmOption["kind"], faults: readonly CntlmFault[]): CntlmState {
    const losing: readonly CntlmFault["kind"][] = ["no-newline", "no-value", "unclosed-quote"];
    if (faults.some((fault) => losing.includes(fault.kind))) return "lost";
    if (!kind) return "ignored";
    if (kind.repeatable || this.conditional) return "effective";
    if (this.seen.has(kind.name)) return "duplicate";
    this.seen.add(kind.name);
    return "effective";
  }
}

interface Found {
  readonly name: string;
  readonly nameSpan: Span;
  readonly separator: Span;
  readonly written: CntlmValue;
}

function faultsOf(text: string, line: CntlmLine, found: Found): readonly CntlmFault[] {
  const faults: CntlmFault[] = [];
  const add = (kind: CntlmFault["kind"], span: Span) => faults.push({ kind, span });
  const { written, nameSpan } = found;
  const { raw, dropped, form } = written;
  const whole = { start: nameSpan.start, end: Math.max(raw.end, nameSpan.end) };
  if (!line.complete && line.last) add("no-newline", whole);
  if (!line.complete && !line.last) add("line-too-long", whole);
  if (raw.start === raw.end) add("no-value", nameSpan);
  if (form === "unclosed") add("unclosed-quote", raw);
  if (form === "empty") add("empty-quotes", raw);
  if (form === "quoted" && dropped && text.charAt(dropped.start) !== "#") add("text-after-quote", dropped);
  if (form !== "bare" || raw.start === raw.end || found.name === "") return faults;
  const value = text.slice(raw.start, raw.end);
  const last = value.at(-1);
  if (last === '"' && value.indexOf('"') === value.length - 1) add("stray-quote", { start: raw.end - 1, end: raw.end });
  if (value.length > 1 && value.startsWith("'") && last === "'") add("single-quotes", raw);
  if (dropped) {
    add(isCntlmBlank(text.charCodeAt(dropped.start - 1)) ? "hash-after-blank" : "hash-in-word", dropped);
  }
  if (value.startsWith("=") || (value.startsWith(":") && !isPort(found, value))) {
    const sign = raw.start + 1;
    let end = sign;
    while (end < raw.end && isCntlmBlank(text.charCodeAt(end))) end++;
    add("assignment-sign", { start: nameSpan.end, end });
  }
  return faults;
}

/** `Listen :3128` lacks an address; it is no `Listen: 3128`. */
function isPort({ name, separator }: Found, value: string): boolean {
  const kind = cntlmOption(name)?.value;
  return (kind === "listen" || kind === "endpoint") && separator.end > separator.start && /^:\S/.test(value);
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isCntlmBlank(text.charCodeAt(at - 1))) at--;
  return at;
}
