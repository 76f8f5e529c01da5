import type { Finding, Severity } from "../../service.js";
import { type Colors, printable } from "../terminal.js";
import type { Report, Reporter } from "./report.js";
import { SourceLines } from "./source-line.js";

/** Columns of a source line that are shown at most. */
const window = 120;

/** For people: each finding with its line and a marker below, then how many there are. */
export const pretty: Reporter = (report, { colors, quiet }) => {
  const sources = new Map<string, SourceLines>();
  const sourceOf = (uri: string) => {
    const source = sources.get(uri) ?? new SourceLines(report.service.document(uri)?.text ?? "");
    sources.set(uri, source);
    return source;
  };
  const blocks = report.findings.map(({ finding, file }) =>
    [
      `${colors.bold(placeOf(file, finding))} ${severity(colors, finding.severity)} ${finding.message} ${colors.dim(`[${finding.rule}]`)}`,
      ...excerpt(sourceOf(finding.uri), finding, colors),
      ...(finding.related ?? []).map(
        (related) => `  ${colors.dim(placeOf(report.nameOf(related.uri), related))} ${related.message}`,
      ),
    ].join("\n"),
  );
  return [...blocks, ...(quiet ? [] : [summary(report)])].map((block) => `${block}\n`).join(quiet ? "" : "\n");
};

function placeOf(file: string, { range }: Pick<Finding, "range">): string {
  return `${printable(file)}:${range.start.line + 1}:${range.start.character + 1}:`;
}

function severity(colors: Colors, name: Severity): string {
  const paint = { error: colors.red, warning: colors.yellow, information: colors.blue, hint: colors.cyan }[name];
  return paint(`${name}:`);
}

/** The line where the finding begins, and a marker under its part of it. */
function excerpt(source: SourceLines, { range }: Finding, colors: Colors): readonly string[] {
  const line = source.line(range.start.line);
  if (line.text.trim() === "") return [];
  const from = line.place(range.start.character);
  const to = range.end.line > range.start.line ? line.text.length : line.place(range.end.character);
  const first = from > window - 20 ? from - 20 : 0;
  const shown = line.text.slice(first, first + window);
  const head = first > 0 ? "… " : "";
  const tail = first + window < line.text.length ? " …" : "";
  const label = String(range.start.line + 1);
  const before = columns(head + plain(line.text.slice(first, from)));
  const marked = columns(plain(line.text.slice(from, Math.min(to, first + window))));
  return [
    `  ${colors.dim(`${label} |`)} ${head}${plain(shown)}${tail}`,
    `  ${colors.dim(`${" ".repeat(label.length)} |`)} ${" ".repeat(before)}${colors.red("^".repeat(Math.max(1, marked)))}`,
  ];
}

/** Text of a file as a terminal shows it: tabs as two blanks, and no other control character. */
function plain(text: string): string {
  return printable(text.replaceAll("\t", "  "));
}

/** How many columns a terminal takes for a text. */
function columns(text: string): number {
  let count = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    count +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return count;
}

function summary({ checked: { length: files }, findings, all }: Report): string {
  if (files === 0) return "No file of the five formats was found";
  const checked = count(files, "file");
  const accepted = all.length - findings.length;
  const rest = accepted > 0 ? `; the baseline accepts ${accepted} more` : "";
  if (findings.length === 0) return `${checked} checked, nothing to report${rest}`;
  const kinds = (["error", "warning", "information", "hint"] as const).flatMap((kind) => {
    const found = findings.filter(({ finding }) => finding.severity === kind).length;
    return found > 0 ? [kind === "information" ? `${found} information` : count(found, kind)] : [];
  });
  const fixable = findings.filter((finding) => finding.fixable).length;
  const way = fixable > 0 ? `; runner-proxy fix mends ${fixable} of them` : "";
  return `${kinds.join(", ")} in ${checked}${way}${rest}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
