import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { Folder, runCli } from "../support/cli.js";
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
    expect(offered("rules", "cntlm-lo")).toEqual(["cntlm-loop"]);
  });

  it("takes the value behind a =, which bash makes a word of", () => {
    expect(offered("lint", "--format", "=", "j")).toEqual(["json", "junit"]);
    expect(offered("lint", "--fail-on", "=")).toEqual(["error", "warning", "information", "never"]);
  });

  it("leaves paths to bash", () => {
    expect(offered("lint", "exam")).toEqual([]);
    expect(offered("lint", "--config", "exam")).toEqual([]);
  });
});

describe.runIf(needs("fish"))("completion fish", () => {
  /** What fish offers at the end of a line, without the descriptions. */
  const offered = (line: string) => {
    const commands = `${script("fish")}\ncomplete --do-complete '${line}'\n`;
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "--command", commands], { encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").flatMap((row) => (row === "" ? [] : (row.split("\t")[0] ?? "")));
  };

  it("offers the commands, their options and what these take", () => {
    expect(offered("runner-proxy li")).toEqual(["lint"]);
    expect(offered("runner-proxy lint --form")).toEqual(["--format"]);
    expect(offered("runner-proxy lint --format s")).toEqual(["sarif"]);
    expect(offered("runner-proxy lint --fail-on ").sort()).toEqual(["error", "information", "never", "warning"]);
    expect(offered("runner-proxy generate daem")).toEqual(["daemon"]);
  });
});

describe.runIf(needs("zsh"))("completion zsh", () => {
  /** Types a line and a tab into an interactive zsh, and prints what stands there then. */
  const session = `
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell 'autoload -U compinit; compinit -u -D; source ./completion.zsh'
    zpty -w shell 'finish() { zle complete-word; print -r -- $BUFFER >| line; BUFFER=exit; zle accept-line }; zle -N finish'
    zpty -w shell 'bindkey "^I" finish'
    zpty -w -n shell "$1"$'\\t'
    while zpty -r shell output; do :; done
    cat line`;

  it.each([
    ["runner-proxy li", "runner-proxy lint \n"],
    ["runner-proxy lint --basel", "runner-proxy lint --baseline \n"],
    ["runner-proxy lint --format s", "runner-proxy lint --format sarif \n"],
    ["runner-proxy generate daem", "runner-proxy generate daemon \n"],
    ["runner-proxy lint completion", "runner-proxy lint completion.zsh \n"],
  ])("completes %s", (typed, completed) => {
    using folder = new Folder({ "completion.zsh": script("zsh") });
    const { stdout } = spawnSync("zsh", ["-f", "-c", session, "zsh", typed], { cwd: folder.path, encoding: "utf8" });
    expect(stdout).toBe(completed);
  });
});

it("is refused for other shells", () => {
  expect(runCli(["completion", "tcsh"]).code).toBe(2);
});
