import fc from "fast-check";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { decodeTomlString, type TomlStringForm, tomlFormAt, tomlString } from "../../server/src/quoting/toml.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { applyEdits } from "../../server/src/text/span.js";

const quotes: Readonly<Record<TomlStringForm, string>> = {
  basic: '"',
  literal: "'",
  "multi-basic": '"""',
  "multi-literal": "'''",
};
const forms = ["basic", "literal", "multi-basic", "multi-literal"] as const;

/** Reads a string token that is the whole of a text. */
function decode(token: string): MappedText {
  return decodeTomlString(MappedText.document(token), { start: 0, end: token.length }, tomlFormAt(token, 0));
}

function judge(token: string): unknown {
  return parse(`a = ${token}`).a;
}

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom('"', '""', "'", "''", "\\", "\n", "\r\n", "\t", "\u0000", "\u007f", "\u0085", "a", " ", "😀"),
    )
    .map((parts) => parts.join("")),
);

describe("strings of TOML", () => {
  it.each([
    ['"a"', "a"],
    ['""', ""],
    ['"\\b\\t\\n\\f\\r\\e\\"\\\\"', '\b\t\n\f\r\u001b"\\'],
    ['"\\x41\\u00e9\\U0001f600"', "Aé😀"],
    ["'C:\\path'", "C:\\path"],
    ['"""\nfirst newline goes"""', "first newline goes"],
    ['"""\r\nthis too"""', "this too"],
    ['"""a\\\n   b \\  \n\n c"""', "ab c"],
    ["'''\n\nthe second stays\\\n'''", "\nthe second stays\\\n"],
    ['"""two quotes: """""', 'two quotes: ""'],
    ["''''one''''", "'one'"],
  ])("reads %j", (token, wanted) => {
    expect(decode(token).text).toBe(wanted);
    expect(judge(token)).toBe(wanted);
  });

  it.each([
    ['"\\q"', "\\q"],
    ['"\\ud800"', "\\ud800"],
    ['"\\u12"', "\\u12"],
    ['"""a \\ b"""', "a \\ b"],
  ])("lets a wrong escape stand for itself: %j", (token, wanted) => {
    expect(decode(token).text).toBe(wanted);
  });

  it.each(forms)("writes what smol-toml and the decoder read: %s", (form) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const inside = tomlString.encode(text, form);
        if (inside === undefined) return;
        const newline = form.startsWith("multi") ? "\n" : "";
        const token = `${quotes[form]}${newline}${inside}${quotes[form]}`;
        expect(judge(token)).toBe(text);
        expect(decode(token).text).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("can say everything that UTF-8 can in basic strings, and refuses a lone surrogate", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const form of ["basic", "multi-basic"]) {
          expect(tomlString.encode(text, form) === undefined).toBe(/[\ud800-\udfff]/u.test(text));
        }
      }),
    );
  });

  it.each([
    ["literal", "it's"],
    ["literal", "a\nb"],
    ["literal", "a\u0001"],
    ["multi-literal", "'a"],
    ["multi-literal", "a''b"],
    ["multi-literal", "a\rb"],
  ])("knows what a %s string cannot say: %j", (form, text) => {
    expect(tomlString.encode(text, form)).toBeUndefined();
  });

  it("keeps the line endings of a CR LF file", () => {
    const token = '"""\r\nexport A=1\r\nexport B=2\r\n"""';
    const text = decode(token);
    const at = text.text.indexOf("export B");
    expect(applyEdits(token, text.replace({ start: at, end: at }, "export C=3\n") ?? [])).toBe(
      '"""\r\nexport A=1\r\nexport C=3\r\nexport B=2\r\n"""',
    );
  });

  it("maps each character to its source", () => {
    const token = '"""\n\\u0041b\\\n   c"""';
    const text = decode(token);
    const source = (start: number) => {
      const span = text.toSource({ start, end: start + 1 });
      return token.slice(span.start, span.end);
    };
    expect(text.text).toBe("Abc");
    expect([source(0), source(1), source(2)]).toEqual(["\\u0041", "b", "c"]);
  });

  it("changes one character of a string in place", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...forms),
        anyText,
        fc.nat(),
        fc.nat(),
        anyText,
        (form, text, first, second, wanted) => {
          const inside = tomlString.encode(text, form);
          if (inside === undefined) return;
          const token = `${quotes[form]}${form.startsWith("multi") ? "\n" : ""}${inside}${quotes[form]}`;
          const mapped = decode(token);
          const [start, end] = [first % (text.length + 1), second % (text.length + 1)].sort((a, b) => a - b);
          const edits = mapped.replace({ start: start ?? 0, end: end ?? 0 }, wanted);
          if (!edits) return;
          const whole = text.slice(0, start) + wanted + text.slice(end);
          expect(judge(applyEdits(token, edits))).toBe(whole);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
