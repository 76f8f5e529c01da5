import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeJsonString, quoteJson } from "../../server/src/quoting/json.js";
import { readWord, ShellSource, shellLayer } from "../../server/src/quoting/shell.js";
import { expandSpecifiers, quoteSystemdWord, systemdWords } from "../../server/src/quoting/systemd.js";
import { decodeTomlString, tomlString } from "../../server/src/quoting/toml.js";
import { yamlMode } from "../../server/src/quoting/yaml/modes.js";
import { decodeYamlScalar, yamlScalar } from "../../server/src/quoting/yaml.js";
import { type Layer, MappedText, MappedTextBuilder } from "../../server/src/text/mapped-text.js";
import { applyEdits, type Span } from "../../server/src/text/span.js";

/** A kind of quoting: a whole token of a text, and back. `undefined` where it cannot say the text. */
interface Kind {
  readonly name: string;
  quote(text: string): string | undefined;
  decode(outer: MappedText, token: Span): MappedText;
}

/** Puts quotes around what the layer writes for a mode. */
function quoted(layer: Layer, mode: string, open: string, close = open): Kind["quote"] {
  return (text) => {
    const inside = layer.encode(text, mode);
    return inside === undefined ? undefined : `${open}${inside}${close}`;
  };
}

const kinds: readonly Kind[] = [
  {
    name: "TOML basic",
    quote: quoted(tomlString, "basic", '"'),
    decode: (outer, token) => decodeTomlString(outer, token, "basic"),
  },
  {
    name: "TOML literal",
    quote: quoted(tomlString, "literal", "'"),
    decode: (outer, token) => decodeTomlString(outer, token, "literal"),
  },
  {
    name: "TOML multi-line basic",
    quote: quoted(tomlString, "multi-basic", '"""\n', '"""'),
    decode: (outer, token) => decodeTomlString(outer, token, "multi-basic"),
  },
  {
    name: "TOML multi-line literal",
    quote: quoted(tomlString, "multi-literal", "'''\n", "'''"),
    decode: (outer, token) => decodeTomlString(outer, token, "multi-literal"),
  },
  { name: "JSON", quote: (text) => (isWellFormed(text) ? quoteJson(text) : undefined), decode: decodeJsonString },
  {
    name: "YAML double",
    quote: quoted(yamlScalar, yamlMode("double"), '"'),
    decode: (outer, token) => decodeYamlScalar(outer, token, "double"),
  },
  {
    name: "YAML single",
    quote: quoted(yamlScalar, yamlMode("single"), "'"),
    decode: (outer, token) => decodeYamlScalar(outer, token, "single"),
  },
  {
    name: "systemd",
    quote: (text) => quoteSystemdWord(text),
    decode: (outer, token) => expandSpecifiers(systemdWords(outer, token, [])[0]?.text ?? outer.slice(0, 0)).text,
  },
  {
    name: "shell double",
    quote: quoted(shellLayer, "double", '"'),
    decode: (outer, token) => readWord(ShellSource.of(outer), token.start).text,
  },
  {
    name: "shell single",
    quote: quoted(shellLayer, "single", "'"),
    decode: (outer, token) => readWord(ShellSource.of(outer), token.start).text,
  },
];

const before = "a ";
const after = " z";

/** Quotes the text in layer after layer, the first kind innermost, each token between other text. */
function write(text: string, layers: readonly Kind[]): string | undefined {
  let out = text;
  for (const kind of layers) {
    const token = kind.quote(out);
    if (token === undefined) return undefined;
    out = before + token + after;
  }
  return out;
}

/** Undoes {@link write}; also the texts of all layers, the document first. */
function read(document: string, layers: readonly Kind[]): { text: MappedText; all: readonly MappedText[] } {
  let text = MappedText.document(document);
  const all = [text];
  for (const kind of [...layers].reverse()) {
    text = kind.decode(text, { start: before.length, end: text.text.length - after.length });
    all.push(text);
  }
  return { text, all };
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udfff]/u.test(text);
}

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc
    .array(fc.constantFrom("a", " ", "'", '"', "\\", "$", "%", "\n", "\t", "{", "é", "😀", "%%", "\\n", "''", '"""'), {
      maxLength: 10,
    })
    .map((parts) => parts.join("")),
);
const anyLayers = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 4 });
const anyPlace = fc.tuple(fc.nat(), fc.nat());

/** A stretch of `text` that cuts no surrogate pair. */
function stretch(text: string, [first, second]: readonly [number, number]): Span {
  const edges = [0];
  for (const character of text) edges.push((edges.at(-1) ?? 0) + character.length);
  const one = edges[first % edges.length] ?? 0;
  const two = edges[second % edges.length] ?? 0;
  return { start: Math.min(one, two), end: Math.max(one, two) };
}

