// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are shell text
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { echoed } from "../../server/src/quoting/echo.js";
import { decodeJsonString } from "../../server/src/quoting/json.js";
import { printed } from "../../server/src/quoting/printf.js";
import {
  dialects,
  joinWords,
  quoteShellWord,
  readHereDocument,
  readWord,
  ShellSource,
  shellLayer,
} from "../../server/src/quoting/shell.js";
import { decodeTomlString } from "../../server/src/quoting/toml.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { applyEdits } from "../../server/src/text/span.js";
import { needs } from "../support/programs.js";
import { endOfCase, runShell } from "../support/shells.js";

const anything = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc
      .array(
        fc.constantFrom(
          "a",
          " ",
          "'",
          '"',
          "\\",
          "$",
          "`",
          "\n",
          "\t",
          "{",
          "}",
          "*",
          "~",
          "#",
          "!",
          ";",
          "é",
          "😀",
          "%",
          "\\n",
        ),
        { maxLength: 12 },
      )
      .map((l) => l.join("")),
  )
  .map((text) => text.replace(/\0/g, ""));

function word(text: string) {
  return readWord(ShellSource.of(MappedText.document(text)), 0);
}

/** A stretch of a shell text in which the mode holds, and what is read of it. */
const modes: Readonly<Record<string, (encoded: string) => MappedText>> = {
  plain: (encoded) => word(`x${encoded}x`).text.slice(1, -1 + word(`x${encoded}x`).text.text.length),
  double: (encoded) => word(`"${encoded}"`).text,
  single: (encoded) => word(`'${encoded}'`).text,
  dollar: (encoded) => word(`$'${encoded}'`).text,
  "heredoc:EOF": (encoded) => body(encoded, { quoted: false, tabs: false }),
  "heredoc-tabs:EOF": (encoded) => body(encoded, { quoted: false, tabs: true }),
  "verbatim:EOF": (encoded) => body(encoded, { quoted: true, tabs: false }),
  "verbatim-tabs:EOF": (encoded) => body(encoded, { quoted: true, tabs: true }),
};

function body(encoded: string, how: { quoted: boolean; tabs: boolean }): MappedText {
  const text = `x${encoded}x\nEOF\n`;
  const read = readHereDocument(ShellSource.of(MappedText.document(text)), 0, { delimiter: "EOF", ...how });
  return read.text.slice(1, read.text.text.length - 2);
}

describe("what is written is read back", () => {
  for (const [mode, read] of Object.entries(modes)) {
    it(mode, () => {
      fc.assert(
        fc.property(anything, (text) => {
          const encoded = shellLayer.encode(text, mode);
          if (encoded === undefined) {
            const sayable = mode === "single" ? !text.includes("'") : !/\n(?:\t|EOF\n)/.test(text);
            expect(sayable).toBe(false);
          } else expect(read(encoded).text).toBe(text);
        }),
        { numRuns: 500 },
      );
    });
  }

  it("a whole value as one word, with and without expansions", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const quoted = quoteShellWord(text);
        if (quoted === undefined) throw new Error("not written");
        const read = word(quoted);
        expect([read.text.text, read.span.end, read.splits, read.expansions.length]).toEqual([
          text,
          quoted.length,
          false,
          0,
        ]);
      }),
      { numRuns: 500 },
    );
    const json = '{"httpProxy":"$HTTP_PROXY"}';
    expect(quoteShellWord(json, { expansions: true })).toBe('"{\\"httpProxy\\":\\"$HTTP_PROXY\\"}"');
    expect(quoteShellWord(json)).toBe(`'${json}'`);
    expect(quoteShellWord("http://proxy:3128")).toBe("http://proxy:3128");
    expect(quoteShellWord("A=b")).toBe("'A=b'");
    expect(quoteShellWord("a\0")).toBeUndefined();
  });

  it("no mode can say a NUL, and a delimiter's line cannot stand in a body", () => {
    for (const mode of Object.keys(modes)) expect(shellLayer.encode("\0", mode)).toBeUndefined();
    expect(shellLayer.encode("a\nEOF\nb", "heredoc:EOF")).toBeUndefined();
    expect(shellLayer.encode("a\nEOF b", "heredoc:EOF")).toBe("a\nEOF b");
    expect(shellLayer.encode("it's", "single")).toBeUndefined();
  });
});

