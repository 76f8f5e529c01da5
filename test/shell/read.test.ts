// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are shell text
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dialects } from "../../server/src/quoting/shell.js";
import { type Command, isCommand, isConditional, lasts } from "../../server/src/shell/command.js";
import { scriptScopes } from "../../server/src/shell/facts/assignments.js";
import { dockerConfigWrites } from "../../server/src/shell/facts/docker-config.js";
import { variableReferences } from "../../server/src/shell/facts/references.js";
import { tlsOff } from "../../server/src/shell/facts/tls.js";
import { readShell } from "../../server/src/shell/read.js";
import { earlierScripts, readScript } from "../../server/src/shell/script.js";
import { MappedText } from "../../server/src/text/mapped-text.js";
import { needs } from "../support/programs.js";
import { scriptOf } from "../support/script.js";
import { endOfCase, runShell } from "../support/shells.js";

const read = (...texts: string[]) => readShell(texts.map((text) => MappedText.document(text)));

function line(command: Command): string {
  return command.words.map((word) => word.text.text).join(" ");
}

const lines = (...texts: string[]) => read(...texts).commands.map(line);

describe("a script is read into its commands", () => {
  it("with what joins them", () => {
    const { commands } = read("a 1; b && c || d | e &\nf # g\n\n h");
    expect(commands.map((c) => [c.before?.operator, line(c), c.after?.operator])).toEqual([
      [undefined, "a 1", ";"],
      [";", "b", "&&"],
      ["&&", "c", "||"],
      ["||", "d", "|"],
      ["|", "e", "&"],
      ["&", "f", "\n"],
      ["\n", "h", "\n"],
    ]);
    const [, , , d, e] = commands;
    expect(e?.pipedFrom).toBe(d);
    expect(commands.map(isConditional)).toEqual([false, false, true, true, false, false, false]);
    expect(commands.map(lasts)).toEqual([true, true, true, false, false, true, true]);
  });

  it("inside compound commands, which tell whether a command is sure to run", () => {
    const { commands } = read(
      "if t; then a; elif u; then b; else c; fi\nfor x in 1 2; do d; done\nwhile v; do e; done\ncase $x in a|b) f;; (c) g ;& *) h; esac\n{ i; }\n(j)\nk() { l; }\nfunction m { n; }\no",
    );
    expect(commands.filter((c) => !c.header).map((c) => [line(c), isConditional(c)])).toEqual([
      ["t", false],
      ["a", true],
      ["u", true],
      ["b", true],
      ["c", true],
      ["d", true],
      ["v", false],
      ["e", true],
      ["f", true],
      ["g", true],
      ["h", true],
      ["i", false],
      ["j", false],
      ["l", true],
      ["n", true],
      ["o", false],
    ]);
    expect(commands.find((c) => line(c) === "j")).toSatisfy((c: Command) => !lasts(c));
  });

  it("across the lines of a job, which are one script", () => {
    const { commands } = read('if [ -n "$X" ]; then', "  a", "fi", "b");
    expect(commands.map((c) => [line(c), isConditional(c)])).toEqual([
      ["[ -n $X ]", false],
      ["a", true],
      ["b", false],
    ]);
  });

  it("with redirections and here-documents", () => {
    const [a, b] = read("a 2>&1 >f <<E 3<g b <<'E2'\n1 $X\nE\n2 $X\nE2\nb").commands;
    expect(a?.redirections.map((r) => [r.descriptor, r.operator, r.target?.text.text])).toEqual([
      [2, ">&", "1"],
      [undefined, ">", "f"],
      [undefined, "<<", "E"],
      [3, "<", "g"],
      [undefined, "<<", "E2"],
    ]);
    expect(a?.redirections.flatMap((r) => r.hereDocument ?? []).map((h) => [h.text.text, h.expansions.length])).toEqual(
      [
        ["1 $X\n", 1],
        ["2 $X\n", 0],
      ],
    );
    expect(a && line(a)).toBe("a b");
    expect(b && line(b)).toBe("b");
  });

  it("with the redirections and pipes of blocks", () => {
    const { commands } = read("{ a; b; } > f | c");
    const [a, , c] = commands;
    expect(a?.block.redirections[0]?.target?.text.text).toBe("f");
    expect(c?.pipedFrom).toBe(a?.block);
    expect(a?.block.elements.every(isCommand)).toBe(true);
  });

  it("with assignments in front of commands and alone", () => {
    const { commands } = read('A=1 B="b c" cmd D=e; X=; Y+=z; ARR=(a b) f\n[[ a < b && c =~ (d|e) ]]; ((i++)); g');
    expect(commands.map((c) => [c.assignments.map((a) => `${a.name.text}=${a.value.text}`).join(), line(c)])).toEqual([
      ["A=1,B=b c", "cmd D=e"],
      ["X=", ""],
      ["Y=z", ""],
      ["ARR=$(…)", "f"],
      ["", "[[ a < b && c =~ (d|e) ]]"],
      ["", ""],
      ["", "g"],
    ]);
  });

  it("with the commands of substitutions before the one that holds them", () => {
    expect(lines('echo "$(a "$(b)" | c)" `d \\`e\\``')).toEqual(["b", "a $(…)", "c", "e", "d $(…)", "echo $(…) $(…)"]);
  });

  it("with the scripts of inner shells, marked where they run elsewhere", () => {
    const { commands } = read(
      "bash -ec 'a; b'\nssh -p 22 me@host 'c' d\ndocker exec -i x sh -c \"e\"\nsh <<'E'\nf\nE\nssh host <<E\ng\nE\neval \"h i\"\nkubectl get po\nsudo -u me env X=1 timeout 5 sh -c j\nbash -euo pipefail -c k\nbash -o pipefail +x -c -- l\nsh -o errexit m",
    );
    expect(
      commands.filter((c) => c.context.kind !== "script").map((c) => [line(c), c.context.kind, c.context.elsewhere]),
    ).toEqual([
      ["a", "shell", false],
      ["b", "shell", false],
      ["c d", "remote", true],
      ["e", "remote", true],
      ["f", "shell", false],
      ["g", "remote", true],
      ["h i", "shell", false],
      ["j", "shell", false],
      ["k", "shell", false],
      ["l", "shell", false],
    ]);
  });

  it("and what a template fills in is a word of its own", () => {
    const outer = MappedText.document("a {{ x; y }}z; b");
    const text = MappedText.decoded(
      outer,
      { name: "test", encode: (t) => t },
      { start: 0, end: outer.text.length },
      outer.text,
      [
        { at: 0, length: 2, from: 0, width: 2, exact: true, mode: "", unknown: false },
        { at: 2, length: 10, from: 2, width: 10, exact: true, mode: "", unknown: true },
        { at: 12, length: 4, from: 12, width: 4, exact: true, mode: "", unknown: false },
      ],
    );
    const { commands } = readShell([text]);
    expect(commands.map(line)).toEqual(["a {{ x; y }}z", "b"]);
    expect(commands[0]?.words[1]?.text.hasUnknown()).toBe(true);
  });
});

