// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are shell text
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Dialect,
  dialects,
  endsWord,
  readWord,
  ShellSource,
  type ShellWord,
} from "../../server/src/quoting/shell.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { needs } from "../support/programs.js";
import { endOfCase, runShell } from "../support/shells.js";

function words(text: string, dialect: Dialect): ShellWord[] {
  const source = ShellSource.of(MappedText.document(text));
  const out: ShellWord[] = [];
  let i = 0;
  while (i < text.length) {
    if (/[ \t]/.test(text.charAt(i))) i++;
    else if (text.startsWith("\\\n", i)) i += 2;
    else {
      if (endsWord(text, i)) throw new Error(`no word at ${i} of ${JSON.stringify(text)}`);
      const word = readWord(source, i, { dialect });
      out.push(word);
      i = word.span.end;
    }
  }
  return out;
}

/** What the program gets: every unknown stretch is the value that the test gives to it. */
function value(word: ShellWord): string {
  let out = "";
  let at = 0;
  for (const hole of word.text.unknownSpans()) {
    out += word.text.text.slice(at, hole.start);
    const written = word.text.text.slice(hole.start, hole.end);
    // Touching expansions are joined to one stretch; each of them is `v`, but for the home directory.
    out += written.replace(/~|\$\{\w+\}|\$\w|\$\(…\)|`[^`]*`/g, (one) => (one === "~" ? "/home/me" : "v"));
    at = hole.end;
  }
  return out + word.text.text.slice(at);
}

function expectSame(cases: readonly string[], dialect: Dialect): void {
  const script = cases.map((text) => `printf '%s\\002' ${text}\n${endOfCase}`).join("");
  const printed = runShell(dialect, script, { X: "v" });
  expect(printed.length).toBe(cases.length);
  cases.forEach((text, index) => {
    const found = words(text, dialect).map(value);
    const real = (printed[index] ?? "").split("\x02").slice(0, -1);
    expect({ text: JSON.stringify(text), words: found }).toEqual({ text: JSON.stringify(text), words: real });
  });
}

const written = [
  "a b  c",
  "a\\\nb a\\b \\a\\ b",
  `"a\\$\\\`\\"\\\\\\a" 'a\\b' ''`,
  `"" '' a""b`,
  `"a\\\nb"`,
  `{\\"a\\":\\"$X\\"}`,
  `"{ \\"proxies\\": { \\"default\\": { \\"httpProxy\\": \\"$X\\" } } }"`,
  `'{"a":"'$X'"}' '{"a":"'"$X"'"}'`,
  `"\${X:-"a}b"}" \${X:-'a}b'} "\${X:-a\\}b}" "\${X#'}'}"`,
  `"$(echo ")" >/dev/null; echo v)" $(echo v # )\n)`,
  `$(case a in a) echo v;; (b) echo w;; esac)`,
  '`echo v` "`echo v`"',
  `"$(cat <<E\nv\nE\n)"`,
  `"$(cat >/dev/null <<'E'\n' ) "\nE\necho v)"`,
  'a#b \'#\' \\# $ "$" a$ $% "a$"',
  "~ ~/a '~' a~ \"~\"",
  "$'a\\tb' $'' x$'\\n'y",
  "$X\\\n/z ab\\\n",
  "a\\",
  "é😀 '\u00a0' a\u00a0b",
  '"a\rb" a\rb',
  '$X$X ${X}a a$X"b"',
  "\"$( (echo v) )\" $( echo 'a)' >/dev/null; echo v )",
];

describe.runIf(needs("dash", "bash", "busybox"))("words are what the shells make of them", () => {
  for (const dialect of dialects) {
    it(`written cases in ${dialect}`, () =>
      expectSame(
        written.filter((text) => !text.endsWith("\\")),
        dialect,
      ));

    if (dialect !== "dash") {
      it(`an escaped quote in $'…' of ${dialect}`, () => expectSame(["$'a\\tb\\'c\\x41\\101' $'\\e\\\"\\?'"], dialect));
    }

    if (dialect === "bash") {
      it("control characters in $'…' of bash", () => expectSame(["$'\\ca\\cZ\\c[\\c?x\\c'b"], dialect));
    }

    it(`generated cases in ${dialect}`, () => {
      const inDouble = fc.constantFrom(
        "a",
        " ",
        "'",
        "\\",
        "\\\\",
        '\\"',
        "\\$",
        "\\`",
        "\\\n",
        "$X",
        "${X}",
        "$(echo v)",
        "`echo v`",
        "{",
        "#",
        ";",
        "\n",
        "é",
        '${X:-"}"}',
        "$",
        "*",
      );
      const inSingle = fc.constantFrom("a", " ", '"', "\\", "$X", "`", "\n", "é", "{", "$(");
      const plain = fc.constantFrom(
        "a",
        "\\ ",
        "\\a",
        "\\\\",
        '\\"',
        "\\'",
        "\\$",
        "\\\n",
        "$X",
        "${X}",
        "$(echo v)",
        "`echo v`",
        "b#",
        "=",
        "é",
        "\\;",
        ":",
        "\\~",
        "{b}",
      );
      const part = fc.oneof(
        plain,
        fc.array(inDouble, { maxLength: 6 }).map((list) => {
          const inner = list.join("");
          return /(^|[^\\])(\\\\)*\\$/.test(inner) ? `"${inner}\\"` : `"${inner} "`;
        }),
        fc.array(inSingle, { maxLength: 6 }).map((list) => `'${list.join("")}'`),
        fc
          .array(fc.constantFrom("a", "\\n", "\\'", '"', "\\\\", "\\x4", " ", "\\101"), { maxLength: 4 })
          .map((l) => (dialect === "dash" ? "z" : `$'${l.join("")}'`)),
      );
      const texts = fc.sample(
        fc
          .array(
            fc.array(part, { minLength: 1, maxLength: 5 }).map((list) => list.join("")),
            { minLength: 1, maxLength: 4 },
          )
          .map((list) => list.join(" ")),
        { numRuns: 600, seed: 41 },
      );
      const good = texts.filter((text) => usable(text, dialect));
      expect(good.length).toBeGreaterThan(300);
      expectSame(good, dialect);
    });
  }
});

/** Joined at random, the pieces may leave a quote open or expand what the test gives no value to: that would spoil the batch. */
function usable(text: string, dialect: Dialect): boolean {
  if (text.endsWith("\\") || text.includes("$\\\n")) return false;
  let read: readonly ShellWord[];
  try {
    read = words(text, dialect);
  } catch {
    return false;
  }
  return (
    read.length > 0 &&
    read.every(
      (word) =>
        word.unclosed === undefined &&
        word.expansions.every(
          (e) => e.name === "X" || (e.inner !== undefined && text.slice(e.inner.start, e.inner.end) === "echo v"),
        ),
    )
  );
}
