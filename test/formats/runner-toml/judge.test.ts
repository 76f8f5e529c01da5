import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parseToml } from "../../../server/src/formats/runner-toml/toml/parser.js";
import { comparable, plainTable } from "./plain.js";

/*
 * smol-toml judges what is TOML and what it says. Where the two differ on purpose:
 * - Dates that no calendar has (2023-02-30) are refused here, as BurntSushi/toml refuses them; smol-toml lets
 *   JavaScript's Date make another day of them, and takes some misshapen ones (`1987- 7-05`).
 * - Whole numbers that Go's int64 cannot hold are refused here; smol-toml makes big integers of them.
 * - A quote right after a line-ending backslash at the end of a string is kept here, as in BurntSushi/toml;
 *   smol-toml drops it.
 * - A dotted key may not add to a table that a header made on its way ([[x.a.b]], then a.c = 1 in [x]); smol-toml
 *   lets it where the last part of the header is an array.
 * - Nesting deeper than 200 is not read.
 */

function judged(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: comparable(parse(text, { integersAsBigInt: true })) };
  } catch {
    return undefined;
  }
}

/** Compares the two readings of a text. */
function compare(text: string): void {
  const { problems, root, template } = parseToml(text);
  if (template) return;
  const wanted = judged(text);
  const refused = problems.map((problem) => problem.message.text);
  if (wanted && refused.some((message) => /no number or date|adding to/.test(message))) return;
  // smol-toml hands dates to JavaScript's Date, which reads on past a NUL.
  if (wanted && /\d[\d:T.-]*\0/.test(text)) return;
  expect({ text, accepted: refused.length === 0, refused }).toEqual({
    text,
    accepted: wanted !== undefined,
    refused: wanted ? [] : refused,
  });
  if (wanted && !/\\[ \t]*\r?\n\s*"{4}/.test(text)) expect(plainTable(root)).toEqual(wanted.value);
}

const require = createRequire(import.meta.url);

/** The documents of toml-test and of the specification that come with a package. */
function packaged(): string[] {
  const folder = join(dirname(require.resolve("@sgarciac/bombadil/package.json")), "test");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".toml"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

/** The documents of lezer-toml's grammar tests: `# title`, the document, `==>`, a tree. */
function grammarTests(): string[] {
  const folder = join(dirname(require.resolve("lezer-toml")), "..", "test");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(/(?:^|\n)# [^\n]*\n([\s\S]*?)\n==>/g)])
    .map((match) => match[1] ?? "");
}

function fixtures(): string[] {
  const folder = new URL("../../fixtures/runner-toml/", import.meta.url);
  return readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
}

const wrong = readFileSync(new URL("../../fixtures/toml/wrong.txt", import.meta.url), "utf8")
  .split(/^=== .*\n/m)
  .slice(1);

const documents = [...packaged(), ...grammarTests(), ...fixtures(), ...wrong];

/** Every letter case and shape of value that the specification names. */
const scalars = [
  ...["0", "+0", "-1", "1_000", "0xDEAD_beef", "0o17", "0b1_0", "9223372036854775807", "-9223372036854775808"],
  ...["1.5", "-0.0", "1e6", "6.626e-34", "1_0.0_1", "inf", "-inf", "+nan", "true", "false", '"x"', "''"],
  ...["1979-05-27T07:32:00Z", "1979-05-27 00:32:00.999-07:00", "1979-05-27T07:32", "1979-05-27", "07:32:00", "07:32"],
];
const keys = fc.constantFrom("a", "b", "c-d", '"e f"', "'g'", "1", "true");
const blank = fc.constantFrom("", " ", "\t");
const values = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(...scalars),
    fc.string({ unit: "grapheme" }).map((text) => stringify({ a: text }).trim().slice("a = ".length)),
    fc
      .tuple(fc.array(tie("value"), { maxLength: 3 }), fc.constantFrom(", ", ",", ",\n", " , # c\n  "), fc.boolean())
      .map(([items, comma, trailing]) => `[${items.join(comma)}${trailing && items.length > 0 ? "," : ""}]`),
    fc
      .tuple(fc.uniqueArray(keys, { maxLength: 3 }), tie("value"), fc.constantFrom(", ", ",\n"))
      .map(([names, value, comma]) => `{ ${names.map((name) => `${name} = ${value}`).join(comma)} }`),
  ),
})).value;
const line = fc.oneof(
  fc
    .tuple(fc.array(keys, { minLength: 1, maxLength: 3 }), blank, values)
    .map(([path, gap, value]) => `${path.join(`${gap}.${gap}`)}${gap}=${gap}${value}`),
  fc.array(keys, { minLength: 1, maxLength: 3 }).map((path) => `[${path.join(".")}]`),
  fc.array(keys, { minLength: 1, maxLength: 3 }).map((path) => `[[${path.join(".")}]]`),
  fc.constantFrom("", "# comment", "  "),
);
const document = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"))
  .map(([l, end]) => l.join(end));