describe("broken text", () => {
  it("is told with what was understood", () => {
    const { commands, problems } = read('a; b "c; d');
    expect(commands.map(line)).toEqual(["a", "b c; d"]);
    expect(problems.map((p) => [p.kind, p.span])).toEqual([["quote", { start: 5, end: 6 }]]);
    expect(read("a $(b").problems.map((p) => p.kind)).toEqual(["expansion"]);
    expect(read("cat <<E\nx").problems.map((p) => p.kind)).toEqual(["here-document"]);
    expect(read("a ) } fi done esac ;; && | b").problems).toEqual([]);
  });

  const folder = new URL("../fixtures/shell/", import.meta.url);
  const scripts = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));

  it("never throws, whatever prefix of a script there is", () => {
    for (const text of scripts) {
      expect(read(text).problems).toEqual([]);
      const lines = text.split("\n");
      for (let at = 0; at < lines.length; at += 3) {
        const part = lines.slice(at, at + 3).join("\n");
        for (let end = 0; end <= part.length; end++) {
          if (end % 5 === 0) everything(part.slice(0, end));
          else read(part.slice(0, end));
        }
      }
    }
  });

  it("never throws on anything", () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      "`",
      "$(",
      "${",
      "$((",
      "((",
      ")",
      "}",
      "{",
      "<<E",
      "\nE\n",
      "case x in",
      "esac",
      "if",
      "fi",
      "do",
      "done",
      "\\",
      "\n",
      ";;",
      "|",
      "&&",
      ">",
      "<(",
      "[[",
      "]]",
      "#",
      "A=(",
      " ",
      "a",
      "=",
      "$'",
      "export ",
      "sh -c ",
      "\0",
      "\r",
      "\ud800",
      "function f",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (list) => everything(list.join(""))),
      { numRuns: 1000 },
    );
  });

  function everything(text: string): void {
    const script = scriptOf([text]);
    dockerConfigWrites(script);
    scriptScopes(script, "");
    variableReferences(script);
    tlsOff(script);
    for (const { source, span } of readScript(script).commands) source.toSource(span);
  }

  it("ends on text that nests or repeats without end", () => {
    const k = 10_000;
    read("$( ( ".repeat(k));
    for (const text of [
      '"$(',
      "( ",
      "((",
      "${a:-",
      "`",
      "$[",
      "if ",
      "case a in a) ",
      "{ ",
      "[[ ",
      "A=(",
      "eval ",
      "sh -c '",
      "cat <<E\n$(\n",
      "'",
      '"',
      "$",
      "\\",
    ])
      read(text.repeat(k / 5));
    for (const text of ["a", "a;", '\\"', "$X", "\n", "((a);(b) );"]) read(text.repeat(1_000_000 / text.length));
    expect(read("a;".repeat(k)).commands).toHaveLength(k);
  });
});