describe.runIf(needs("dash", "bash", "busybox"))("the shells read what is written", () => {
  for (const dialect of dialects) {
    it(dialect, () => {
      const texts = fc
        .sample(anything, { numRuns: 300, seed: 9 })
        .filter((text) => !text.includes("\r") && !/\p{Cs}/u.test(text));
      const script = texts
        .map(
          (text) =>
            `printf '%s' ${quoteShellWord(text)} ; printf '|%s|' x${shellLayer.encode(text, "plain")}x "${shellLayer.encode(text, "double")}"\n${endOfCase}`,
        )
        .join("");
      expect(runShell(dialect, script)).toEqual(texts.map((text) => `${text}|x${text}x||${text}|`));
    });

    it(`here-documents of ${dialect}`, () => {
      const bodies = [
        ["EOF", 'a $X ${X} $(echo v) `echo v` \\$X \\` \\\\ \\a \\" "q" \'q\'\n\tb\n'],
        ["'EOF'", "a $X \\$ \\\\ `\n\tb\n"],
        ["\\EOF", "$X\n"],
        ['E"O"F', "$X\n EOF\n"],
        ["EOF", "one\\\ntwo\n"],
        ["EOF", "joined\\\n\tb\\\\\n\tc\n"],
        ["EOF", "joined\\\nEOF\nthree\\\n\\\nEOF\nb\n"],
        ["'EOF'", "one\\\n\ttwo\n"],
        ["EOF", ""],
        ["EOF", "\t\tx\n\n\ty\n"],
      ] as const;
      const cases = bodies.flatMap(([delimiter, text]) =>
        ["<<", "<<-"].map((operator) => ({ delimiter, text, operator })),
      );
      const script = cases
        .map(({ delimiter, text, operator }) => `cat ${operator}${delimiter}\n${text}EOF\n${endOfCase}`)
        .join("");
      const real = runShell(dialect, script, { X: "v" });
      cases.forEach(({ delimiter, text, operator }, index) => {
        const source = ShellSource.of(MappedText.document(`${text}EOF\n`));
        const read = readHereDocument(source, 0, {
          delimiter: "EOF",
          quoted: delimiter !== "EOF",
          tabs: operator === "<<-",
        });
        expect(read.closed).toBe(true);
        let filled = "";
        let at = 0;
        for (const hole of read.text.unknownSpans()) {
          filled += `${read.text.text.slice(at, hole.start)}v`;
          at = hole.end;
        }
        expect({ text, operator, read: filled + read.text.text.slice(at) }).toEqual({
          text,
          operator,
          read: real[index],
        });
      });
    });
  }
});

describe("every decoded character knows what made it", () => {
  it("in words", () => {
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 4 }), fc.nat(), (parts, pick) => {
        const text = parts
          .map((part, at) => {
            const mode = ["plain", "double", "single"][(pick + at) % 3] ?? "plain";
            const encoded = shellLayer.encode(part, mode);
            if (encoded === undefined) return "";
            return mode === "plain" ? encoded : mode === "double" ? `"${encoded}"` : `'${encoded}'`;
          })
          .join("");
        if (text === "") return;
        const read = word(text).text;
        for (let at = 0; at < read.text.length; at++) {
          const { start, end } = read.toSource({ start: at, end: at + 1 });
          expect(["", "\\", "\\\n"].map((quote) => quote + read.text.charAt(at))).toContain(text.slice(start, end));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("one character of JSON in echo in a double-quoted word in TOML is one character of the file", () => {
    const toml =
      'pre_build_script = "mkdir -p $HOME/.docker/ && echo \\"{ \\\\\\"proxies\\\\\\": { \\\\\\"default\\\\\\": { \\\\\\"httpProxy\\\\\\": \\\\\\"http://p:3128\\\\\\" } } }\\" > $HOME/.docker/config.json"';
    const document = MappedText.document(toml);
    const script = decodeTomlString(document, { start: toml.indexOf('"'), end: toml.length }, "basic");
    const source = ShellSource.of(script);
    const argument = readWord(source, script.text.indexOf('"'));
    const output = echoed(joinWords(script, [argument]), "bash");
    const json = output.text;
    expect(JSON.parse(json)).toEqual({ proxies: { default: { httpProxy: "http://p:3128" } } });
    const value = json.indexOf('"http:');
    const string = decodeJsonString(output, { start: value, end: json.indexOf('"', value + 1) + 1 });
    expect(string.text).toBe("http://p:3128");
    const at = string.text.lastIndexOf("p:");
    const edits = string.replace({ start: at, end: at + 1 }, 'a"$\\');
    expect(edits).toHaveLength(1);
    const changed = applyEdits(toml, edits ?? []);
    expect(toml.slice(edits?.[0]?.span.start, edits?.[0]?.span.end)).toBe("p");
    const again = decodeTomlString(
      MappedText.document(changed),
      { start: toml.indexOf('"'), end: changed.length },
      "basic",
    );
    const read = readWord(ShellSource.of(again), again.text.indexOf('"'));
    expect(JSON.parse(echoed(joinWords(again, [read]), "bash").text).proxies.default.httpProxy).toBe(
      'http://a"$\\:3128',
    );
  });

  it("decode(encode(x)) = x through printf, a word and TOML", () => {
    fc.assert(
      fc.property(anything, anything, (before, after) => {
        const toml = `"printf '%s' \\"${"x"}\\""`;
        const document = MappedText.document(toml);
        const script = decodeTomlString(document, { start: 0, end: toml.length }, "basic");
        const read = (text: MappedText) => {
          const source = ShellSource.of(text);
          const format = readWord(source, 7);
          return printed(joinWords(text, [format, readWord(source, format.span.end + 1)]), "dash");
        };
        const edits = read(script)?.replace({ start: 0, end: 1 }, before + after);
        if (!edits) throw new Error("not written");
        const changed = applyEdits(toml, edits);
        const decoded = decodeTomlString(MappedText.document(changed), { start: 0, end: changed.length }, "basic");
        expect(read(decoded)?.text).toBe(before + after);
      }),
      { numRuns: 300 },
    );
  });
});
