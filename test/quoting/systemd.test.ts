import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandSpecifiers, quoteSystemdWord, systemdWords } from "../../server/src/quoting/systemd.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { applyEdits } from "../../server/src/text/span.js";

const decode = (source: string) => {
  const words = systemdWords(MappedText.document(source), { start: 0, end: source.length }, []);
  return words.map((word) => ({ ...word, final: expandSpecifiers(word.text).text }));
};

const text = fc.string({
  unit: fc.oneof(fc.constantFrom(..."ab\"'\\%$ =\t\n\r#;é😀\x01\x7f".split("")), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })),
  maxLength: 20,
}).filter((t) => !/\p{Surrogate}/u.test(t)); // biome-ignore format: short

describe("systemd's words", () => {
  it("say again what was written, in each quoting", () => {
    fc.assert(
      fc.property(text, fc.constantFrom('"' as const, "'" as const, "" as const), (wanted, quote) => {
        const written = quoteSystemdWord(wanted, quote);
        const sayable = !/[\0\ufdd0-\ufdef\ufffe\uffff]/.test(wanted) && !/[\u{1fffe}\u{1ffff}]/u.test(wanted);
        if (written === undefined) {
          expect(!sayable || (wanted === "" && quote === "") || beyondUnicode(wanted)).toBe(true);
          return;
        }
        const [word, ...more] = decode(written);
        expect(more).toEqual([]);
        expect(word?.final.text).toBe(wanted);
        expect(word?.quote).toBe(quote);
        expect(word?.breaks).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("map each character to those that made it", () => {
    fc.assert(
      fc.property(text, fc.constantFrom('"' as const, "'" as const, "" as const), (wanted, quote) => {
        const written = quoteSystemdWord(wanted, quote) ?? '""';
        const [word] = decode(written);
        const final = word?.final ?? MappedText.document("");
        let at = quote.length;
        for (const character of final.text) {
          const start = final.text.indexOf(character);
          const span = final.toSource({ start, end: start + character.length });
          // What made the character, read alone, makes it again.
          const [alone] = decode(`${quote}${written.slice(span.start, span.end)}${quote}`);
          expect(alone?.final.text).toBe(character);
          at = Math.max(at, span.end);
        }
        expect(at).toBeLessThanOrEqual(written.length);
      }),
      { numRuns: 300 },
    );
  });

  it("are edited in their own quoting, with % doubled", () => {
    const source = `"HTTP_PROXY=http://u:p%%40@h:1/" NO_PROXY=a,b 'C=x'"y"z`;
    const [http, list, mixed] = decode(source);
    const edit = (word: typeof http, from: string, to: string) => {
      const start = word?.final.text.indexOf(from) ?? 0;
      const edits = word?.final.replace({ start, end: start + from.length }, to);
      return edits && applyEdits(source, edits);
    };
    expect(edit(http, "p%40", '"%5C q')).toBe(`"HTTP_PROXY=http://u:\\"%%5C q@h:1/" NO_PROXY=a,b 'C=x'"y"z`);
    expect(edit(list, "a,b", "a, b")).toBe(`"HTTP_PROXY=http://u:p%%40@h:1/" NO_PROXY=a,\\sb 'C=x'"y"z`);
    expect(edit(mixed, "x", "it's")).toBe(`"HTTP_PROXY=http://u:p%%40@h:1/" NO_PROXY=a,b 'C=it\\'s'"y"z`);
    expect(edit(mixed, "z", "\0")).toBeUndefined();
  });

  it("keep what was meant where systemd gives up", () => {
    const meant = (source: string) => decode(source).map((word) => `${word.breaks ? "!" : ""}${word.final.text}`);
    expect(meant('A=1 "B=2 3')).toEqual(["A=1", "!B=2 3"]);
    expect(meant("A=p's B=2")).toEqual(["!A=p's", "B=2"]);
    expect(meant("A=CORP\\user B=2")).toEqual(["!A=CORP\\user", "B=2"]);
    expect(meant('A="x')).toEqual(["!A=x"]);
  });

  it("take time in proportion to the line", () => {
    const long = "a\"b'c\\d%e= ".repeat(20_000);
    expect(decode(long).length).toBeGreaterThan(0);
    expect(decode(`A=${"'\"".repeat(100_000)}`).length).toBeGreaterThan(0);
    expect(decode(`A=${"p'".repeat(100_001)}`).length).toBeGreaterThan(0);
  });
});

function beyondUnicode(value: string): boolean {
  return [...value].some((character) => ((character.codePointAt(0) ?? 0) & 0xfffe) === 0xfffe);
}