describe("MappedText through stacked layers", () => {
  it("reads what was written", () => {
    fc.assert(
      fc.property(anyText, anyLayers, (text, layers) => {
        const document = write(text, layers);
        if (document !== undefined) expect(read(document, layers).text.text).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it("maps each character to a stretch of its own, in order, and back", () => {
    fc.assert(
      fc.property(anyText, anyLayers, (text, layers) => {
        const document = write(text, layers);
        if (document === undefined) return;
        const mapped = read(document, layers).text;
        let last = 0;
        let at = 0;
        for (const character of text) {
          const source = mapped.toSource({ start: at, end: at + character.length });
          expect(source.start).toBeGreaterThanOrEqual(last);
          expect(source.end).toBeGreaterThan(source.start);
          expect(mapped.fromSource(source.start)).toBe(at);
          last = source.end;
          at += character.length;
        }
        expect(mapped.hasUnknown()).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("changes what it should and no more", () => {
    let written = 0;
    fc.assert(
      fc.property(anyText, anyLayers, anyPlace, anyText, (text, layers, place, wanted) => {
        const document = write(text, layers);
        if (document === undefined) return;
        const span = stretch(text, place);
        const { text: mapped, all } = read(document, layers);
        const edits = mapped.replace(span, wanted);
        if (!edits) return;
        written++;
        const changed = applyEdits(document, edits);
        const again = read(changed, layers);
        expect(again.text.text).toBe(text.slice(0, span.start) + wanted + text.slice(span.end));
        again.all.forEach((layer, i) => {
          if (i === all.length - 1) return;
          expect(layer.text.startsWith(before)).toBe(true);
          expect(layer.text.endsWith(after)).toBe(true);
        });
        // Nothing outside of the stretch that made the characters is touched.
        const source = mapped.toSource(span);
        for (const edit of edits) {
          expect(edit.span.start).toBeGreaterThanOrEqual(source.start);
          expect(edit.span.end).toBeLessThanOrEqual(source.end);
        }
      }),
      { numRuns: 2000 },
    );
    expect(written).toBeGreaterThan(500);
  });
});

describe("MappedText", () => {
  const layer: Layer = { name: "test", encode: (text) => text.replaceAll("n", "\\n") };
  const document = MappedText.document("x=[\\n$Ay\\n]");
  /** `\n` is a unit, `$A` is unknown, `y` stands for itself. */
  const mapped = new MappedTextBuilder(document, layer)
    .unit(3, 5, "n")
    .exact(5, 7, "", true)
    .exact(7, 8)
    .unit(8, 10, "n")
    .build({ start: 2, end: 11 });

  it("inserts beside a unit without writing it anew", () => {
    expect(mapped.text).toBe("n$Ayn");
    expect(mapped.replace({ start: 0, end: 0 }, "b")).toEqual([{ span: { start: 3, end: 3 }, newText: "b" }]);
    expect(mapped.replace({ start: 5, end: 5 }, "b")).toEqual([{ span: { start: 10, end: 10 }, newText: "b" }]);
  });

  it("tells what is unknown", () => {
    expect(mapped.hasUnknown()).toBe(true);
    expect(mapped.hasUnknown({ start: 0, end: 1 })).toBe(false);
    expect(mapped.hasUnknown({ start: 2, end: 4 })).toBe(true);
    expect(mapped.unknownSpans()).toEqual([{ start: 1, end: 3 }]);
    expect(mapped.slice(2).unknownSpans()).toEqual([{ start: 0, end: 1 }]);
    expect(mapped.slice(3).unknownSpans()).toEqual([]);
  });

  it("tells an unknown that is empty as it stands", () => {
    const empty = new MappedTextBuilder(document, layer)
      .exact(0, 1)
      .unit(5, 7, "", "", true)
      .exact(7, 8)
      .build({ start: 0, end: 8 });
    expect(empty.text).toBe("xy");
    expect(empty.hasUnknown()).toBe(true);
    expect(empty.hasUnknown({ start: 1, end: 2 })).toBe(true);
  });

  it("knows the whole of what was decoded, and what is inside the quotes", () => {
    expect(mapped.sourceSpan).toEqual({ start: 2, end: 11 });
    expect(mapped.contentSpan).toEqual({ start: 3, end: 10 });
    expect(mapped.slice(3, 4).contentSpan).toEqual({ start: 7, end: 8 });
    expect(mapped.fromSource(2)).toBeUndefined();
    expect(mapped.fromSource(7)).toBe(3);
  });

  it("writes to empty quotes", () => {
    const empty = new MappedTextBuilder(document, layer).place(3).build({ start: 2, end: 4 });
    expect(empty.replace({ start: 0, end: 0 }, "n")).toEqual([{ span: { start: 3, end: 3 }, newText: "\\n" }]);
  });
});
