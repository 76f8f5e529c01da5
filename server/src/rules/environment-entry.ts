import type { EnvironmentEntry } from "../formats/runner-toml/environment.js";
import { readEnvironment } from "../formats/runner-toml/environment.js";
import { variableOf } from "../proxy/variables.js";
import { msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";
import { allTables } from "./support/toml-tables.js";

export const environmentEntry: Rule = {
  id: "environment-entry",
  severity: "error",
  formats: ["runner-toml"],
  docs: { summary: "An entry of `environment` that does not set the variable that it seems to set." },
  check(context) {
    if (context.tree.format !== "runner-toml") return;
    for (const { table, path } of allTables(context.tree)) {
      if (path !== "runners[]" && !path.endsWith(".services[]")) continue;
      for (const entry of readEnvironment(table)?.entries ?? []) checkEntry(context, entry);
    }
  },
};

function checkEntry(context: RuleContext, entry: EnvironmentEntry): void {
  const text = entry.text.text;
  if (entry.equals < 0) {
    // What a template fills in may bring the sign along.
    if (entry.text.hasUnknown() || /\{\{|\{%|<%|\$\{/.test(text)) return;
    const colon = /^\s*([A-Za-z_]\w*)\s*:\s*(\S.*)$/.exec(text);
    const edits = colon ? entry.text.replace({ start: 0, end: text.length }, `${colon[1]}=${colon[2]}`) : undefined;
    context.report({
      span: entry.text.contentSpan,
      message: msg("GitLab Runner drops an entry without =, without a word. It is NAME=value."),
      ...(edits && { fixes: [{ title: msg("Write {0}", "="), edits, safe: true }] }),
    });
    return;
  }
  const name = text.slice(0, entry.equals);
  const exported = /^\s*export\s+/.exec(name)?.[0];
  if (exported !== undefined) {
    const edits = entry.text.replace({ start: 0, end: exported.length }, "");
    context.report({
      span: entry.text.toSource({ start: 0, end: exported.trimEnd().length }),
      message: msg("No shell reads this: export becomes part of the variable's name."),
      ...(edits && { fixes: [{ title: msg("Remove {0}", "export"), edits, safe: true }] }),
    });
    return;
  }
  checkBlanks(context, entry, name);
}

function checkBlanks(context: RuleContext, entry: EnvironmentEntry, name: string): void {
  const text = entry.text.text;
  const value = text.slice(entry.equals + 1);
  const around = name !== name.trim();
  // Another variable may be meant to begin with a blank.
  const inValue = /^\s+\S/.test(value) && (around || variableOf(name.trim()) !== undefined);
  if (!around && !inValue) return;
  const start = name.trimEnd().length === name.length ? entry.equals : name.trimEnd().length;
  const end = entry.equals + 1 + (inValue ? value.length - value.trimStart().length : 0);
  const leading = name.length - name.trimStart().length;
  const span = { start: around && leading > 0 && name.trimEnd() === name ? 0 : start, end };
  const edits = entry.text.replace({ start, end }, "=");
  const front = leading > 0 ? entry.text.replace({ start: 0, end: leading }, "") : [];
  context.report({
    span: entry.text.toSource(span),
    message: msg("GitLab Runner takes the blanks for a part of the name or the value: it is NAME=value."),
    ...(edits && front && { fixes: [{ title: msg("Remove the blanks"), edits: [...front, ...edits], safe: true }] }),
  });
}
