import type { CiJob } from "../../formats/gitlab-ci/job.js";
import { rootKeywords } from "../../formats/gitlab-ci/keywords.js";
import { yamlValue } from "../../quoting/yaml.js";
import { lineEndingOf } from "../../text/eol.js";
import { type Message, msg } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import { logsIn, type ScriptShell, withoutWriters } from "../merge-script.js";
import { yamlItem } from "../script-quoting.js";
import { lines, plainText, splitLines, type Template } from "../template.js";
import { laidOut, linesAt, type PlacedEdit, type Placement } from "./placement.js";
import { childIndentation, isBlockEntry, type YamlEntry, yamlEntries } from "./yaml-block.js";

/** The mapping that keys are added to: a job, `default`, or the top level. */
interface Owner {
  readonly entries: readonly YamlEntry[];
  readonly indentation: string;
  /** Where a new key goes. */
  readonly at: number;
  /** The owner is the top level. */
  readonly top: boolean;
  /** The job that it is; undefined for `default` and the top level. */
  readonly job?: CiJob;
}

/**
 * The script as an item of `before_script`: of the job that the cursor stands in, else of `default` or the top level.
 * An item that wrote the file before is replaced; one that also does something else keeps that.
 */
export function placeBeforeScript(document: Document, offset: number, script: string, shell: ScriptShell): Placement {
  const { text } = document;
  const owner = ownerAt(document, offset);
  if ("problem" in owner) return owner;
  const entry = owner.entries.find(({ name }) => name === "before_script");
  if (!entry) {
    const item = yamlItem(script, "  ");
    return checked(document, [newKey(text, owner, [`before_script:\n${withInherited(document, owner, item)}`])]);
  }
  if (!isBlockEntry(text, entry)) return { problem: notBlock(entry) };
  const edits: PlacedEdit[] = [];
  const own = document.settings.scripts.find(({ key, keySpan }) => {
    return key === "before_script" && keySpan.start >= entry.start && keySpan.start < entry.valueStart;
  });
  const login = own?.texts.some(({ text }) => logsIn(text)) === true;
  // What an alias or a reference brings stands elsewhere, and is not this list's to change.
  const items = (own?.texts ?? []).filter(({ sourceSpan: { start } }) => start >= entry.start && start < entry.end);
  const kept = withoutWriters(
    items.map(({ text }) => text),
    shell,
  );
  for (const [index, item] of items.entries()) {
    const rest = kept[index]?.trim() ?? "";
    if (rest === item.text.trim()) continue;
    const start = text.lastIndexOf("\n", item.sourceSpan.start) + 1;
    const end = ((feed) => (feed < 0 ? text.length : feed + 1))(
      text.indexOf("\n", Math.max(start, item.sourceSpan.end - 1)),
    );
    const indentation = /^( *)-(?![ \t]+-[ \t])/.exec(text.slice(start))?.[1];
    if (indentation === undefined) return { problem: notBlock(entry) };
    edits.push({
      span: { start, end },
      template: rest === "" ? [] : laidOut([yamlItem(rest, indentation)], lineEndingOf(text)),
    });
  }
  const indentation = childIndentation(text, entry);
  const first = text.indexOf("\n", entry.valueStart) + 1;
  // The new item follows the others, but comes before a login, whose entry it would write away.
  const at = login && first > 0 ? first : entry.end;
  const added = linesAt(text, at, laidOut([yamlItem(script, indentation)], lineEndingOf(text)));
  return checked(document, joined([...edits, added]));
}

/** The service and its variables: what the job, `default` or the top level lacks of them. */
export function placeDindService(document: Document, offset: number, block: Template): Placement {
  const { text } = document;
  const owner = ownerAt(document, offset);
  if ("problem" in owner) return owner;
  const { tree } = document;
  const services = (owner.job ?? (tree.format === "gitlab-ci" ? tree.default : undefined))?.services ?? [];
  const hasDind = services.some(({ dind }) => dind);
  const edits: PlacedEdit[] = [];
  for (const { name, body } of sectionsOf(block)) {
    const entry = owner.entries.find((candidate) => candidate.name === name);
    if (!entry) {
      if (name === "services" && hasDind) continue;
      if (name === "services" && services.length > 0) {
        return {
          problem: msg(
            "The job has its services from another place, which its own would replace: put the cursor there.",
          ),
        };
      }
      edits.push(newKey(text, owner, lines(`${name}:`, ...body)));
      continue;
    }
    if (!isBlockEntry(text, entry)) return { problem: notBlock(entry) };
    const missing = name === "services" ? (hasDind ? [] : body) : missingVariables(text, entry, body);
    if (missing.length === 0) continue;
    const indentation = childIndentation(text, entry);
    const outdented = missing.map(withoutIndentation);
    edits.push(linesAt(text, entry.end, laidOut(lines(...outdented), lineEndingOf(text), indentation)));
  }
  if (edits.length === 0) return { problem: msg("The file holds all of this already.") };
  return checked(document, joined(edits));
}

