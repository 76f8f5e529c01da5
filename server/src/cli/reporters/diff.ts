import { structuredPatch } from "diff";
import { redact } from "../../proxy/redact.js";
import { type Colors, printable } from "../terminal.js";

/** The change of a file as a unified diff, without secrets. Where there are some, it can be read and not applied. */
export function unifiedDiff(name: string, before: string, after: string, colors: Colors): string {
  const { hunks } = structuredPatch(name, name, before, after, undefined, undefined, { context: 3 });
  if (hunks.length === 0) return "";
  const old = shownLines(before);
  const next = shownLines(after);
  const lines = [colors.bold(`--- ${headName("a/", name)}`), colors.bold(`+++ ${headName("b/", name)}`)];
  for (const { oldStart, oldLines, newStart, newLines, lines: body } of hunks) {
    lines.push(colors.cyan(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`));
    let oldAt = oldStart - 1;
    let newAt = newStart - 1;
    for (const line of body) {
      const sign = line.charAt(0);
      if (sign === "-") lines.push(colors.red(`-${old[oldAt++] ?? ""}`));
      else if (sign === "+") lines.push(colors.green(`+${next[newAt++] ?? ""}`));
      else if (sign === " ") {
        lines.push(` ${old[oldAt++] ?? ""}`);
        newAt++;
      } else lines.push(line);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** A file's name as git writes and reads it: quoted where it holds more than plain characters, closed by a tab where it has blanks. */
function headName(side: string, name: string): string {
  const shown = printable(name.replace(/["\\]/g, "\\$&"));
  if (shown !== name) return `"${side}${shown}"`;
  return name.includes(" ") ? `${side}${name}\t` : `${side}${name}`;
}

function shownLines(text: string): readonly string[] {
  return redact(text).split("\n");
}
