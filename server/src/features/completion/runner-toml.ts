import type { RunnerTomlTree } from "../../formats/runner-toml/index.js";
import { keyInfo, keysOf } from "../../formats/runner-toml/keys/index.js";
import { type PlaceAt, pathAt } from "../../formats/runner-toml/path-at.js";
import type { ArrayValue, StringValue, TomlValue } from "../../formats/runner-toml/toml/nodes.js";
import { quoteToml } from "../../generate/quote.js";
import { runnerKeyMeaning } from "../meaning/runner-keys.js";
import { runnerValues } from "../meaning/runner-values.js";
import { typeText } from "../meaning/types.js";
import { jobScope, nameWords } from "./names.js";
import { inDocument, type Offer, type Place, tailLength, type Word } from "./offer.js";
import { completeHeader } from "./toml-header.js";
import { blankValue } from "./toml-value.js";

/** Headers, keys and values of config.toml, variables inside the strings of `environment`. */
export function completeRunner(place: Place, tree: RunnerTomlTree): Offer | undefined {
  const at = pathAt(tree, place.offset);
  if (at.part === "comment") return undefined;
  if (at.part === "value") return completeValueOf(place, at);
  const headers = completeHeader(place, tree);
  const keys = completeKey(place, at);
  return headers && keys ? { ...keys, words: [...keys.words, ...headers.words] } : (headers ?? keys);
}

function completeKey(place: Place, at: PlaceAt): Offer | undefined {
  const { entry, path, part, table } = at;
  if (path === undefined || part === "header") return undefined;
  const here = part === "key" ? entry : undefined;
  const token = tokenAround(place);
  if (!token || (here && (here.key.start !== token.start || here.prefix.length > 0))) return undefined;
  const { start, end } = token;
  const inline = at.around.some(({ kind }) => kind === "inline-table");
  const renames = here !== undefined && here.equals >= 0;
  if (!renames && !standsAlone(place, at, start, end, inline)) return undefined;
  const words = keysOf(path)
    .filter(({ type }) => !type.includes("table") || (inline && type === "table"))
    .filter(({ key }) => sameKey(here?.key.text, key) || table.find(key) === undefined)
    .map((info): Word => {
      const explained = runnerKeyMeaning(info.table, info.key) !== undefined;
      return {
        label: info.key,
        kind: "key",
        detail: typeText(info, place.localize),
        topic: { about: "runner-key", table: info.table, key: info.key },
        rank: explained ? 0 : 1,
        ...(info.note === "deprecated" && { deprecated: true }),
        ...(renames ? { text: info.key } : blankValue(info)),
      };
    });
  return inDocument(place, { start, end }, words);
}

function sameKey(typed: string | undefined, key: string): boolean {
  return typed !== undefined && typed.toLowerCase() === key.toLowerCase();
}

