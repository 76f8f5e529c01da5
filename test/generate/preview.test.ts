import { describe, expect, it } from "vitest";
import type { DindScriptRequest } from "../../server/src/generate/dind-script.js";
import { previewDindScript } from "../../server/src/generate/preview.js";
import { english } from "../../server/src/text/message.js";
import { serviceOf, uriOf } from "../support/engine.js";

function preview(path: string, text: string, request: DindScriptRequest): string {
  const found = previewDindScript(serviceOf([[path, text]]), uriOf(path), request, text.length, english);
  return "problem" in found ? english(found.problem) : found.text;
}

const config = "etc/gitlab-runner/config.toml";
const runner = '[[runners]]\n  executor = "docker"\n';

describe("the preview of a script", () => {
  it("shows the JSON, the script and the lines of config.toml", () => {
    const said = preview(config, runner, { target: "config.toml", httpProxy: "http://a.example:1", noProxy: "docker" });
    expect(said.match(/^## .*$/gm)).toEqual([
      "## JSON, as the docker client reads it",
      "## Script, as the shell runs it",
      "## config.toml",
    ]);
    expect(said).toContain('"httpsProxy": "http://a.example:1"');
    expect(said).toContain("```sh\nmkdir -p");
    expect(said).toMatch(/```toml\n.*pre_build_script = '''\n/);
    expect(said).not.toContain("executor");
  });

  it("shows a script that stands there joined with the new one", () => {
    const text = `${runner}  pre_build_script = "echo mine"\n`;
    expect(preview(config, text, { target: "config.toml" })).toMatch(
      /```toml[^`]*echo mine[^`]*mkdir -p|```toml[^`]*mkdir -p[^`]*echo mine/,
    );
  });

  it("shows the variables of the job where no values are given, and YAML", () => {
    const said = preview(".gitlab-ci.yml", "job:\n  script: a\n", { target: ".gitlab-ci.yml" });
    expect(said).toContain('"httpProxy": "$HTTP_PROXY"');
    expect(said).toMatch(/```yaml\n\s*before_script:/);
  });

  it("takes the runner's shell", () => {
    const said = preview(config, `${runner}  shell = "pwsh"\n`, { target: "config.toml" });
    expect(said).toContain("```powershell\nNew-Item");
  });

  it("shows no password", () => {
    const said = preview(config, runner, { target: "config.toml", httpProxy: "http://me:hunter2@a.example:1" });
    expect(said).not.toContain("hunter2");
  });

  it("says why there is none", () => {
    expect(preview(config, runner, { target: "config.toml", noProxy: "a\nb" })).toContain("line break");
    expect(preview("etc/cntlm.conf", "Proxy a:1\n", { target: "config.toml" })).toContain("config.toml");
  });
});
