import { assignmentOf } from "../proxy/scopes.js";
import type { Script } from "../proxy/settings.js";
import { type DriverOption, driverOptions } from "../shell/facts/docker-commands.js";
import { expansionOf, type Masked, masked, replaceByWord, unmasked } from "../shell/reprint.js";
import { msg } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Rule } from "./rule.js";
import { once } from "./support/once.js";
import { oneEdit } from "./support/one-edit.js";

export const buildxDriverOptCommas: Rule = {
  id: "buildx-driver-opt-commas",
  severity: "error",
  formats: ["gitlab-ci"],
  docs: { summary: "A list in `--driver-opt` is cut at its commas." },
  check(context) {
    const first = once();
    for (const script of context.settings.scripts) {
      for (const option of driverOptions(script)) {
        const text = masked(option.value);
        if (!text) continue;
        const fields = fieldsOf(text.text);
        const cut = fields.find((field) => field.cut || (!field.quoted && holdsList(field.text, text, script)));
        const span = cut && option.value.toSource(unmasked(text, cut.span));
        if (!cut || !span || !first(span)) continue;
        context.report({
          span,
          message: msg(
            "buildx reads --driver-opt as CSV and cuts this at the comma: put double quotes around the field.",
          ),
          fixes: () => {
            const edits = quoted(option, text, fields, script);
            if (!edits) return [];
            return [{ title: msg("Quote the field for CSV"), edits: oneEdit(context.text, edits), safe: true }];
          },
        });
      }
    }
  },
};

/** `name=value` of a CSV record. */
interface Field {
  /** Without the quotes that stand for CSV or went astray. */
  readonly text: string;
  /** In the record. */
  readonly span: Span;
  readonly quoted: boolean;
  /** The comma in it ends it, or its quotes do not stand around the whole field. */
  readonly cut: boolean;
}

/** A part without `=` is what a comma cut off from the field before. Reads `"…"` around a field as Go's encoding/csv does. */
function fieldsOf(record: string): readonly Field[] {
  const fields: Field[] = [];
  const part = /"(?:[^"]|"")*"(?=,|$)|[^,]*/y;
  for (let at = 0; at <= record.length; ) {
    part.lastIndex = at;
    const raw = part.exec(record)?.[0] ?? "";
    const quoted = raw.startsWith('"') && raw.length > 1 && raw.endsWith('"');
    const span = { start: at, end: at + raw.length };
    const last = fields.at(-1);
    if (last && !quoted && !raw.includes("=")) {
      const text = withoutStrayQuotes(record.slice(last.span.start, span.end));
      fields[fields.length - 1] = { text, span: { start: last.span.start, end: span.end }, quoted: false, cut: true };
    } else {
      const text = quoted ? raw.slice(1, -1).replaceAll('""', '"') : withoutStrayQuotes(raw);
      fields.push({ text, span, quoted, cut: false });
    }
    at += raw.length + 1;
  }
  return fields;
}

/** `name='a,b'` or `name="a,b"`: the quotes reach buildx as characters. */
function withoutStrayQuotes(field: string): string {
  return field.replace(/^("?)([\w.-]+=)(["'])([^"']*)\3\1$/, "$2$4");
}

/** The variable that a field takes its value from is set in this file, to a list. */
function holdsList(field: string, text: Masked, { scope }: Script): boolean {
  const value = /^[\w.-]+=(.)$/.exec(field)?.[1];
  const name = /^\$\{?(\w+)\}?$/.exec((value && expansionOf(text, value)) ?? "")?.[1];
  const known = name && scope ? assignmentOf(scope, name)?.value : undefined;
  return known !== undefined && !known.hasUnknown() && known.text.includes(",");
}

/** `'--driver-opt="env.no_proxy=a,b"'` in the place of the option and its value. */
function quoted(
  { command, word }: DriverOption,
  text: Masked,
  fields: readonly Field[],
  script: Script,
): readonly TextEdit[] | undefined {
  const record = fields.map((field) => {
    const needed = field.quoted || field.text.includes(",") || holdsList(field.text, text, script);
    return needed ? `"${field.text.replaceAll('"', '""')}"` : field.text;
  });
  const own = word.text.text.startsWith("--driver-opt=");
  const first = own ? word : command.words[command.words.indexOf(word) - 1];
  if (!first) return undefined;
  const span = { start: first.span.start, end: word.span.end };
  return replaceByWord(command.source, span, { ...text, text: `--driver-opt=${record.join(",")}` });
}
