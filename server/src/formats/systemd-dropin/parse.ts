import { variableOf } from "../../proxy/variables.js";
import { readEnvironmentFile } from "../../quoting/environment-file.js";
import { expandSpecifiers, validText } from "../../quoting/systemd.js";
import { MappedText } from "../../text/mapped-text.js";
import { msg } from "../../text/message.js";
import type { Span } from "../../text/span.js";
import { type Hole, templateHoles, templateName } from "../../text/template.js";
import { pathOf } from "../../text/uri.js";
import type { SyntaxProblem } from "../format.js";
import { environmentWords, isEnvironmentKey, plainWords, readAs } from "./environment.js";
import { type LogicalLine, skipBlanks, systemdLines, trimEnd } from "./lines.js";
import { isEnvironmentFile } from "./match.js";
import type { Directive, EnvironmentFilePath, Section, ShellLine, SystemdDropinTree } from "./tree.js";
import { type UnitFile, unitInFolder, unitOf } from "./unit.js";

/** Sections of other types of units, and of podman's files that make units. */
const otherSections: ReadonlySet<string> = new Set(
  (
    "Socket Timer Mount Automount Swap Path Slice Scope Container Pod Kube Network Volume Build Image Quadlet " +
    "Manager Exec Files Match Link"
  ).split(" "),
);

function sectionKind(name: string): Section["kind"] {
  if (name === "Unit" || name === "Service" || name === "Install") return name;
  if (name.startsWith("X-")) return "private";
  return otherSections.has(name) ? "other" : "unknown";
}

/** Reads a unit file or drop-in as systemd 252 does. Linear in the text's length. */
export function parseSystemd(text: string, uri: string): SystemdDropinTree {
  const source = MappedText.document(text);
  const path = pathOf(uri);
  const file = unitOf(uri);
  // Where a tool fills the file in, `${NAME}` is its; in a file that systemd reads, it is a value that stays as it is.
  const braces = templateName(path) || file.read === undefined;
  const holes = templateHoles(text, { braces });
  const reader = new Reader(holes);
  const entries = isEnvironmentFile(uri, text) ? readEnvironmentFile(source) : undefined;
  for (const line of entries ? [] : systemdLines(source, holes)) {
    if ("comment" in line) reader.comments.push({ start: line.start, end: line.end });
    else reader.line(line);
  }
  const { directives, sections, comments, problems } = reader;
  return {
    format: "systemd-dropin",
    source,
    problems,
    template: holes.length > 0 || templateName(path),
    conditional: holes.some((hole) => hole.kind === "control"),
    file: file.unit === undefined ? withUnitOfComments(file, comments, text) : file,
    sections,
    directives,
    comments,
    entries,
    environment: {
      words: environmentWords(directives),
      directives: directives.filter((directive) => isEnvironmentKey(directive.key)),
    },
    shellLines: directives.flatMap(shellLine),
    environmentFiles: environmentFiles(directives),
    passed: directives.filter((directive) => readAs(directive, "PassEnvironment")).flatMap(plainWords),
    dependencies: (key) =>
      directives
        .filter((d) => d.read && d.section?.kind === "Unit" && d.key === key)
        .flatMap((d) => unitNames(d.value)),
  };
}

/** Its spans and its value are made when they are asked for: most are not. */
class DirectiveNode implements Directive {
  private ownValue: MappedText | undefined;

  constructor(
    readonly key: string,
    readonly section: Section | undefined,
    readonly read: boolean,
    readonly line: LogicalLine,
    private readonly at: { readonly start: number; readonly keyEnd: number; readonly valueStart: number },
  ) {}

  get valueStart(): number {
    return this.at.valueStart;
  }

  get empty(): boolean {
    return this.at.valueStart === this.line.end;
  }

  get value(): MappedText {
    this.ownValue ??= this.line.outer.slice(this.at.valueStart, this.line.end);
    return this.ownValue;
  }

  get keySpan(): Span {
    return this.line.outer.toSource({ start: this.at.start, end: this.at.keyEnd });
  }

