import type { Command } from "../../shell/command.js";
import { type DockerConfigWrite, dockerConfigWrites } from "../../shell/facts/docker-config.js";
import type { MappedText } from "../../text/mapped-text.js";
import { type Localize, msg } from "../../text/message.js";
import { touches } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import { type ScriptAt, scriptAssignmentAt } from "../assignment-at.js";
import { jsonPlaceAt } from "../completion/json-place.js";
import { dockerKeyMeaning } from "../meaning/docker-keys.js";
import { assignmentSubject } from "./assignment.js";
import { bypassTable } from "./bypass-table.js";
import { code, codeBlock } from "./markdown.js";
import type { Subject } from "./subject.js";

/** In a script: a variable that it exports, or its text layer by layer: what the shell gets, what it writes to config.json. */
export function scriptSubject(
  found: ScriptAt,
  document: Document,
  offset: number,
  localize: Localize,
): Subject | undefined {
  const { script, text } = found;
  if (script.shell === "posix") {
    const assigned = scriptAssignmentAt(script, offset);
    const variable = assigned && assignmentSubject(assigned, document, localize);
    if (variable) return variable;
  }
  const write = dockerConfigWrites(script).find(({ command }) => isIn(command, offset));
  const parts: string[] = [];
  const { start, end } = text.contentSpan;
  if (document.text.slice(start, end) !== text.text) {
    parts.push(`${localize(msg("As the shell gets it:"))}\n\n${codeBlock(text.text, "sh")}`);
  }
  const key = write && jsonKey(write, offset, localize);
  if (key !== undefined) parts.unshift(key);
  if (write) parts.push(...contents(write, localize));
  return parts.length > 0
    ? { span: write ? write.command.source.toSource(write.command.span) : { start, end }, markdown: parts.join("\n\n") }
    : undefined;
}

function isIn({ source, span }: Command, offset: number): boolean {
  return touches(source.toSource(span), offset);
}

/** The key of the written JSON that the offset is at, or whose value it is in. */
function jsonKey({ content }: DockerConfigWrite, offset: number, localize: Localize): string | undefined {
  const text = content.dash ?? content.bash ?? content.busybox;
  const at = text?.fromSource(offset);
  if (!text || at === undefined) return undefined;
  const place = jsonPlaceAt(text.text, at);
  if (!place || place.at === "item") return undefined;
  const token = text.text.slice(place.token.start, place.token.end).replace(/^"|"$/g, "");
  const key = place.at === "key" ? token : (place.key ?? "");
  const path = [...place.path.slice(0, 1), ...place.path.slice(1).map(() => "*"), place.path.length === 1 ? "*" : key];
  const meaning = dockerKeyMeaning("client", path);
  if (!meaning) return undefined;
  const list =
    place.at === "value" && key.toLowerCase() === "noproxy" ? entries(text, place.token, at, localize) : undefined;
  return [`**${key}** — ${localize(meaning)}`, ...(list === undefined ? [] : [list])].join("\n\n");
}

function entries(
  text: MappedText,
  token: { start: number; end: number },
  at: number,
  localize: Localize,
): string | undefined {
  const inside = text.slice(token.start + 1, token.end - 1);
  return bypassTable(inside, at - token.start - 1, ["docker", "curl", "wget", "git"], localize);
}

/** What lands in the file; where shells differ, for each of them. */
function contents({ content, target }: DockerConfigWrite, localize: Localize): readonly string[] {
  const file = code(target.text.text);
  if (!content.differ) {
    const text = content.dash ?? content.bash ?? content.busybox;
    return text ? [`${localize(msg("What {0} then holds:", file))}\n\n${codeBlock(text.text, "json")}`] : [];
  }
  const shells = [
    ["dash", content.dash],
    ["bash", content.bash],
    ["busybox", content.busybox],
  ] as const;
  return shells.flatMap(([shell, text]) =>
    text ? [`${localize(msg("What {0} then holds, with {1}:", file, shell))}\n\n${codeBlock(text.text, "json")}`] : [],
  );
}
