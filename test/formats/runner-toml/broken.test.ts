import fc from "fast-check";
import { parse as smol } from "smol-toml";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../server/src/text/span.js";
import { names, parse, problemsOf, read, readAll, textOf } from "./files.js";

const start = "GitLab Runner does not start:";

/** Bytes without a pattern. */
function binary(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

describe("half-typed text", () => {
  it("says what is wrong, line by line, and reads the rest", () => {
    expect(problemsOf(textOf("half-typed.toml"))).toEqual([
      `check_interval: ${start} = is missing after check_interval.`,
      `[[runners: ${start} the closing ]] is missing.`,
      `"missing brackets: ${start} the closing " is missing.`,
      `https://gitlab.com: ${start} a text needs quotes.`,
      `executor: ${start} = is missing after executor.`,
      `limit: ${start} = is missing after limit.`,
      `": ${start} a comma is missing before this.`,
      `[: ${start} the closing ] is missing.`,
      `image =: ${start} image has no value.`,
      `True: ${start} true is written in lower case.`,
      `image: ${start} image is set twice.`,
      `\\.: ${start} TOML has no escape \\.. A backslash is written \\\\.`,
      `": ${start} a comma is missing before this.`,
      `volumes: ${start} volumes is set twice.`,
      `,: ${start} a value is missing before the comma.`,
    ]);
    const [runner] = read("half-typed.toml").runners;
    expect(runner?.name?.value).toBe("missing brackets");
    expect(runner?.executor?.value).toBe("docker");
    expect(runner?.environment?.assignments.map((a) => a.name.text)).toEqual(["HTTP_PROXY", "HTTPS_PROXY"]);
    expect(runner?.docker?.find("privileged")?.kind).toBe("entry");
  });

  it.each([
    ['[[runners\nname = "a"', '[[runners]]\nname = "a"'],
    ['[[runners]\nname = "a"', '[[runners]]\nname = "a"'],
    ['name = "a', 'name = "a"'],
    ["name = a b # c", 'name = "a b" # c'],
    ["path = C:\\runner", "path = 'C:\\runner'"],
    ['name = a"', 'name = "a"'],
    ['name "a"', 'name = "a"'],
    ["limit : 3", "limit = 3"],
    ["limit: 3", "limit = 3"],
    ["privileged = TRUE", "privileged = true"],
    ['volumes = ["/a" "/b"]', 'volumes = ["/a", "/b"]'],
    ['volumes = [\n  "/a" # first\n  "/b"\n]', 'volumes = [\n  "/a", # first\n  "/b"\n]'],
    ['path = "C:\\runner\\data"', 'path = "C:\\runner\\\\data"'],
  ])("mends %j", (text, wanted) => {
    const edits = parse(text).problems.flatMap((problem) => problem.repair?.edits ?? []);
    const mended = applyEdits(text, edits);
    expect(mended).toBe(wanted);
    expect(() => smol(mended)).not.toThrow();
  });

  it("lets an unclosed string of several lines end at the next header", () => {
    const text = "[[runners]]\npre_build_script = '''\necho a\n[[runners]]\nname = \"b\"\n";
    expect(problemsOf(text)).toEqual([`''': ${start} the closing ''' is missing.`]);
    expect(parse(text).runners.map((runner) => runner.name?.value)).toEqual([undefined, "b"]);
  });

  it("lets an unclosed array end at the next statement", () => {
    for (const next of ["url = 1", "[runners.docker]"]) {
      const text = `[[runners]]\nenvironment = [\n  "A=1",\n${next}\n`;
      expect(problemsOf(text)).toEqual([`[: ${start} the closing ] is missing.`]);
      expect(parse(text).runners[0]?.environment?.entries).toHaveLength(1);
    }
  });

  it("tells an array's own items from statements", () => {
    expect(
      problemsOf('a = [\n  [1],\n  [true]\n]\nb = [\n  { c = 1 },\n  {\n    d = 2\n  }\n]\n[e]\nf = ["[e]"]'),
    ).toEqual([]);
  });
});

describe("every prefix", () => {
  it.each(names)("of %s is read", (name) => {
    const text = textOf(name);
    for (let end = 0; end <= text.length; end++) readAll(text.slice(0, end), name);
  });
});

describe("hostile text", () => {
  const deep = 10_000;
  const line = 1_000_000;
  const nested = "Nested more than 200 levels deep: not checked.";

  it.each([
    ["brackets", `a = ${"[".repeat(deep)}${"]".repeat(deep)}\nb = 1`],
    ["unclosed brackets", `a = ${"[".repeat(deep)}`],
    ["braces", `a = ${"{b=".repeat(deep)}1${"}".repeat(deep)}\nb = 1`],
    ["brackets on lines of their own", `a = ${"[\n".repeat(deep)}${"]\n".repeat(deep)}b = 1`],
    ["dotted keys", `${"a.".repeat(deep)}a = 1\nb = 1`],
    ["dotted headers", `[${"a.".repeat(deep)}a]\nb = 1`],
    ["dotted keys, again and again", `${"a.".repeat(300)}a = 1\n`.repeat(30)],
  ])("has one finding for 10,000 nested %s", (_, text) => {
    expect(problemsOf(text).map((problem) => problem.replace(/^[^:]*: /, ""))).toEqual([nested]);
    readAll(text);
  });

  it("reads 200 levels", () => {
    expect(problemsOf(`a = ${"[".repeat(200)}${"]".repeat(200)}\n${"b.".repeat(199)}b = 1`)).toEqual([]);
  });

  it.each([
    ["a string", `a = "${"x".repeat(line)}"`],
    ["an array", `a = [${'"x",'.repeat(line / 4)}]`],
    ["commas", `a = [${",".repeat(line)}]`],
    ["quotes", `a = ${'"'.repeat(line)}`],
    ["backslashes", `a = "${"\\".repeat(line)}"`],
    ["wrong escapes", `a = "${"\\q".repeat(line / 2)}"`],
    ["openings of templates", `a = ${"{{".repeat(line / 2)}`],
    ["expressions that do not end", `a = "${"${".repeat(line / 2)}`],
    ["template statements that do not end", "{%\n".repeat(line / 10)],
    ["equals signs", "=".repeat(line)],
    ["one word", "a".repeat(line)],
    ["headers", "[a".repeat(line / 2)],
    ["blanks", " ".repeat(line)],
    ["carriage returns", "\r".repeat(line)],
    ["empty lines", "\n".repeat(line)],
    ["quotes of several lines", `a = """${'""\\"'.repeat(line / 4)}`],
    ["an environment", `[[runners]]\nenvironment = ["A=${"$".repeat(line / 2)}", "B=${"${".repeat(line / 4)}"]`],
  ])("reads a megabyte of %s", (_, text) => {
    readAll(text, "config.toml.j2");
  });

  it.each([
    ["a lone surrogate", '[[runners]]\nname = "\ud800"\nenvironment = ["A=\udc00"]'],
    ["a lone carriage return", '[[runners]]\rname = "a"\r'],
    ["NUL", '\0[[runners]]\nname = "\0"\n# \0'],
    ["a byte-order mark", '\ufeff[[runners]]\nname = "a"'],
    ["two byte-order marks", '\ufeff\ufeff[[runners]]\nname = "a"'],
    ["nothing", ""],
  ])("reads %s", (_, text) => {
    readAll(text);
  });

  it("takes a byte-order mark", () => {
    expect(problemsOf('\ufeff[[runners]]\nname = "a"')).toEqual([]);
  });

  it("reads anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => readAll(text)),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.nat(), (seed) => readAll(new TextDecoder().decode(binary(20_000, seed)))),
      { numRuns: 20 },
    );
  });

  it("tiles the document with its sections, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("[a]", "[[b]]", "c = 1", "[", "]", '"', "\n", " ", "d"), { maxLength: 30 }),
        (parts) => {
          const text = parts.join("");
          let end = 0;
          for (const section of parse(text).sections) {
            expect(section.start).toBe(end);
            end = section.end;
            let last = section.start;
            for (const entry of section.entries) {
              expect(entry.start).toBeGreaterThanOrEqual(last);
              expect(entry.end).toBeLessThanOrEqual(section.end);
              last = entry.end;
            }
          }
          expect(end).toBe(text.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
