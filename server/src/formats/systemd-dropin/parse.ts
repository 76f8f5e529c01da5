import { variableOf } from "../../proxy/variables.js";
import { type EnvironmentFileEntry, readEnvironmentFile } from "../../quoting/environment-file.js";
import { expandSpecifiers, validText } from "../../quoting/systemd.js";
import { MappedText } from "../../text/mapped-text.js";
import { type Message, msg } from "../../text/message.js";
import type { Span } from "../../text/span.js";
import { type Hole, templateHoles, templateName } from "../../text/template.js";
import { pathOf } from "../../text/uri.js";
import type { SyntaxProblem } from "../format.js";
import { DirectiveList } from "./directives.js";
import { EnvironmentReader, isEnvironmentKey, plainWords, readAs } from "./environment.js";
import { type LineSink, type LogicalLine, readSystemdLines, skipBlanks, trimEnd } from "./lines.js";
import { isEnvironmentFile } from "./match.js";
import { SectionNode } from "./sections.js";
import type { Directive, EnvironmentFilePath, Section, ShellLine, SystemdDropinTree } from "./tree.js";
import { type UnitFile, unitInFolder, unitOf } from "./unit.js";

/** Reads a unit file or drop-in as systemd 252 does. Linear in the text's length. */
export function parseSystemd(text: string, uri: string): SystemdDropinTree {
  const source = MappedText.document(text);
  const path = pathOf(uri);
  const file = unitOf(uri);
  // Where a tool fills the file in, `${NAME}` is its; in a file that systemd reads, it is a value that stays as it is.
  const named = templateName(path);
  const holes = templateHoles(text, { braces: named || file.read === undefined });
  const reader = new Reader(source, holes);
  const entries = isEnvironmentFile(uri, text) ? readEnvironmentFile(source) : undefined;
  if (!entries) readSystemdLines(source, holes, reader);
  reader.environment.finish();
  return new ReadTree(source, reader, file, entries, holes, named);
}

/** What is seldom asked for is made when it is. */
class ReadTree implements SystemdDropinTree {
  readonly format = "systemd-dropin";
  readonly problems: readonly SyntaxProblem[];
  readonly template: boolean;
  readonly conditional: boolean;
  readonly file: UnitFile;
  readonly sections: readonly Section[];
  readonly environment: SystemdDropinTree["environment"];
  readonly shellLines: readonly ShellLine[];
  readonly environmentFiles: readonly EnvironmentFilePath[];
  readonly passed: readonly MappedText[];
  private readonly list: DirectiveList;
  private ownComments: readonly Span[] | undefined;

  constructor(
    readonly source: MappedText,
    private readonly reader: Reader,
    file: UnitFile,
    readonly entries: readonly EnvironmentFileEntry[] | undefined,
    holes: readonly Hole[],
    named: boolean,
  ) {
    const { list, others } = reader;
    this.list = list;
    this.problems = reader.problems;
    this.template = named || holes.length > 0;
    this.conditional = holes.some((hole) => hole.kind === "control");
    this.sections = reader.sections;
    this.environment = reader.environment;
    const directives = others.map((index) => list.at(index));
    this.shellLines = directives.flatMap(shellLine);
    this.environmentFiles = environmentFiles(directives);
    this.passed = directives.filter((directive) => readAs(directive, "PassEnvironment")).flatMap(plainWords);
    this.file = file.unit === undefined ? withUnitOfComments(file, this.comments, source.text) : file;
  }

  get directives(): readonly Directive[] {
    return this.list.toArray();
  }

  get comments(): readonly Span[] {
    this.ownComments ??= this.reader.commentSpans();
    return this.ownComments;
  }

  dependencies(key: string): readonly MappedText[] {
    return this.directives
      .filter((d) => d.read && d.section?.kind === "Unit" && d.key === key)
      .flatMap((d) => unitNames(d.value));
  }
}

const noHoles: readonly Hole[] = [];

