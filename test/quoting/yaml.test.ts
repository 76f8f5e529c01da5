import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isScalar, parseDocument, type Scalar, visit } from "yaml";
import { decodeYamlScalar, type YamlStyle, yamlScalar, yamlValue } from "../../server/src/quoting/yaml.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { applyEdits } from "../../server/src/text/span.js";

const styles: Readonly<Record<string, YamlStyle>> = {
  PLAIN: "plain",
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

interface Read {
  readonly node: Scalar;
  readonly decoded: MappedText;
}

/** All scalars of a document, each decoded, with what the yaml package makes of them. */
function scalarsOf(text: string): readonly Read[] | undefined {
  const document = parseDocument(text, { schema: "failsafe", logLevel: "silent", uniqueKeys: false });
  if (document.errors.length > 0) return undefined;
  const source = MappedText.document(text);
  const out: Read[] = [];
  visit(document, {
    Scalar(_, node, path) {
      const style = styles[node.type ?? ""];
      if (!style || !node.range || node.range[1] === node.range[0]) return;
      const inFlow = path.some((parent) => "flow" in parent && parent.flow === true);
      out.push({
        node,
        decoded: decodeYamlScalar(source, { start: node.range[0], end: node.range[1] }, style, inFlow),
      });
    },
  });
  return out;
}

function agree(text: string): void {
  const scalars = scalarsOf(text);
  expect(scalars, `${JSON.stringify(text)} is YAML`).toBeDefined();
  for (const { node, decoded } of scalars ?? []) expect(decoded.text, JSON.stringify(text)).toBe(node.source);
}

const written = [
  "a: plain text",
  "a: plain\n  over\n  lines\n\n  and a gap",
  "a: plain  \t\n   trailing blanks  \n\n\n   two gaps",
  "a: plain\r\n  over\r\n\r\n  lines\r\nb: c\r\n",
  "a: http://h:1#x",
  "[a b, c:d, -e, ?f]",
  "a: 'it''s'",
  "a: ''",
  "a: ''''",
  "a: 'one\n  two\n\n  three '",
  "a: ' lead\r\n  two '",
  'a: "tab\\tnul\\0 \\x41 \\u00e9 \\U0001F600 \\N\\_\\L\\P\\e\\/\\ "',
  'a: ""',
  'a: "one  \n   two\n\n\n   three  "',
  'a: "one \\\n   two\\\r\n  \t three"',
  'a: "one\\  \n   two"',
  "a: |\n  one\n   two\n\n  three\n",
  "a: |-\n  one\n\n\n",
  "a: |+\n  one\n\n\n",
  "a: |+\n\n\nb: c",
  "a: |",
  "a: |\n",
  "a: |  # with a comment\n  one\n",
  "a: |2-\n   one\n  two\n",
  "a: |-2\n    one\n",
  "- |1\n  one\n- - |2\n     two\n",
  "- a: |1\n    one\n- &x |2\n   two\n- ? |1\n   key\n  : |1\n   value\n",
  "a:\n  b: |1\n    one\n",
  "--- |2\n   root\n",
  "a: |\n\n\n  one\n",
  "a: |\n  one\n     \n",
  "a: |\n  one",
  "a: |\r\n  one\r\n\r\n  two\r\nb: c\r\n",
  "a: >\n  one\n  two\n\n  three\n",
  "a: >\n  one\n    more\n    indented\n  two\n",
  "a: >\n  one\n\n    more\n\n\n  two\n",
  "a: >-\n\n  one\n  \ttab\n  two\n\n",
  "a: >+\n  one\n\n  two\n\n\n",
  "a: >\n  one\n\n",
  "--- |\nat the root\n",
  "--- >\nat\nthe root\n",
];

describe("scalars of YAML", () => {
  it.each(written.map((text) => [JSON.stringify(text), text]))("reads %s as the yaml package does", (_, text) => {
    agree(text);
  });

  const atom = fc.constantFrom(
    ...["a", "b", "é", "😀", " ", "  ", "\t", "\n", "\n\n", "\r\n", "''", "'", '"', "\\n", "\\\\", '\\"', "\\x41"],
    ...["\\\n", "\\\r\n", ":", "#", "-", "$", ",", "[", "]", "{", "}", "%", "&", "|", ">"],
  );
  const body = fc.array(atom, { maxLength: 12 }).map((atoms) => atoms.join(""));
  const indented = (text: string, by: string): string => text.replace(/\n(?=.)/g, `\n${by}`);
  const scalar = fc.oneof(
    body.map((text) => `k: ${indented(text, "  ")}\nz: 1`),
    body.map((text) => `k: '${indented(text, " ")}'\nz: 1`),
    body.map((text) => `k: "${indented(text, " ")}"\nz: 1`),
    body.map((text) => `[ ${text} ]`),
    fc
      .record({
        body,
        style: fc.constantFrom("|", ">"),
        chomp: fc.constantFrom("", "-", "+"),
        by: fc.integer({ min: 1, max: 3 }),
        digit: fc.boolean(),
      })
      .map(
        (c) =>
          `k: ${c.style}${c.digit ? c.by : ""}${c.chomp}\n${" ".repeat(c.by)}${indented(c.body, " ".repeat(c.by))}\nz: 1`,
      ),
  );

  it("reads generated scalars as the yaml package does", () => {
    let compared = 0;
    fc.assert(
      fc.property(scalar, (text) => {
        for (const { node, decoded } of scalarsOf(text) ?? []) {
          compared++;
          expect(decoded.text, JSON.stringify(text)).toBe(node.source);
        }
      }),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it("maps every exact character to its own", () => {
    fc.assert(
      fc.property(scalar, (text) => {
        for (const { decoded } of scalarsOf(text) ?? []) {
          for (const piece of decoded.pieces) {
            if (!piece.exact) continue;
            expect(text.slice(piece.from, piece.from + piece.width)).toBe(
              decoded.text.slice(piece.at, piece.at + piece.length),
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("writes into every place what is then read there, and leaves the rest", () => {
    const piece = fc.oneof(
      body,
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom("docker:2375", "a: b", " #", "x:", "- a", "*"),
    );
    let edited = 0;
    fc.assert(
      fc.property(scalar, piece, fc.nat(), fc.nat(), (text, fragment, a, b) => {
        const before = scalarsOf(text);
        const target = before?.at(-1 - (a % (before.length || 1)));
        if (!before || !target) return;
        const { decoded } = target;
        const start = a % (decoded.text.length + 1);
        const end = Math.min(decoded.text.length, start + (b % 3));
        const edits = decoded.replace({ start, end }, fragment);
        // Taking text away can leave what a plain scalar or a block cannot hold: nothing is promised for that.
        if (!edits || start !== end || fragment === "") return;
        const after = scalarsOf(applyEdits(text, edits));
        const index = before.indexOf(target);
        const wanted = decoded.text.slice(0, start) + fragment + decoded.text.slice(end);
        const shown = JSON.stringify({ text, fragment, start, end, edits });
        expect(after?.length, shown).toBe(before.length);
        expect(after?.[index]?.node.source, shown).toBe(wanted);
        edited++;
      }),
      { numRuns: 2000 },
    );
    expect(edited).toBeGreaterThan(200);
  });

  it.each([
    [
      "plain ^$ 0",
      [
        "a: b",
        "a:",
        "#a",
        "a #b",
        "- a",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "'a",
        '"a',
        "[a",
        "{a",
        "a\nb",
        " a",
        "a ",
        "",
      ],
    ],
    ["plain ^$, 0", ["a,b", "a]", "a}", "[", "{"]],
    ["single  0", ["a\nb", "\0"]],
    ["folded ^ 2", ["a\nb", " a"]],
  ])("has no way to write some texts as %s", (mode, texts) => {
    for (const text of texts) expect(yamlScalar.encode(text, mode), text).toBeUndefined();
  });

  it("writes whole values so that they are read as the same string", () => {
    const value = fc.oneof(
      body,
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "true", "3128", "~", "yes", "1e3", "null", "12:30", "http://h:1"),
    );
    fc.assert(
      fc.property(
        value,
        fc.constantFrom("" as const, "'" as const, '"' as const),
        fc.boolean(),
        (text, quote, inFlow) => {
          const encoded = yamlValue(text, quote, inFlow);
          const document = parseDocument(inFlow ? `{ k: ${encoded} }` : `k: ${encoded}\n`, { version: "1.1" });
          expect(document.errors, encoded).toEqual([]);
          const read: unknown = document.get("k");
          expect(read, encoded).toBe(text);
        },
      ),
      { numRuns: 1000 },
    );
    expect(isScalar(parseDocument(yamlValue("a")).contents)).toBe(true);
  });
});
