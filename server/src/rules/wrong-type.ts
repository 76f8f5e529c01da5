import { mistypedValues } from "../formats/docker-json/types.js";
import { accepts, keyInfo, tableInfo, type ValueType } from "../formats/runner-toml/keys/index.js";
import { valueTypes } from "../formats/runner-toml/keys/parse.js";
import type { TomlTable, TomlValue } from "../formats/runner-toml/toml/nodes.js";
import type { RunnerTomlTree } from "../formats/runner-toml/tree.js";
import { quoteJson } from "../quoting/json.js";
import { msg } from "../text/message.js";
import type { ReportedFix, Rule, RuleContext } from "./rule.js";
import { variableOfKey } from "./support/docker-levels.js";
import { allTables, entriesOf } from "./support/toml-tables.js";

export const wrongType: Rule = {
  id: "wrong-type",
  severity: "error",
  formats: ["runner-toml", "docker-json", "gitlab-ci"],
  docs: { summary: "A value of a type that the program rejects or misreads." },
  check(context) {
    const { tree } = context;
    if (tree.format === "runner-toml") checkToml(context, tree);
    else if (tree.format === "docker-json") checkJson(context);
    else if (tree.format === "gitlab-ci") checkVariables(context);
  },
};

function checkToml(context: RuleContext, tree: RunnerTomlTree): void {
  const single = tree.root.members.get("runners");
  const header = single?.kind === "table" ? single.sections[0]?.header : undefined;
  if (header) {
    context.report({
      span: header,
      message: msg("GitLab Runner does not start: runners are a list, [[runners]]."),
      fixes: [
        { title: msg("Write {0}", "[[runners]]"), edits: [{ span: header, newText: "[[runners]]" }], safe: true },
      ],
    });
  }
  for (const { table, path } of allTables(tree)) {
    checkTables(context, table, path);
    const free = freeType(path);
    if (free !== undefined) checkDottedKeys(context, table, free);
    for (const entry of entriesOf(table)) {
      const type = free ?? keyInfo(path, entry.key.text)?.type;
      if (type === undefined || !entry.value || accepts(type, entry.value)) continue;
      // What a template puts into the text may bring its own quotes along.
      if (/\{\{|\{%|<%|\$\{/.test(context.text.slice(entry.value.start, entry.value.end)) && tree.template) continue;
      const fix = convertToml(context.text, type, entry.value);
      context.report({
        span: entry.value,
        message: msg("GitLab Runner does not start: {0} is of type {1}.", entry.key.text, type),
        ...(fix && { fixes: [fix] }),
      });
    }
  }
}

/** Tables by header or dotted key under a key of another type, and one table for a list of them or the other way round. */
function checkTables(context: RuleContext, table: TomlTable, path: string): void {
  for (const [name, member] of table.members) {
    const type = keyInfo(path, name)?.type;
    if (type === undefined || member.kind === "entry" || (path === "" && name === "runners")) continue;
    const array = member.kind === "table-array";
    // What becomes of [[…]] for a table with free keys is not known.
    if (array ? /^(?:array of table$|table of )/.test(type) : type.startsWith("table")) continue;
    const tables = array ? member.tables : [member];
    const [section, ...more] = tables.flatMap(({ sections }) => sections);
    const header = section?.header;
    const span = header ?? tables.flatMap((inner) => entriesOf(inner))[0]?.keySpan;
    if (!span) continue;
    const inner = header && context.text.slice(header.start, header.end).replace(/^\[+|\]+$/g, "");
    const newText = type === "table" ? `[${inner}]` : type === "array of table" ? `[[${inner}]]` : undefined;
    context.report({
      span,
      message: msg("GitLab Runner does not start: {0} is of type {1}.", name, type),
      ...(header &&
        newText !== undefined &&
        more.length === 0 && {
          fixes: [{ title: msg("Write {0}", newText), edits: [{ span: header, newText }], safe: true }],
        }),
    });
  }
}

/** The type of the values in a table with free keys, where it is one. */
function freeType(path: string): ValueType | undefined {
  const type = tableInfo(path)?.type;
  return valueTypes.find((each) => type === `table of ${each}`);
}

/** `net.ipv4.ip_forward` in such a table makes tables: the name has to be quoted. */
function checkDottedKeys(context: RuleContext, table: TomlTable, type: ValueType): void {
  for (const { key, prefix, keySpan } of table.sections.flatMap(({ entries }) => entries)) {
    if (prefix.length === 0) continue;
    const name = [...prefix, key].map(({ text }) => text).join(".");
    const newText = JSON.stringify(name);
    context.report({
      span: keySpan,
      message: msg("GitLab Runner does not start: {0} is of type {1}.", prefix[0]?.text ?? name, type),
      fixes: [{ title: msg("Write {0}", newText), edits: [{ span: keySpan, newText }], safe: true }],
    });
  }
}

/** Where the meaning is clear: a text for a list of texts, a quoted number or boolean, a number for a text. */
function convertToml(text: string, type: string, value: TomlValue): ReportedFix | undefined {
  const source = text.slice(value.start, value.end);
  const edit = (newText: string): ReportedFix => ({
    title: msg("Write {0}", newText.length > 40 ? `${newText.slice(0, 40)}…` : newText),
    edits: [{ span: value, newText }],
    safe: true,
  });
  if (value.kind === "string") {
    if (type === "array of string") {
      // Several variables in one text: blanks or commas in front of a name separate them.
      const parts = value.value.split(/[\s,;]+(?=[A-Za-z_]\w*=)/);
      const several = parts.length > 1 && parts.every((part) => /^[A-Za-z_]\w*=/.test(part));
      return edit(several ? `[${parts.map((part) => JSON.stringify(part)).join(", ")}]` : `[${source}]`);
    }
    if (
      (type === "boolean" && /^(?:true|false)$/.test(value.value)) ||
      (type === "integer" && /^\d+$/.test(value.value))
    ) {
      return edit(value.value);
    }
  }
  if (type === "string" && (value.kind === "integer" || value.kind === "boolean" || value.kind === "float"))
    return edit(`"${source}"`);
  if (type === "boolean" && (source === "0" || source === "1")) return edit(source === "1" ? "true" : "false");
  return undefined;
}

function checkJson(context: RuleContext): void {
  if (context.tree.format !== "docker-json") return;
  for (const { key, value, expected } of mistypedValues(context.tree)) {
    // A key on the wrong level has a finding of its own.
    if (key !== "" && expected === "object" && variableOfKey(key)) continue;
    const list = value.kind === "array" ? value.items.map((item) => item.text?.text) : [];
    const joined =
      expected === "string" && list.length > 0 && list.every((item) => item !== undefined)
        ? quoteJson(list.join(","))
        : undefined;
    const plain =
      expected === "string" && (value.kind === "number" || value.kind === "boolean")
        ? `"${context.text.slice(value.span.start, value.span.end)}"`
        : undefined;
    const written = joined ?? plain;
    context.report({
      span: value.span,
      message:
        context.tree.kind === "daemon"
          ? msg("dockerd does not start: {0} is of type {1}.", key, expected)
          : msg(
              "The docker client cannot read the file and goes on without its settings: {0} is of type {1}.",
              key,
              expected,
            ),
      ...(written !== undefined && {
        fixes: [{ title: msg("Write {0}", written), edits: [{ span: value.span, newText: written }], safe: true }],
      }),
    });
  }
}

/** GitLab refuses the pipeline where a variable is a list, or the variables are. */
function checkVariables(context: RuleContext): void {
  if (context.tree.format !== "gitlab-ci") return;
  const { tree } = context;
  const { file } = tree;
  // Of a hidden job GitLab checks nothing.
  const maps = [file.root, ...tree.jobs.flatMap(({ hidden, map }) => (hidden ? [] : map))];
  for (const map of maps) {
    const entry = file.entry(map, "variables");
    if (!entry || file.items(file.resolve(entry.value)).length === 0) continue;
    context.report({
      span: entry.keySpan,
      message: msg("GitLab refuses the pipeline: variables are names with values, not a list."),
    });
  }
  for (const group of [tree.variables, ...tree.jobs.map((job) => job.variables)]) {
    for (const { name, span, raw } of group?.variables ?? []) {
      if (raw !== undefined || !/^\s*:\s*(?:\[|\n\s*- )/.test(context.text.slice(name.contentSpan.end, span.end)))
        continue;
      context.report({
        span,
        message: msg("GitLab refuses the pipeline: the variable {0} is a text, not a list.", name.text),
      });
    }
  }
}