describe("scripts of one shell", () => {
  it("know what ran before", () => {
    const first = scriptOf(["mkdir -p ~/.docker", "X=1"], { key: "before_script" });
    const second = scriptOf(["echo $X $Y > ~/.docker/config.json"]);
    const other = scriptOf(["mkdir -p ~/.docker"], { group: "another" });
    const earlier = earlierScripts(second, [other, first, second]);
    expect(earlier).toEqual([first]);
    expect(dockerConfigWrites(second)[0]?.directoryMade).toBe(false);
    expect(dockerConfigWrites(second, earlier)[0]?.directoryMade).toBe(true);
    expect(variableReferences(second, earlier).map((r) => [r.name, r.mayBeSet])).toEqual([
      ["X", true],
      ["Y", false],
    ]);
  });

  it("are read once, and only for a POSIX shell", () => {
    const script = scriptOf(["a"]);
    expect(readScript(script)).toBe(readScript({ ...script }));
    expect(readScript(scriptOf(["a"], { shell: "powershell" })).commands).toEqual([]);
  });

  it("make environments of what they export", () => {
    const scopes = scriptScopes(
      scriptOf(
        [
          "export http_proxy=a no_proxy=b; no_proxy=c",
          "if x; then export https_proxy=d; fi; LOCAL=1",
          "https_proxy=e curl f",
          "(export ftp_proxy=g)",
          "unset http_proxy; export all_proxy=h",
        ],
        { place: "helper" },
      ),
      "build",
    );
    expect(
      scopes.map((s) => [
        s.readers,
        s.assignments.map((a) => `${a.name.text}=${a.value.text}`),
        s.inherits && scopes.indexOf(s.inherits),
      ]),
    ).toEqual([
      [["helper"], ["http_proxy=a", "no_proxy=b"], undefined],
      [["helper"], ["https_proxy=d"], 0],
      [["helper"], ["https_proxy=e"], 0],
      [["helper"], ["ftp_proxy=g"], 0],
      [["helper"], ["all_proxy=h"], undefined],
    ]);
    expect(new Set(scopes.map((s) => s.id)).size).toBe(scopes.length);
  });
});

describe.runIf(needs("dash", "bash", "busybox"))("the shells run the commands that are read", () => {
  const simple = fc.constantFrom(
    "p a",
    "p 'b c'",
    'p "d;e"',
    "p f >/dev/null",
    "p \\;",
    "p g # h\np i",
    "p $(p j >/dev/null; echo k)",
    "X=1 p l",
    "p m <<E\nn; p o\nE",
  );
  const { script } = fc.letrec<{ script: string; unit: string }>((tie) => ({
    script: fc.array(tie("unit"), { minLength: 1, maxLength: 4 }).map((list) => list.join("\n")),
    unit: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      simple,
      tie("script").map((body) => `{ ${body}\n}`),
      tie("script").map((body) => `( ${body}\n)`),
      tie("script").map((body) => `if p c; then ${body}\nfi`),
      tie("script").map((body) => `for i in 1; do ${body}\ndone`),
      tie("script").map((body) => `case a in (b) ;; a|c) ${body}\n;; esac`),
      fc
        .tuple(fc.constantFrom("p q", "p 'r;s'"), fc.constantFrom("; ", " && ", "\n", ";"), tie("script"))
        .map((three) => three.join("")),
    ),
  }));

  for (const dialect of dialects) {
    it(dialect, () => {
      const cases = fc.sample(script, { numRuns: 60, seed: 3 });
      const batch = `p() { printf '<%s' "$@" >&2; printf '>' >&2; }\n${cases.map((text) => `{\n${text}\n} 2>&1 >/dev/null\n${endOfCase}`).join("")}`;
      const real = runShell(dialect, batch);
      expect(real.length).toBe(cases.length);
      cases.forEach((text, index) => {
        const ours = read(text).commands.filter((c) => c.words[0]?.text.text === "p");
        const printed = ours
          .map(
            (c) =>
              `${c.words
                .slice(1)
                .map((w) => `<${w.text.text.replace("$(…)", "k")}`)
                .join("")}>`,
          )
          .join("");
        expect({ text, printed }).toEqual({ text, printed: real[index] });
      });
    });
  }
});
