import type { Script } from "../../proxy/settings.js";
import { proxyVariables } from "../../proxy/variables.js";
import { dockerConfigWrites } from "../../shell/facts/docker-config.js";
import { gitConfigs } from "../../shell/facts/git-config.js";
import type { MappedText } from "../../text/mapped-text.js";
import { type ScriptAt, scriptAssignmentAt, scriptAt } from "../assignment-at.js";
import { jsonOffer } from "./docker-json.js";
import { nameWords } from "./names.js";
import type { Offer, Place, Word } from "./offer.js";
import { completePowerShell } from "./powershell.js";
import { valueOffer } from "./value.js";

/**
 * Inside a script: the JSON that it writes to `.docker/config.json`, values and names that it exports, git's proxy, and
 * references to proxy variables; in PowerShell, its own way of the last two. What is inserted is quoted for every layer around it.
 */
export function completeScript(place: Place): Offer | undefined {
  const found = scriptAt(place.document, place.offset);
  if (found?.script.shell === "powershell") return completePowerShell(place, found);
  if (found?.script.shell !== "posix") return undefined;
  const { script } = found;
  return (
    writtenJson(place, script) ??
    exportedValue(place, script) ??
    gitProxy(place, script) ??
    exportedName(found) ??
    reference(found)
  );
}

function writtenJson(place: Place, script: Script): Offer | undefined {
  for (const { content } of dockerConfigWrites(script)) {
    for (const text of [content.dash, content.bash, content.busybox]) {
      const at = text && offsetIn(text, place.offset);
      if (!text || at === undefined) continue;
      const space = /":\S/.test(text.text) || !/": /.test(text.text) ? "" : " ";
      return jsonOffer(place, { text, at, kind: "client", space });
    }
  }
  return undefined;
}

/** The offset of the document in a text that was made of it; undefined at its ends, which are outside of what is printed. */
function offsetIn(text: MappedText, offset: number): number | undefined {
  const { start, end } = text.contentSpan;
  return start < offset && offset < end ? text.fromSource(offset) : undefined;
}

function exportedValue(place: Place, script: Script): Offer | undefined {
  const found = scriptAssignmentAt(script, place.offset);
  if (found?.inValue === undefined) return undefined;
  const { assignment, scope, inValue } = found;
  return valueOffer(place, assignment.variable ?? assignment.name.text, assignment.value, inValue, scope.container);
}

function gitProxy(place: Place, script: Script): Offer | undefined {
  for (const { name, value } of gitConfigs(script)) {
    const at = name === "http.proxy" ? value?.fromSource(place.offset) : undefined;
    if (value && at !== undefined) return valueOffer(place, "http_proxy", value, at, script.scope?.container);
  }
  return undefined;
}

function exportedName({ script, text, at }: ScriptAt): Offer | undefined {
  const typed = /(?:^|[\s;&|])export[ \t]+(\w*)$/.exec(lineBefore(text, at))?.[1];
  if (typed === undefined || !/^(?:\s|$)/.test(text.text.slice(at))) return undefined;
  const words = nameWords({ readers: [script.place] }, new Set(), (name) => [`${name}=`, ""]);
  return { words, into: text, span: { start: at - typed.length, end: at } };
}

/** `$NAME`, where the shell expands it. */
function reference({ script, text, at }: ScriptAt): Offer | undefined {
  const before = lineBefore(text, at);
  const typed = /(?<!\\)\$\{?(\w*)$/.exec(before)?.[1];
  if (typed === undefined || before.replace(/"[^"]*"?/g, "").split("'").length % 2 === 0) return undefined;
  const names = new Set([...proxyVariables.map((variable) => variable.toUpperCase()), ...proxyVariables]);
  for (let scope = script.scope; scope; scope = scope.inherits) {
    for (const { name } of scope.assignments) if (/^\w+$/.test(name.text)) names.add(name.text);
  }
  const rest = /^\w*/.exec(text.text.slice(at))?.[0] ?? "";
  const words = [...names].map(
    (name): Word => ({ label: name, kind: "variable", text: name, topic: { about: "variable", name } }),
  );
  return { words, into: text, span: { start: at - typed.length, end: at + rest.length } };
}

function lineBefore({ text }: MappedText, at: number): string {
  return text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
}
