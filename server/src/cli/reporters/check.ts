import type { WordedReport, WordedResult } from "../../probe/report/worded.js";
import type { Verdict } from "../../probe/result.js";
import { type Colors, printable } from "../terminal.js";

/** For programs. New keys may come; what is there stays. Each step says where it was seen. */
export function checkAsJson({ where, steps, commands }: WordedReport): string {
  const listed = steps.map(({ id, title, results }) => ({ step: id, title, where, results }));
  return `${JSON.stringify({ version: 1, where, steps: listed, commands }, undefined, 2)}\n`;
}

/** For people. @param quiet what is in order is left out */
export function checkAsText({ where, steps }: WordedReport, colors: Colors, quiet: boolean): string {
  const blocks = steps.flatMap(({ title, results }) => {
    const shown = quiet ? results.filter(({ verdict }) => verdict === "problem") : results;
    if (shown.length === 0) return [];
    return [
      [colors.bold(`${title} (${printable(where)})`), ...shown.flatMap((result) => linesOf(result, colors))].join("\n"),
    ];
  });
  return blocks.map((block) => `${block}\n`).join(quiet ? "" : "\n");
}

const words: Readonly<Record<Verdict, string>> = { ok: "ok", problem: "problem", unknown: "cannot tell" };

function linesOf(
  { verdict, message, because, advice, commands = [] }: WordedResult,
  colors: Colors,
): readonly string[] {
  const paint = { ok: colors.green, problem: colors.red, unknown: colors.yellow }[verdict];
  return [
    `  ${paint(`${words[verdict]}:`)} ${printable(message)}`,
    ...(because === undefined ? [] : [`    ${printable(because)}`]),
    ...(advice === undefined ? [] : [`    ${printable(advice)}`]),
    ...commands.map((command) => `    ${colors.dim("$")} ${printable(command)}`),
  ];
}