/** The bare word that the cursor is in, which may be empty. */
function tokenAround({ before, after, offset }: Place): { readonly start: number; readonly end: number } | undefined {
  const left = tailLength(before, /[\w-]/);
  const right = /^[\w-]*/.exec(after)?.[0].length ?? 0;
  const outside = before.charAt(before.length - left - 1);
  return /^$|[\s{,]/.test(outside) ? { start: offset - left, end: offset + right } : undefined;
}

/** Whether a whole `key = value` may stand here: alone on its line, or between the commas of an inline table. */
function standsAlone(place: Place, at: PlaceAt, start: number, end: number, inline: boolean): boolean {
  const { text, offset, before, after } = place;
  const behind = after.slice(end - offset).trimStart();
  if (!inline)
    return before.slice(0, before.length - (offset - start)).trim() === "" && (behind === "" || behind.startsWith("#"));
  const ahead = text.slice(0, start).trimEnd().at(-1);
  const table = at.around.findLast(({ kind }) => kind === "inline-table");
  const last = table?.kind === "inline-table" ? table.entries.at(-1) : undefined;
  return (ahead === "{" || ahead === ",") && behind.startsWith("}") && (last === undefined || last.start <= start);
}

function completeValueOf(place: Place, at: PlaceAt): Offer | undefined {
  const { entry, path, value, around } = at;
  if (!entry || path === undefined) return undefined;
  const list = around.at(-1);
  if (entry.key.text.toLowerCase() === "environment") {
    return list?.kind === "array" ? environmentName(place, list, value) : undefined;
  }
  const info = keyInfo(path, entry.key.text);
  if (!info) return undefined;
  const words = runnerValues(info).map((text): Word => ({ label: text, kind: "value", text }));
  if (words.length === 0) return undefined;
  if (info.type === "boolean") return bareValue(place, at, words);
  if (value?.kind === "string") return stringValue(place, value, words, list);
  const quoted = words.map((word) => ({ ...word, text: quoteToml(word.text) }));
  return list?.kind === "array" ? newItem(place, list, quoted) : bareValue(place, at, quoted);
}

/** A value where none or half a word stands, to the end of the line or a comment. */
function bareValue(place: Place, { entry, value, around }: PlaceAt, words: readonly Word[]): Offer | undefined {
  if (around.length > 0 || !entry || (value && value.kind !== "broken" && value.kind !== "boolean")) return undefined;
  const left = tailLength(place.before, /[\w-]/);
  const right = /^[\w-]*/.exec(place.after)?.[0].length ?? 0;
  const [start, end] = [place.offset - left, place.offset + right];
  const ahead = place.text.slice(entry.equals + 1, start);
  return entry.equals < start && ahead.trim() === "" && /^\s*(?:#|$)/.test(place.after.slice(right))
    ? inDocument(place, { start, end }, words)
    : undefined;
}

/** What stands in the string is replaced; those that its array has already are left out. */
function stringValue(
  place: Place,
  string: StringValue,
  words: readonly Word[],
  list: TomlValue | undefined,
): Offer | undefined {
  const { content } = string;
  if (place.offset < content.start || place.offset > content.end || !string.closed) return undefined;
  const others =
    list?.kind === "array"
      ? list.items.flatMap((item) => (item !== string && item.kind === "string" ? item.value : []))
      : [];
  const { text } = string;
  return {
    words: words.filter((word) => !others.includes(word.text)),
    into: text,
    span: { start: 0, end: text.text.length },
  };
}

/** An item where none stands: behind the bracket or a comma. */
function newItem(place: Place, list: ArrayValue, words: readonly Word[]): Offer | undefined {
  const { offset } = place;
  if (!/(?:^|[\s,[])$/.test(place.before) || !list.closed) return undefined;
  const previous = list.items.findLast((item) => item.end <= offset);
  const next = list.items.find((item) => item.start >= offset);
  const comma = list.commas.findLast((at) => at < offset);
  if (previous && (comma === undefined || comma < previous.end)) return undefined;
  if (list.commas.some((at) => at >= offset && (!next || at < next.start))) return undefined;
  const rest = place.after.trimStart();
  if (next && !/^["'#]|^$/.test(rest)) return undefined;
  const separated = next ? words.map((word) => ({ ...word, text: `${word.text},` })) : words;
  return inDocument(place, { start: offset, end: offset }, separated);
}

/** The name in a string of `environment`, or a whole new string. */
function environmentName(place: Place, list: ArrayValue, value: TomlValue | undefined): Offer | undefined {
  const set = new Set(
    list.items.flatMap((item) => (item.kind === "string" && item !== value ? (item.value.split("=")[0] ?? "") : [])),
  );
  if (value?.kind === "string") {
    const at = value.text.fromSource(place.offset);
    const { text } = value.text;
    const equals = text.indexOf("=");
    const end = equals < 0 ? text.length : equals;
    if (at === undefined || at > end || !/^\w*$/.test(text.slice(0, end))) return undefined;
    const words = nameWords(jobScope, set, (name) => [equals < 0 ? `${name}=` : name, ""]);
    return { words, into: value.text, span: { start: 0, end } };
  }
  if (value) return undefined;
  return newItem(
    place,
    list,
    nameWords(jobScope, set, (name) => [`"${name}=`, '"']),
  );
}
