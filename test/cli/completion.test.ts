import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/cli.js";
import { needs } from "../support/programs.js";

function script(shell: "bash" | "zsh" | "fish"): string {
  const { code, stdout, stderr } = runCli(["completion", shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

describe.runIf(needs("bash"))("completion bash", () => {
  /** What bash offers for the last of the words. */
  const offered = (...words: string[]) => {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const call = `COMP_WORDS=(runner-proxy ${quoted}); COMP_CWORD=${words.length}; _runner_proxy; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["--norc"], { input: `${script("bash")}${call}\n`, encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((word) => word !== "");
  };

  it("offers the commands, their options and what these take", () => {
    expect(offered("")).toEqual(expect.arrayContaining(["lint", "fix", "explain", "generate", "rules", "lsp"]));
    expect(offered("li")).toEqual(["lint"]);
    expect(offered("lint", "--form")).toEqual(["--format"]);
    expect(offered("lint", "--format", "s")).toEqual(["sarif"]);
    expect(offered("lint", "--fail-on", "")).toEqual(["error", "warning", "information", "never"]);
    expect(offered("generate", "d")).toEqual(expect.arrayContaining(["docker-dropin", "daemon", "dind-script"]));
    expect(offered("generate", "dind-script", "--shell", "")).toEqual(["sh", "bash", "pwsh"]);
  });

  it("leaves paths to bash", () => {
    expect(offered("lint", "exam")).toEqual([]);
    expect(offered("lint", "--config", "exam")).toEqual([]);
  });
});

describe("completion zsh and fish", () => {
  it("name each command and option with what it does", () => {
    for (const shell of ["zsh", "fish"] as const) {
      const text = script(shell);
      for (const word of ["lint", "baseline", "pretty json sarif gitlab junit github", "Run the language server"]) {
        expect([shell, word, text.includes(word)]).toEqual([shell, word, true]);
      }
    }
  });
});

it("is refused for other shells", () => {
  expect(runCli(["completion", "tcsh"]).code).toBe(2);
});