class Reader implements LineSink {
  readonly list: DirectiveList;
  readonly environment: EnvironmentReader;
  /** The directives that may say something of the environment beside Environment= and UnsetEnvironment=. */
  readonly others: number[] = [];
  readonly sections: Section[] = [];
  readonly problems: SyntaxProblem[] = [];
  /** Where comments start and end, by turns. */
  private readonly comments: number[] = [];
  private inService = false;
  private reading = true;
  /** The whole text is valid in UTF-8. */
  private readonly valid: boolean;
  /** The end of the last tag, which may reach over several lines. */
  private tagEnd = 0;
  private nextHole = 0;

  constructor(
    private readonly source: MappedText,
    private readonly holes: readonly Hole[],
  ) {
    this.list = new DirectiveList(source);
    this.environment = new EnvironmentReader(this.list);
    this.valid = validText(source.text);
  }

  commentSpans(): readonly Span[] {
    const { comments } = this;
    const spans: Span[] = [];
    for (let i = 0; i < comments.length; i += 2) spans.push({ start: comments[i] ?? 0, end: comments[i + 1] ?? 0 });
    return spans;
  }

  comment(start: number, end: number): void {
    this.comments.push(start, end);
  }

  plain(start: number, end: number, next: number): void {
    if (this.source.text.charCodeAt(start) === 0x5b) this.header(start, end, next, undefined);
    else this.entry(start, end, undefined);
  }

  logical(line: LogicalLine): void {
    const start = this.begin(line);
    if (start === undefined) return;
    if (line.outer.text.charCodeAt(start) === 0x5b) this.header(start, line.end, line.whole.end, line);
    else this.entry(start, line.end, line);
  }

  /** @param line where it is not a plain one of the document */
  private entry(start: number, end: number, line: LogicalLine | undefined): void {
    const outer = line?.outer ?? this.source;
    const { text } = outer;
    let keyEnd = start;
    while (keyEnd < end && isKeyCharacter(text.charCodeAt(keyEnd))) keyEnd++;
    let equals = skipBlanks(text, keyEnd, end);
    const plain = keyEnd > start && text.charCodeAt(equals) === 0x3d && equals < end;
    if (!plain) equals = start + text.slice(start, end).indexOf("=");
    const inLine = equals >= start;
    const hole = line?.holes.find((h) => h.end > start);
    if (hole && (!inLine || hole.start < equals)) return;
    if (!inLine) {
      // A bare key loses nothing.
      if (/^\w+$/.test(text.slice(start, end))) return;
      this.ignored(outer, start, end, msg("systemd ignores this line: it has no =."));
      return;
    }
    // A character that UTF-8 does not allow ends the reading, as a broken header does.
    if (!this.valid && !validText(text.slice(start, end))) this.stop();
    if (!plain) {
      keyEnd = trimEnd(text, start, equals);
      if (keyEnd === start) {
        this.ignored(outer, start, end, msg("systemd ignores this line: no key stands before the =."));
        return;
      }
      if (!shellKey.test(text.slice(start, keyEnd))) {
        this.ignored(outer, start, end, msg("systemd ignores this line: what stands before the = is no key."));
      }
    }
    const index = this.list.length;
    this.list.add(start, line);
    if (plain && !mayMatter(text, start, keyEnd)) return;
    const key = text.slice(start, keyEnd);
    if (isEnvironmentKey(key)) {
      const read = this.reading && this.inService && key === "Environment";
      this.environment.assign(index, read, outer, line?.holes ?? noHoles, skipBlanks(text, equals + 1, end), end);
    } else if (key === "UnsetEnvironment") {
      if (this.reading && this.inService) this.environment.unset(index);
    } else if (!plain || key.endsWith("Environment") || key === "EnvironmentFile" || variableOf(key) !== undefined) {
      this.others.push(index);
    }
  }

  /** Where the line's own text begins, after tags; undefined where a tool writes its beginning. */
  private begin(line: LogicalLine): number | undefined {
    if (this.holes.length === 0) return line.start;
    const inTag = this.tagEnd;
    for (
      let hole = this.holes[this.nextHole];
      hole && hole.start < line.whole.end;
      hole = this.holes[++this.nextHole]
    ) {
      this.tagEnd = hole.end;
    }
    let at = line.start;
    if (inTag > line.whole.start) {
      if (line.continued || inTag >= line.end) return undefined;
      at = inTag;
    }
    for (;;) {
      at = skipBlanks(line.outer.text, at, line.end);
      const hole = line.holes.find((h) => h.start <= at && at < h.end);
      if (!hole) return at < line.end ? at : undefined;
      if (hole.kind === "value" || hole.end >= line.end) return undefined;
      at = hole.end;
    }
  }

