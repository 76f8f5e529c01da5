import { isMap, isSeq } from "yaml";
import type { MappedText } from "../../text/mapped-text.js";
import { expandedValue } from "./interpolation.js";
import type { CiVariable, CiVariables } from "./nodes.js";
import type { YamlEntry, YamlFile } from "./yaml-file.js";

/** Reads the `variables:` entry of the root, a job or a service. */
export function readVariables(file: YamlFile, entry: YamlEntry | undefined): CiVariables | undefined {
  if (!entry) return undefined;
  return {
    keySpan: entry.keySpan,
    variables: file.entriesWritten(file.map(entry.value)).flatMap((e) => readOne(file, e)),
  };
}

function readOne(file: YamlFile, entry: YamlEntry): readonly CiVariable[] {
  const name = file.text(entry.keyNode);
  if (!name) return [];
  const node = file.resolve(entry.value);
  const long = isMap(node);
  const raw = file.text(long ? file.value(node, "value") : entry.value);
  const expand = !(long && file.text(file.value(node, "expand"))?.text.toLowerCase() === "false");
  const end = node?.range?.[1];
  return [
    {
      name,
      span: {
        start: entry.keySpan.start,
        end: entry.value === node && end ? end : (entry.value?.range?.[1] ?? entry.keySpan.end),
      },
      raw,
      value: raw && asRead(raw, expand),
      expand,
      long,
      list: isSeq(node),
    },
  ];
}

function asRead(raw: MappedText, expand: boolean): MappedText {
  return expand ? expandedValue(raw) : raw;
}