  get valueSpan(): Span {
    return this.line.outer.toSource({ start: this.at.valueStart, end: this.line.end });
  }

  get span(): Span {
    return this.line.outer.toSource({ start: this.at.start, end: this.line.end });
  }

  get whole(): Span {
    return this.line.whole;
  }
}

class Reader {
  readonly directives: Directive[] = [];
  readonly sections: Section[] = [];
  readonly comments: Span[] = [];
  readonly problems: SyntaxProblem[] = [];
  private section: Section | undefined;
  private reading = true;
  /** The end of the last tag, which may reach over several lines. */
  private tagEnd = 0;
  private nextHole = 0;

  constructor(private readonly holes: readonly Hole[]) {}

  line(line: LogicalLine): void {
    const { outer } = line;
    const start = this.begin(line);
    if (start === undefined) return;
    const { text } = outer;
    if (text.charCodeAt(start) === 0x5b) {
      this.header(line, start);
      return;
    }
    const equals = text.indexOf("=", start);
    const hole = line.holes.find((h) => h.end > start);
    const inLine = equals >= 0 && equals < line.end;
    if (hole && (!inLine || hole.start < equals)) return;
    if (!inLine) {
      // A bare key loses nothing.
      if (/^\w+$/.test(text.slice(start, line.end))) return;
      this.ignored(line, start, msg("systemd ignores this line: it has no =."));
      return;
    }
    // A character that UTF-8 does not allow ends the reading, as a broken header does.
    this.reading &&= validText(text.slice(start, line.end));
    const keyEnd = trimEnd(text, start, equals);
    if (keyEnd === start) {
      this.ignored(line, start, msg("systemd ignores this line: no key stands before the =."));
      return;
    }
    const key = text.slice(start, keyEnd);
    if (!/^[\w-]+$/.test(key) && !shellKey.test(key)) {
      this.ignored(line, start, msg("systemd ignores this line: what stands before the = is no key."));
    }
    const valueStart = skipBlanks(text, equals + 1, line.end);
    this.directives.push(new DirectiveNode(key, this.section, this.reading, line, { start, keyEnd, valueStart }));
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

  private header(line: LogicalLine, start: number): void {
    const { outer } = line;
    const span = outer.toSource({ start, end: line.end });
    const name = outer.text.slice(start + 1, line.end - 1);
    if (outer.text.charAt(line.end - 1) !== "]" || line.end - start < 2 || /["'\\\p{Cc}]/u.test(name)) {
      if (line.holes.length > 0) return;
      if (this.reading) {
        const message = msg("systemd stops reading the file here: a section's header is [Name] and nothing else.");
        this.problem(span, message);
      }
      this.reading = false;
      return;
    }
    this.section = {
      name,
      span,
      nameSpan: outer.toSource({ start: start + 1, end: line.end - 1 }),
      kind: sectionKind(name),
      end: line.whole.end,
    };
    this.sections.push(this.section);
  }

  private ignored(line: LogicalLine, start: number, message: SyntaxProblem["message"]): void {
    this.problem(line.outer.toSource({ start, end: line.end }), message);
  }

  private problem(span: Span, message: SyntaxProblem["message"]): void {
    if (this.reading) this.problems.push({ span, message });
  }
}

/** Words of a shell before a name, and the name. */
const shellKey = /^((?:export|declare|set|setenv)[ \t]+(?:-\w+[ \t]+)*)?(\w+)$/;

/** `export NAME=value`, `set -x NAME=…` and the like are keys that systemd does not know; so is `http_proxy=…`. */
function shellLine(directive: Directive): readonly ShellLine[] {
  const match = shellKey.exec(directive.key);
  const [, prefix = "", name = ""] = match ?? [];
  if (!match || (prefix === "" && variableOf(name) === undefined)) return [];
  const { line } = directive;
  const nameStart = line.outer.text.indexOf(name, line.outer.text.indexOf(directive.key) + prefix.length);
  const key = line.outer.slice(nameStart, nameStart + name.length);
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
