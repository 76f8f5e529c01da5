import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineEdits } from "../../server/src/text/differences.js";
import { applyEdits } from "../../server/src/text/span.js";

describe("the edits between two texts", () => {
  it("touch the lines that differ alone", () => {
    expect(lineEdits("a = 1\nb = 2\nc = 3\n", "a = 1\nb = 20\nc = 3\nd\n")).toEqual([
      { span: { start: 11, end: 11 }, newText: "0" },
      { span: { start: 18, end: 18 }, newText: "d\n" },
    ]);
    expect(lineEdits("same\n", "same\n")).toEqual([]);
  });

  it("make of any text any other", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "ab", "a 😀", "a 😁", ""), { maxLength: 8 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applyEdits(before, lineEdits(before, after))).toBe(after);
      }),
    );
  });
});
