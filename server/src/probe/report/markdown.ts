import { type Localize, msg } from "../../text/message.js";
import type { Verdict } from "../result.js";
import type { WordedReport, WordedResult } from "./worded.js";

/** The report as a page, also for a ticket. */
export function markdown({ where, steps, commands }: WordedReport, localize: Localize): string {
  const blocks = [
    `# ${localize(msg("Runner Proxy: check of {0}", escaped(where)))}`,
    ...steps.flatMap(({ title, results }) => [
      `## ${escaped(title)}`,
      localize(msg("Seen on {0}.", escaped(where))),
      ...results.map((result) => resultMarkdown(result, localize)),
    ]),
    ...(commands.length > 0 ? [`## ${localize(msg("Commands that were run"))}`, fence(commands)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** One result with its reason and what to do. */
export function resultMarkdown(
  { verdict, message, because, advice, commands = [] }: WordedResult,
  localize: Localize,
): string {
  const lines = [`${signs[verdict]} **${wordFor(verdict, localize)}** ${escaped(message)}`];
  if (because !== undefined) lines.push(escaped(because));
  if (advice !== undefined) lines.push(`→ ${escaped(advice)}`);
  if (commands.length > 0) lines.push(fence(commands));
  return lines.join("\n\n");
}

const signs: Readonly<Record<Verdict, string>> = { ok: "✓", problem: "✗", unknown: "?" };

export function wordFor(verdict: Verdict, localize: Localize): string {
  switch (verdict) {
    case "ok":
      return localize(msg("in order:"));
    case "problem":
      return localize(msg("problem:"));
    case "unknown":
      return localize(msg("cannot tell:"));
  }
}

function fence(lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}

/** What Markdown would take for marks stands as it is. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, "\\$&").replace(/[\r\n]+/g, " ");
}
