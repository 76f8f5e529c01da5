import { readFileSync } from "node:fs";
import type { EngineOptions } from "../../server/src/service.js";

/**
 * A fixture is one text file with one or more cases. A line `#### TITLE` begins a case, `=== PATH` a file of it, and
 * `=== fixed PATH` the text that the file has once the fixes are applied. Findings are marked in the text:
 * `⟦marked⟧{rule-id}` or `⟦marked⟧{rule-id severity}`; marks may nest. A JSON object at the end of the title holds
 * engine options. After a path, `(crlf)`, `(no final newline)` and `(bom)` say what the text file itself cannot.
 */
export interface FixtureCase {
  readonly title: string;
  readonly options: Partial<EngineOptions>;
  readonly files: readonly FixtureFile[];
}

export interface FixtureFile {
  readonly path: string;
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The text after the fixes, where the fixture gives it. */
  readonly fixed?: string;
}

/** A marked stretch, in offsets of the text without marks. */
export interface Mark {
  readonly rule: string;
  readonly severity?: string;
  readonly start: number;
  readonly end: number;
}

export function readFixture(path: string | URL): FixtureCase[] {
  return parseFixture(readFileSync(path, "utf8"));
}

export function parseFixture(source: string): FixtureCase[] {
  const cases: { title: string; options: Partial<EngineOptions>; files: Map<string, FixtureFile> }[] = [];
  let current: { path: string; fixed: boolean; flags: string; lines: string[] } | undefined;
  const close = () => {
    const files = cases.at(-1)?.files;
    if (!current || !files) return;
    const { path, fixed, flags, lines } = current;
    const raw = endings(lines.map((line) => `${line}\n`).join(""), flags);
    const before = files.get(path);
    if (fixed) files.set(path, { path, text: "", marks: [], ...before, fixed: raw });
    else files.set(path, { ...before, path, ...readMarks(raw) });
    current = undefined;
  };
  for (const line of source.replace(/\n$/, "").split("\n")) {
    if (line.startsWith("#### ")) {
      close();
      const [, title = "", options] = /^#### (.*?)\s*(\{.*\})?$/.exec(line) ?? [];
      cases.push({ title, options: options ? JSON.parse(options) : {}, files: new Map() });
    } else if (line.startsWith("=== ")) {
      close();
      const [, fixed, path = "", flags = ""] = /^=== (fixed )?(.*?)((?: \([a-z ]+\))*)$/.exec(line) ?? [];
      current = { path, fixed: fixed !== undefined, flags, lines: [] };
    } else current?.lines.push(line);
  }
  close();
  return cases.map((c) => ({ ...c, files: [...c.files.values()] }));
}

function endings(text: string, flags: string): string {
  let out = text;
  if (flags.includes("(no final newline)")) out = out.replace(/\n$/, "");
  if (flags.includes("(crlf)")) out = out.replace(/\n/g, "\r\n");
  return flags.includes("(bom)") ? `\uFEFF${out}` : out;
}

/** Takes the marks out of a text. */
export function readMarks(marked: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  const open: number[] = [];
  let text = "";
  let at = 0;
  for (const token of marked.matchAll(/⟦|⟧\{([\w-]+)(?: (\w+))?\}/g)) {
    text += marked.slice(at, token.index);
    at = token.index + token[0].length;
    if (token[0] === "⟦") open.push(text.length);
    else {
      const start = open.pop();
      if (start === undefined) throw new Error(`⟧ without ⟦ at ${token.index}`);
      marks.push({ rule: token[1] ?? "", start, end: text.length, ...(token[2] && { severity: token[2] }) });
    }
  }
  if (open.length > 0) throw new Error("⟦ without ⟧");
  text += marked.slice(at);
  return { text, marks: marks.sort((a, b) => a.start - b.start || a.end - b.end) };
}

/** Puts the marks back, for a difference that a reader can read. */
export function writeMarks(text: string, marks: readonly Mark[]): string {
  const inserts = marks.flatMap((mark) => [
    { at: mark.start, order: 1, token: "⟦" },
    {
      at: mark.end,
      order: mark.end > mark.start ? 0 : 2,
      token: `⟧{${mark.rule}${mark.severity ? ` ${mark.severity}` : ""}}`,
    },
  ]);
  inserts.sort((a, b) => a.at - b.at || a.order - b.order);
  let out = "";
  let at = 0;
  for (const insert of inserts) {
    out += text.slice(at, insert.at) + insert.token;
    at = insert.at;
  }
  return out + text.slice(at);
}
