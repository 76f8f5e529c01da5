import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GeneratedScript, generateDindScript } from "../../server/src/generate/dind-script.js";
import { mergeScript, unfinished } from "../../server/src/generate/merge-script.js";
import { needs } from "../support/programs.js";
import { hostileValue, hostileValues } from "./hostile-values.js";
import { posixShells, runScripts, type ScriptRun } from "./run-scripts.js";

function generated(fixed: boolean): GeneratedScript {
  const made = generateDindScript({
    target: "config.toml",
    ...(fixed && { httpProxy: "http://a:1", noProxy: "a||b" }),
  });
  if ("problem" in made) throw new Error("There is no script");
  return made;
}

/** Commands that are joined with `&&`, and others that must not be. */
const plain = [
  "date",
  "  mkdir -p x",
  "ls /nowhere",
  "sh -c 'exit 7'",
  'export A="b c"',
  "unknown-program",
  "cd .",
  "cat < /nowhere",
];
const others = [
  "false",
  "false && true",
  "true && sh -c 'exit 4'",
  "[ -f x ]",
  "[ -f x ] && ls /nowhere",
  "! true",
  "test -e x || true",
  "ls /nowhere; true",
  "ls /nowhere # why",
  "ls /nowhere | cat",
  "sleep 0 &",
  'eval "ls /nowhere; true"',
  ". ./absent",
  "A=$(ls /nowhere; echo b)",
  "export A=`ls /nowhere; echo b`",
  "{ ls /nowhere; true; }",
  "if true; then ls /nowhere; true; fi",
  "f() { ls /nowhere; true; }; f",
  "set +e",
  "exit 3",
  "cat <<E\nx\nE",
  "true\nsh -c 'exit 5'",
];

const tail = "\n: > after\n";

describe("a script joined with the one that stood there", () => {
  it.each(plain)("is one list behind %s", (existing) => {
    for (const fixed of [true, false]) {
      expect(mergeScript(existing, generated(fixed), "posix")).toMatch(/^[^\n]+? && mkdir -p .* \|\| exit$/s);
    }
  });

  it.each(others)("stands on a line of its own behind %s", (existing) => {
    expect(mergeScript(existing, generated(true), "posix")).toBe(`${existing}\n${generated(true).script}`);
  });

  it("stands on a line of its own where it keeps logins, and in PowerShell", () => {
    for (const request of [{ keepAuths: true }, { shell: "pwsh" }] as const) {
      const made = generateDindScript({ target: "config.toml", ...request });
      const shell = "shell" in request ? "powershell" : "posix";
      if ("script" in made) expect(mergeScript("date", made, shell)).toBe(`date\n${made.script}`);
    }
  });

  describe.runIf(needs("dash", "bash", "busybox"))("writes values exactly behind a command", () => {
    it.each(posixShells)("in %s", (shell) => {
      const values = [...hostileValues, ...fc.sample(hostileValue, 60)].filter((value) => value.length < 10_000);
      const runs = values.flatMap((httpProxy): ScriptRun[] => {
        const made = generateDindScript({ target: "config.toml", httpProxy });
        if ("problem" in made) return [];
        return [{ script: mergeScript("date", made, "posix") }];
      });
      expect(runs.length).toBe(values.length);
      runScripts(shell, runs).forEach(({ config, status }, index) => {
        expect(status).toBe(0);
        expect(JSON.parse(config ?? "null").proxies.default.httpProxy).toBe(values[index]);
      });
    });
  });

  describe.runIf(needs("dash", "bash", "busybox"))("does and ends as on lines of their own", () => {
    it.each(posixShells)("in %s", (shell) => {
      for (const fixed of [true, false]) {
        const made = generated(fixed);
        const scripts = [...plain, ...others].flatMap((existing) => [
          `${existing}\n${made.script}${tail}`,
          `${mergeScript(existing, made, "posix")}${tail}`,
        ]);
        // Here the folder cannot be made: the generated part fails.
        const failing = scripts.map((script) => `: > .docker\n${script}`);
        const runs = [...scripts, ...failing].map((script): ScriptRun => {
          return { script, environment: { HTTP_PROXY: "http://b:1" } };
        });
        const outcomes = runScripts(shell, runs);
        for (let at = 0; at < runs.length; at += 2) {
          expect({ script: runs[at]?.script, ...outcomes[at + 1] }).toEqual({
            script: runs[at]?.script,
            ...outcomes[at],
          });
        }
      }
    });
  });
});

describe("an old script that wrote the file", () => {
  const made = generated(true);
  const old = `mkdir -p ~/.docker && echo '{"proxies":{}}' > ~/.docker/config.json`;
  const { script } = made;

  it.each([
    [
      "takes no here-document of another command along",
      `cat <<E > x\nfoo\nE\n${old}`,
      `cat <<E > x\nfoo\nE\n${script}`,
    ],
    [
      "goes with its own here-document",
      `set -x\ncat > ~/.docker/config.json <<E\n{"proxies":{}}\nE\ndate`,
      `set -x\ndate\n${script}`,
    ],
    [
      "stays where its line shares a here-document",
      `cat <<E && ${old}\nbody\nE\ndate`,
      `cat <<E && ${old}\nbody\nE\ndate\n${script}`,
    ],
    ["leaves a command in the background there", `sleep 0 &\n${old}\ndate`, `sleep 0 &\ndate\n${script}`],
    ["leaves the last one in the background there", `sleep 0 &\n${old}`, `sleep 0 &\n${script}`],
    ["goes with what passes over its failure", `${old} || true`, script],
    ["stays where another command stands in for it", `${old} || echo no`, `${old} || echo no\n${script}`],
    ["stays behind a condition", `[ -n "$X" ] && ${old}\ndate`, `[ -n "$X" ] && ${old}\ndate\n${script}`],
    ["leaves comments", `# a\ndate # b\n# c\n${old} # d\n# e\nls`, `# a\ndate # b\n# c\n# e\nls\n${script}`],
    ["leaves the last comments", `# a\n${old}\n# b`, `# a\n# b\n${script}`],
    ["leaves a negation", `${old}; ! test -f x`, `! test -f x\n${script}`],
    ["is not drawn into a line that goes on", "date \\", `date \\\n\n${script}`],
  ])("%s", (_, before, after) => {
    expect(mergeScript(before, made, "posix")).toBe(after);
    expect(mergeScript(after, made, "posix")).toBe(after);
  });

  it("is told from one that does not end", () => {
    for (const text of ["echo '", 'echo "a', "cat <<E\nx"]) expect(unfinished(text, "posix")).toBeDefined();
    for (const text of ["", "date", "cat <<E\nx\nE", `date\n${script}`, `echo "{ proxies' > ~/.docker/config.json`])
      expect(unfinished(text, "posix")).toBeUndefined();
    expect(unfinished("echo '", "powershell")).toBeUndefined();
  });
});