function ownerAt({ text, tree }: Document, offset: number): Owner | { readonly problem: Message } {
  const top = yamlEntries(text, 0, text.length, "");
  const inside = top.find(({ start, end, name }) => start <= offset && offset < end && !rootKeywords.has(name));
  const entry = inside ?? top.find(({ name }) => name === "default");
  if (!entry) {
    const end = top.at(-1)?.end ?? 0;
    const closed = /^\.\.\.(?:\s|$)/m.test(text.slice(end));
    return { entries: top, indentation: "", at: closed ? end : text.length, top: true };
  }
  if (!isBlockEntry(text, entry)) return { problem: msg("Write `{0}` with one key a line first.", entry.name) };
  const indentation = childIndentation(text, entry);
  const feed = text.indexOf("\n", entry.valueStart);
  const body = feed < 0 ? text.length : feed + 1;
  const entries = yamlEntries(text, body, entry.end, indentation);
  // GitLab takes a merge key where it stands: what it brings goes before the keys above it.
  const at = entries.findLast(({ name }) => name === "<<")?.end ?? body;
  const job = inside && tree.format === "gitlab-ci" ? tree.job(inside.name) : undefined;
  return { entries, indentation, at, top: false, ...(job && { job }) };
}

/** A job's own list takes the place of the one that it had from `extends`, `default` or the root: it refers to that one. */
function withInherited({ text, tree }: Document, { job }: Owner, item: string): string {
  const script = job?.script("before_script");
  if (!script || tree.format !== "gitlab-ci") return item;
  const { start } = script.keySpan;
  const source = yamlEntries(text, 0, text.length, "").find((entry) => entry.start <= start && start < entry.end);
  if (!source) return item;
  const path = source.name === "before_script" ? [source.name] : [source.name, "before_script"];
  const reference = `  - !reference [${path.map((name) => yamlValue(name, "", true)).join(", ")}]\n`;
  return script.lines.some((line) => logsIn(line.text)) ? item + reference : reference + item;
}

function newKey(text: string, owner: Owner, template: Template): PlacedEdit {
  return linesAt(text, owner.at, laidOut(template, lineEndingOf(text), owner.indentation), owner.top);
}

interface KeyedLines {
  readonly name: string;
  readonly body: readonly Template[];
}

/** `services:` and `variables:` of the snippet with the lines below each. */
function sectionsOf(block: Template): readonly KeyedLines[] {
  const out: { name: string; body: Template[] }[] = [];
  for (const line of splitLines(block)) {
    const name = /^(\w+):$/.exec(plainText(line))?.[1];
    if (name) out.push({ name, body: [] });
    else out.at(-1)?.body.push(line);
  }
  return out;
}

function missingVariables(text: string, entry: YamlEntry, body: readonly Template[]): readonly Template[] {
  const known = yamlEntries(text, entry.valueStart, entry.end, childIndentation(text, entry)).map(({ name }) => name);
  return body.filter((line) => !known.includes(/^ *(\w+):/.exec(plainText(line))?.[1] ?? ""));
}

function withoutIndentation(line: Template): Template {
  const [first, ...rest] = line;
  return typeof first === "string" ? [first.replace(/^ {2}/, ""), ...rest] : line;
}

function notBlock(entry: YamlEntry): Message {
  return msg("Write `{0}` as a list with one item a line first.", entry.name);
}

/** Edits that touch each other as one, in the order in which they were made. */
function joined(edits: readonly PlacedEdit[]): readonly PlacedEdit[] {
  const out: PlacedEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    const last = out.at(-1);
    if (last && last.span.end === edit.span.start) {
      out[out.length - 1] = {
        span: { start: last.span.start, end: edit.span.end },
        template: [...last.template, ...edit.template],
      };
    } else out.push(edit);
  }
  return out;
}

/** Places are found by lines, so what came of them is read before it is offered. */
function checked(document: Document, edits: readonly PlacedEdit[]): Placement {
  const { format, uri, text, tree } = document;
  let after = text;
  for (const { span, template } of [...edits].reverse()) {
    after = after.slice(0, span.start) + plainText(template) + after.slice(span.end);
  }
  if (format.parse(after, uri).problems.length <= tree.problems.length) return { edits };
  return {
    problem: msg("The place in this file is not clear; put the cursor into the job and mend its syntax first."),
  };
}
