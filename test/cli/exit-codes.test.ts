import { afterAll, describe, expect, it } from "vitest";
import { Folder, runCli } from "../support/cli.js";

const half = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';
const folder = new Folder({
  "found/etc/systemd/system/docker.service.d/http-proxy.conf": half,
  "clean/etc/systemd/system/docker.service.d/http-proxy.conf": "[Service]\n",
});
afterAll(() => folder[Symbol.dispose]());

const url = "https://gitlab.corp.example/";

/** Other tools rely on these: the words of a call, in the folder above. */
const calls: readonly [code: number, words: string][] = [
  [0, "lint clean"],
  [1, "lint found"],
  [0, "lint --fail-on error found"],
  [0, "lint --fail-on never found"],
  [3, "lint --fail-on never found missing"],
  [2, "lint --fail-on hint found"],
  [2, "lint --config missing.json found"],
  [2, "lint --write-baseline found"],
  [2, "lint --baseline missing.json found"],
  [3, "lint --baseline missing/accepted.json --write-baseline found"],
  [2, "lint --stdin-path etc/cntlm.conf found"],
  [1, "fix --dry-run found"],
  [0, "fix --dry-run --fail-on never found"],
  [0, "fix --dry-run clean"],
  [3, "fix missing"],
  [0, `explain ${url} found`],
  [3, `explain ${url} found missing`],
  [2, "explain"],
  [2, "explain notaurl found"],
  [0, "explain --format mermaid found"],
  [2, `explain ${url} found --from nowhere`],
  [2, `explain ${url} --client nobody`],
  [0, `explain ${url} --client curl --no-proxy .example`],
  [2, `explain ${url} --no-proxy .example`],
  [0, "generate cntlm"],
  [2, "generate nothing"],
  [2, "generate docker-dropin --docker0 nonsense"],
  [0, "generate dind-script --for config.toml"],
  [2, "generate dind-script"],
  [2, "generate cntlm --for config.toml"],
  [0, "rules"],
  [0, "rules proxy-pair-missing"],
  [2, "rules no-such-rule"],
  [0, "completion bash"],
  [2, "completion tcsh"],
  [2, "lsp"],
  [3, "check --quiet missing"],
  [2, "check --timeout soon clean"],
  [2, "nothing-of-the-kind"],
  [2, ""],
];

describe("exit codes", () => {
  it.each(calls)("%i: runner-proxy %s", (code, words) => {
    const result = runCli(words.split(" ").filter(Boolean), { cwd: folder.path });
    expect(result.code).toBe(code);
    // What went wrong is said beside the result, in one place.
    if (code >= 2) expect(result.stderr).not.toBe("");
  });
});
