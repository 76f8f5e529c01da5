// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are shell text
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { echoed } from "../../server/src/quoting/echo.js";
import { printed } from "../../server/src/quoting/printf.js";
import {
  type Dialect,
  dialects,
  joinWords,
  quoteShellWord,
  readWord,
  ShellSource,
} from "../../server/src/quoting/shell.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { needs } from "../support/programs.js";
import { endOfCase, runShell } from "../support/shells.js";

/** The arguments as they come from a shell text that quotes each of them. */
function args(values: readonly string[]) {
  const text = values.map((value) => quoteShellWord(value) ?? "").join(" ");
  const source = MappedText.document(text);
  const shell = ShellSource.of(source);
  const words = [];
  for (let i = 0; i < text.length; i++) {
    const word = readWord(shell, i);
    words.push(word);
    i = word.span.end;
  }
  return { text, joined: joinWords(source, words) };
}

function expectSame(program: "echo" | "printf", cases: readonly (readonly string[])[], dialect: Dialect): void {
  const script = cases.map((list) => `${program} ${args(list).text}\n${endOfCase}`).join("");
  const real = runShell(dialect, script);
  expect(real.length).toBe(cases.length);
  cases.forEach((list, index) => {
    const { joined } = args(list);
    const ours = program === "echo" ? echoed(joined, dialect) : printed(joined, dialect);
    if (ours) expect({ list, printed: ours.text }).toEqual({ list, printed: real[index] });
  });
}

const escapes = "a b c e E f n r t v \\ \" ' ? / z $ 0 00 0101 101 1 8 x41 x4 xg u41 U00000041 01018 cb"
  .split(" ")
  .map((e) => `\\${e}`);
const echoCases = [
  ...escapes.flatMap((e) => [[e], ["-e", e], [`a${e}b`, "c"], ["-n", e], ["-ne", e], ["-E", e]]),
  ["a\\"],
  ["-e", "a\\"],
  [],
  ["-n"],
  ["-n", "-n", "a"],
  ["-e", "-n", "x"],
  ["-n", "-e", "a\\n"],
  ["-nE", "a\\n"],
  ["-eE", "\\n"],
  ["-nx", "y"],
  ["--", "a"],
  ["-"],
  [""],
  ["", ""],
  ["a", "", "b"],
  ["-e", "a\\c", "b"],
];
const printfCases = [
  ...escapes.flatMap((e) => [[e], ["%b", e], [`a${e}b%s`, "c"], ["%s", e]]),
  ["a\\"],
  ["%b", "a\\"],
  ["%s,%s\\n", "a", "b", "c"],
  ["%s %s", "a"],
  ["x", "a", "b"],
  ["%%"],
  ["%d", "12"],
  ["%d"],
  ["%i", "-3"],
  ["%c", "a"],
  ["%c"],
  ["%c", "é"],
  ["%b%s", "x\\c", "y"],
  ["--", "%s", "a"],
  ["\\045s", "a"],
  ["%s", ""],
  ["", "a"],
  ["%s"],
  ["%s\\n", "a", "b", "c"],
  ['{"a":"%s"}\\n', "x"],
  ["%d", "012"],
  ["%5s", "a"],
  ["%z", "a"],
  ["%s%%", "a", "b"],
];

describe.runIf(needs("dash", "bash", "busybox"))("echo and printf print what the shells print", () => {
  const argument = fc
    .array(fc.constantFrom(...escapes, "a", " ", "%", '"', "{", "\n", "é", "-", "e", "n"), { maxLength: 6 })
    .map((l) => l.join(""));
  const format = fc
    .array(
      fc.oneof(
        argument.map((t) => t.replace(/%/g, "%%")),
        fc.constantFrom("%s", "%b", "%%", "%s"),
      ),
      { maxLength: 5 },
    )
    .map((l) => l.join(""))
    .map((f) => f.replace(/^-/, "a"));
  const option = fc.constantFrom([], ["-n"], ["-e"], ["-ne"], ["-E"], ["-x"]);
  const echoes = fc.sample(
    fc.tuple(option, fc.array(argument, { maxLength: 3 })).map(([o, list]) => [...o, ...list]),
    { numRuns: 400, seed: 5 },
  );
  const formats = fc.sample(
    fc.tuple(format, fc.array(argument, { maxLength: 3 })).map(([f, list]) => [f, ...list]),
    { numRuns: 400, seed: 6 },
  );

  for (const dialect of dialects) {
    it(`echo in ${dialect}`, () => expectSame("echo", [...echoCases, ...echoes], dialect));
    it(`printf in ${dialect}`, () => expectSame("printf", [...printfCases, ...formats], dialect));
  }
});

describe("what is printed maps back", () => {
  it("an escaped character to its escape, in every program", () => {
    const { text, joined } = args(['a\\n"b']);
    const dash = echoed(joined, "dash");
    expect(dash.text).toBe('a\n"b\n');
    const newline = dash.toSource({ start: 1, end: 2 });
    expect(text.slice(newline.start, newline.end)).toBe("\\n");
    const bash = echoed(joined, "bash");
    expect(bash.text).toBe('a\\n"b\n');
  });

  it("an argument of printf to its own place", () => {
    const { text, joined } = args(['{"a":"%s"}', "v w"]);
    const out = printed(joined, "dash");
    expect(out?.text).toBe('{"a":"v w"}');
    const span = out?.toSource({ start: 6, end: 9 });
    expect(span && text.slice(span.start, span.end)).toBe("v w");
    expect(out?.replace({ start: 6, end: 7 }, "100%")).toEqual([
      { span: { start: text.indexOf("v"), end: text.indexOf("v") + 1 }, newText: "100%" },
    ]);
    expect(out?.replace({ start: 2, end: 3 }, "%")).toEqual([{ span: { start: 3, end: 4 }, newText: "%%" }]);
  });
});
