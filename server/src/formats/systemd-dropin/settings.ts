import { type Assignment, noSettings, type ProxySettings, type Scope } from "../../proxy/settings.js";
import { type ProxyVariable, type Spelling, spellingOf, variableOf } from "../../proxy/variables.js";
import type { EnvironmentFileEntry } from "../../quoting/environment-file.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { Directive, EnvironmentWord, ShellLine, SystemdDropinTree } from "./tree.js";
import { readersOf } from "./unit.js";

/** One scope for what the file gives to the unit's environment; none where it neither has [Service] nor variables. */
export function systemdSettings(tree: SystemdDropinTree): ProxySettings {
  if (tree.entries) return { ...noSettings, scopes: [environmentFileScope(tree, tree.entries)] };
  const assignments: Assignment[] = [];
  for (const word of tree.environment.words) {
    const assignment = assignmentOf(word);
    if (assignment) assignments.push(assignment);
  }
  if (tree.shellLines.length > 0) {
    for (const line of tree.shellLines) assignments.push(assignmentOfShell(line));
    assignments.sort((a, b) => a.span.start - b.span.start);
  }
  const span = placeOf(tree) ?? assignments[0]?.span;
  if (!span) return noSettings;
  const { unit, program, shared } = tree.file;
  const scope: Scope = {
    kind: "unit",
    id: "environment",
    label: unit ?? shared ?? "",
    span,
    readers: readersOf(program),
    container: false,
    assignments,
    open: unit === undefined || tree.conditional || tree.environmentFiles.length > 0 || tree.passed.some(isProxy),
  };
  return { ...noSettings, scopes: [scope] };
}

/** The unit that names the file may have more variables. */
function environmentFileScope(tree: SystemdDropinTree, entries: readonly EnvironmentFileEntry[]): Scope {
  const { unit, program } = tree.file;
  const valid = entries.filter((entry) => entry.valid);
  return {
    kind: "environment-file",
    id: "environment",
    label: unit ?? "",
    span: valid[0]?.name.contentSpan ?? { start: 0, end: 0 },
    readers: readersOf(program),
    container: false,
    assignments: valid.map(({ name, value, span }) => make(name, value, span, false)),
    open: true,
  };
}

/** What a word gives, or was meant to give; undefined where an empty Environment= or UnsetEnvironment= takes it back. */
function assignmentOf(word: EnvironmentWord): Assignment | undefined {
  const { nameText, state } = word;
  if (nameText === undefined || state === "cleared" || state === "unset") return undefined;
  // A template may fill in a part of the name. One with hyphens is dropped, and may be a slip.
  const [, before = "", name = ""] = meantName.exec(nameText) ?? [];
  if (name === "") return undefined;
  if (state === "kept") return new WordAssignment(word, nameText);
  if (!isMeant(word.directive) || word.faults.some(({ kind }) => kind === "comment")) return undefined;
  if (name === nameText || !word.name || !word.value) return new DroppedAssignment(word, nameText);
  const { text } = word.value;
  const value = word.value.slice(text.length - text.trimStart().length);
  return make(word.name.slice(before.length, before.length + name.length), value, word.span, true);
}

/** A name with what systemd drops the assignment for: `export` before it, blanks around it. */
const meantName = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w-]*)[ \t]*$/;

/** Its texts are made when they are asked for. */
class WordAssignment implements Assignment {
  readonly variable?: ProxyVariable;

  constructor(
    private readonly word: EnvironmentWord,
    nameText: string,
  ) {
    const variable = variableOf(nameText);
    if (variable) this.variable = variable;
  }

  get spelling(): Spelling {
    return spellingOf(this.word.nameText ?? "");
  }

  get name(): MappedText {
    return this.word.name ?? this.word.text;
  }

  get value(): MappedText {
    return this.word.value ?? this.word.text;
  }

  get span(): Span {
    return this.word.span;
  }
}

class DroppedAssignment extends WordAssignment {
  readonly dropped = true;
}

/** Whether a line of this place was meant for the service: not in a section of another kind of file. */
function isMeant({ section }: Directive): boolean {
  if (section === undefined || section.name.trim().toLowerCase() === "service") return true;
  return section.kind === "Unit" || section.kind === "Install";
}

function assignmentOfShell({ name, value, directive }: ShellLine): Assignment {
  return make(name, value, directive.span, true);
}

function make(name: MappedText, value: MappedText, span: Span, dropped: boolean): Assignment {
  const variable = variableOf(name.text);
  const assignment = { spelling: spellingOf(name.text), name, value, span };
  const known: Assignment = variable ? { ...assignment, variable } : assignment;
  return dropped ? { ...known, dropped } : known;
}

function isProxy(name: MappedText): boolean {
  return variableOf(name.text) !== undefined;
}

/** The header of [Service], or of what was meant to be it. */
function placeOf(tree: SystemdDropinTree): Span | undefined {
  const right = tree.sections.find((section) => section.kind === "Service");
  return (right ?? tree.sections.find((section) => section.name.trim().toLowerCase() === "service"))?.span;
}