  private header(start: number, end: number, next: number, line: LogicalLine | undefined): void {
    const outer = line?.outer ?? this.source;
    const name = outer.text.slice(start + 1, end - 1);
    if (outer.text.charCodeAt(end - 1) !== 0x5d || end - start < 2 || /["'\\\p{Cc}]/u.test(name)) {
      if (line && line.holes.length > 0) return;
      const message = msg("systemd stops reading the file here: a section's header is [Name] and nothing else.");
      this.ignored(outer, start, end, message);
      this.stop();
      return;
    }
    const section = new SectionNode(name, outer, start, end, next);
    this.inService = section.kind === "Service";
    this.list.open(section);
    this.sections.push(section);
  }

  private stop(): void {
    this.reading = false;
    this.list.stop();
  }

  private ignored(outer: MappedText, start: number, end: number, message: Message): void {
    if (this.reading) this.problems.push({ span: outer.toSource({ start, end }), message });
  }
}

/** A letter, a digit, `_` or `-`. */
function isKeyCharacter(code: number): boolean {
  if (code >= 0x61) return code <= 0x7a;
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f;
}

/**
 * Whether a key may be one of the environment's (`Environment`, `EnvironmentFile` …) or a proxy variable, by its length and
 * its last letter: no other is cut out of the text.
 */
function mayMatter(text: string, start: number, keyEnd: number): boolean {
  const length = keyEnd - start;
  if (length < 8 || (length > 11 && length !== 15 && length !== 16)) return false;
  const last = text.charCodeAt(keyEnd - 1) | 0x20;
  return last === 0x74 || last === 0x79 || last === 0x65;
}

/** Words of a shell before a name, and the name. */
const shellKey = /^((?:export|declare|set|setenv)[ \t]+(?:-\w+[ \t]+)*)?(\w+)$/;

/** `export NAME=value`, `set -x NAME=…` and the like are keys that systemd does not know; so is `http_proxy=…`. */
function shellLine(directive: Directive): readonly ShellLine[] {
  const match = shellKey.exec(directive.key);
  const [, prefix = "", name = ""] = match ?? [];
  if (!match || (prefix === "" && variableOf(name) === undefined)) return [];
  const nameStart = directive.keyStart + prefix.length;
  const key = directive.line.outer.slice(nameStart, nameStart + name.length);
  const { start } = directive.keySpan;
  return [
    {
      directive,
      exportSpan: { start, end: key.contentSpan.start },
      name: key,
      value: plainWords(directive)[0] ?? directive.value,
    },
  ];
}

/** The value is one path as it stands: blanks and quotes are part of it; an empty one takes all earlier back. */
function environmentFiles(directives: readonly Directive[]): readonly EnvironmentFilePath[] {
  let found: EnvironmentFilePath[] = [];
  for (const directive of directives) {
    if (!readAs(directive, "EnvironmentFile")) continue;
    const { text } = directive.value;
    if (text === "") found = [];
    const optional = text.startsWith("-");
    const path = expandSpecifiers(directive.value.slice(optional ? 1 : 0)).text;
    if (path.text.startsWith("/") || path.hasUnknown()) found.push({ directive, path, optional });
  }
  return found;
}

function unitNames(value: MappedText): readonly MappedText[] {
  return [...value.text.matchAll(/[^ \t\r\n]+/g)].map((match) =>
    value.slice(match.index, match.index + match[0].length),
  );
}

/** A copy often says in a comment where it belongs: `/etc/systemd/system/docker.service.d/`. */
function withUnitOfComments(file: UnitFile, comments: readonly Span[], text: string): UnitFile {
  for (const { start, end } of comments.slice(0, 100)) {
    const unit = /([\w@-]+\.service)\.d\b/.exec(text.slice(start, Math.min(end, start + 500)))?.[1];
    if (unit !== undefined) return unitInFolder(file, unit);
  }
  return file;
}
