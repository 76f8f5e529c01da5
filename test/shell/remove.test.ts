import { describe, expect, it } from "vitest";
import { readShell } from "../../server/src/shell/read.js";
import { removeCommand } from "../../server/src/shell/remove.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { applyEdits } from "../../server/src/text/span.js";

/** The text without its command `x`; undefined where it stays. */
function removed(text: string): string | undefined {
  const { commands } = readShell([MappedText.document(text)]);
  const command = commands.find((c) => c.words[0]?.text.text === "x");
  const removal = command && removeCommand(command);
  return removal?.edits && applyEdits(text, removal.edits) + (removal.empties ? " (empty)" : "");
}

describe("a command goes with the separator that only it needs", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["a; x 1", "a"],
    ["x 1; a", "a"],
    ["a; x; b", "a; b"],
    ["a && x", "a"],
    ["x && a", "a"],
    ["a && x && b", "a && b"],
    ["a && x; b", "a; b"],
    ["a\n  x 1\nb", "a\nb"],
    ["  x 1\nb", "b"],
    ["a\n  x", "a"],
    ["a\nx # why\nb", "a\n # why\nb"],
    ["x", " (empty)"],
    ["# c\nx\n", "# c\n (empty)"],
    ["if a; then x; fi", "if a; then true; fi"],
    ["if a; then x; b; fi", "if a; then b; fi"],
    ["if x; then b; fi", "if true; then b; fi"],
    ["{ a; x; }", "{ a; }"],
    ["(x)", "(true)"],
    ["case a in a) x ;; esac", "case a in a) true ;; esac"],
    ["a | x", undefined],
    ["x | a", undefined],
    ["x || a", undefined],
    ["x &", undefined],
    ["x <<E\nb\nE", undefined],
  ];
  for (const [text, without] of cases) it(JSON.stringify(text), () => expect(removed(text)).toBe(without));
});