const scrap = fc.constantFrom(
  ...['"', "'", "=", "[", "]", "{", "}", ",", ".", "#", "\\", " ", "\n", "\r", "\t", "a", "0", "_", "-", ":", "e", "T"],
  ...['"""', "'''", "[[", "]]", "\r\n", "\u0000", "\u007f", "\ufeff", "é"],
);

/** Puts scraps in the place of characters. */
function mutate(text: string, changes: readonly (readonly [at: number, taken: number, put: string])[]): string {
  let out = text;
  for (const [where, taken, put] of changes) {
    const at = where % (out.length + 1);
    out = out.slice(0, at) + put + out.slice(at + taken);
  }
  return out;
}
const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), scrap), { minLength: 1, maxLength: 3 });

describe("beside smol-toml", () => {
  it("has public documents to read", () => {
    expect(packaged().length).toBeGreaterThan(30);
    expect(grammarTests().length).toBeGreaterThan(30);
    expect(packaged().filter((text) => judged(text)).length).toBeGreaterThan(30);
  });

  it("reads public documents, fixtures and mistakes alike", () => {
    for (const text of documents) {
      compare(text);
      compare(text.replaceAll(/\r?\n/g, "\r\n"));
      compare(`\ufeff${text}`);
    }
  });

  it("refuses each of the mistakes", () => {
    for (const text of wrong)
      expect({ text, problems: parseToml(text).problems.length > 0 }).toEqual({ text, problems: true });
  });

  it("reads generated documents alike", () => {
    fc.assert(fc.property(document, compare), { numRuns: 1000 });
  });

  it("reads what smol-toml writes", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
        const text = stringify(JSON.parse(JSON.stringify(value, (_, inner: unknown) => inner ?? 0)));
        expect(parseToml(text).problems).toEqual([]);
        compare(text);
      }),
      { numRuns: 300 },
    );
  });

  it("reads generated documents with mistakes alike", () => {
    fc.assert(
      fc.property(document, changes, (text, list) => compare(mutate(text, list))),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...documents), changes, (text, list) => compare(mutate(text, list))),
      { numRuns: 1000 },
    );
  });
});

describe("where smol-toml is no judge", () => {
  it.each(["a = 2023-02-29", "a = 1988-02-30T15:15:15Z", "a = 9223372036854775808", "a = -9223372036854775809"])(
    "refuses %s as Go does",
    (text) => {
      expect(parseToml(text).problems).toHaveLength(1);
      expect(judged(text)).toBeDefined();
    },
  );

  it("keeps a quote after a line-ending backslash", () => {
    expect(plainTable(parseToml('a = """b\\\n""""').root)).toEqual({ a: 'b"' });
  });

  it("lets BurntSushi's leniency with closed tables pass as a remark", () => {
    for (const text of ["a = {}\n[a.b]", "[a]\nb.c = 1\n[a.b]", "[a.b.c]\n[a]\nb.d = 1"]) {
      expect(parseToml(text).problems.map((problem) => problem.severity)).toEqual(["information"]);
    }
  });
});
