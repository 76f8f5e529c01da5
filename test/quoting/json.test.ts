import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeJsonString, jsonString, quoteJson } from "../../server/src/quoting/json.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { applyEdits } from "../../server/src/text/span.js";

function decode(text: string): MappedText {
  return decodeJsonString(MappedText.document(text), { start: 0, end: text.length });
}

describe("strings of JSON", () => {
  it.each([
    ['"a"', "a"],
    ['""', ""],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
    ['"\\u0041\\u00E9\\ud83d\\ude00"', "Aé😀"],
    ['"\\ud83d"', "\ufffd"],
    ['"\\ud83d\\u0041"', "\ufffdA"],
    ['"\\udE00x"', "\ufffdx"],
    ['"\\q\\u12"', "\\q\\u12"],
    ['"open', "open"],
    ['"open\\', "open\\"],
    ['"', ""],
  ])("reads %s", (text, wanted) => {
    expect(decode(text).text).toBe(wanted);
  });

  it("reads what JSON.stringify writes, and JSON.parse what is written here", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(decode(JSON.stringify(text)).text).toBe(text);
        expect(decode(quoteJson(text)).text).toBe(text);
        expect(JSON.parse(quoteJson(text))).toBe(text);
      }),
    );
  });

  it("maps each character to the source that made it", () => {
    const text = '{"a":"x\\u0041\\n\\ud83d\\ude00y"}';
    const value = decodeJsonString(MappedText.document(text), { start: 5, end: text.length - 1 });
    const source = (start: number, end: number): string => {
      const s = value.toSource({ start, end });
      return text.slice(s.start, s.end);
    };
    expect(value.text).toBe("xA\n😀y");
    expect(source(0, 1)).toBe("x");
    expect(source(1, 2)).toBe("\\u0041");
    expect(source(2, 3)).toBe("\\n");
    expect(source(3, 5)).toBe("\\ud83d\\ude00");
    expect(source(5, 6)).toBe("y");
    expect(value.fromSource(7)).toBe(1);
  });

  it("writes a replacement that is then read there", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        fc.nat(),
        fc.nat(),
        (text, fragment, a, b) => {
          const json = JSON.stringify(text);
          const value = decode(json);
          const points = [...text];
          const cut = a % (points.length + 1);
          const start = points.slice(0, cut).join("").length;
          const end = points.slice(0, Math.min(points.length, cut + (b % 4))).join("").length;
          const edits = value.replace({ start, end }, fragment);
          const after = applyEdits(json, edits ?? []);
          expect(JSON.parse(after)).toBe(text.slice(0, start) + fragment + text.slice(end));
        },
      ),
    );
  });

  it("escapes only what JSON wants escaped", () => {
    expect(jsonString.encode('a/é😀"\\\u0001', "")).toBe('a/é😀\\"\\\\\\u0001');
  });
});
