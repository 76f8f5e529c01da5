import { describe, expect, it } from "vitest";
import { dindDefaults } from "../../server/src/generate/defaults.js";
import type { DindScriptRequest } from "../../server/src/generate/dind-script.js";
import { type PreviewLayer, previewDindScript } from "../../server/src/generate/preview.js";
import { english } from "../../server/src/text/message.js";
import { serviceOf, uriOf } from "../support/engine.js";

function preview(path: string, text: string, request: DindScriptRequest): readonly PreviewLayer[] {
  const found = previewDindScript(serviceOf([[path, text]]), uriOf(path), request, text.length);
  if ("problem" in found) throw new Error(english(found.problem));
  return found.layers;
}

function texts(path: string, text: string, request: DindScriptRequest): readonly string[] {
  return preview(path, text, request).map((layer) => layer.text);
}

const config = "etc/gitlab-runner/config.toml";
const runner = '[[runners]]\n  executor = "docker"\n';

describe("the preview of a script", () => {
  it("has the JSON, the script and the lines of config.toml", () => {
    const request: DindScriptRequest = { target: "config.toml", httpProxy: "http://a.example:1", noProxy: "docker" };
    const layers = preview(config, runner, request);
    expect(layers.map(({ title, language }) => [english(title), language])).toEqual([
      ["Docker reads", "json"],
      ["The shell reads", "sh"],
      ["config.toml holds", "toml"],
    ]);
    const [json = "", script, file = ""] = layers.map(({ text }) => text);
    expect(JSON.parse(json)).toEqual({
      proxies: { default: { httpProxy: "http://a.example:1", httpsProxy: "http://a.example:1", noProxy: "docker" } },
    });
    expect(script).toMatch(/^mkdir -p/);
    expect(file).toMatch(/^ *pre_build_script = '''\n/);
    expect(file).not.toContain("executor");
  });

  it.each(["sh", "pwsh"] as const)("shows no password, whatever is in it, to %s", (shell) => {
    for (const character of ["%", "#", "@", ":", "/", "\\", "?", '"', "'", "$", "&", "!", " ", "ü", "`", "<"]) {
      for (const scheme of ["http://", ""]) {
        const httpProxy = `${scheme}me:hunter${character}hunter@proxy.example:8080`;
        const shown = texts(config, runner, { target: "config.toml", shell, httpProxy });
        for (const text of shown) {
          expect(text).not.toContain("hunter");
          expect(text).toContain("…@proxy.example:8080");
        }
      }
    }
  });

  it("shows a script that stands there joined with the new one", () => {
    const text = `${runner}  pre_build_script = "echo mine"\n`;
    expect(texts(config, text, { target: "config.toml" })[2]).toMatch(/echo mine && mkdir -p/);
  });

  it("shows the variables of the job where no values are given, and YAML", () => {
    const [json, , file] = texts(".gitlab-ci.yml", "job:\n  script: a\n", { target: ".gitlab-ci.yml" });
    expect(json).toContain('"httpProxy": "$HTTP_PROXY"');
    expect(file).toMatch(/^\s*before_script:/);
  });

  it("takes the runner's shell", () => {
    const [, script] = preview(config, `${runner}  shell = "pwsh"\n`, { target: "config.toml" });
    expect(script?.language).toBe("powershell");
    expect(script?.text).toMatch(/^New-Item/);
  });

  it("shows no password", () => {
    const shown = texts(config, runner, { target: "config.toml", httpProxy: "http://me:hunter2@a.example:1" });
    expect(shown.join("")).not.toContain("hunter2");
  });

  it("says why there is none", () => {
    expect(() => preview(config, runner, { target: "config.toml", noProxy: "a\nb" })).toThrow("line break");
    expect(() => preview("etc/cntlm.conf", "Proxy a:1\n", { target: "config.toml" })).toThrow("config.toml");
  });
});

describe("what a request starts from", () => {
  it("is what the host's files say, and the runner's shell", () => {
    const dropin =
      '[Service]\nEnvironment="HTTP_PROXY=http://p.example:8080"\nEnvironment="NO_PROXY=localhost,corp.example"\n';
    const service = serviceOf([
      [config, `${runner}  shell = "bash"\n[[runners]]\n  shell = "powershell"\n`],
      ["etc/systemd/system/docker.service.d/http-proxy.conf", dropin],
    ]);
    expect(dindDefaults(service, uriOf(config), 0)).toEqual({
      shell: "bash",
      httpProxy: "http://p.example:8080",
      httpsProxy: "http://p.example:8080",
      noProxy: "localhost,corp.example,127.0.0.1,docker",
    });
    expect(dindDefaults(service, uriOf(config), 100).shell).toBe("pwsh");
  });

  it("is docker0 and the usual list where they say nothing", () => {
    const service = serviceOf([[".gitlab-ci.yml", "job:\n  script: a\n"]]);
    expect(dindDefaults(service, uriOf(".gitlab-ci.yml"), 0)).toEqual({
      shell: "sh",
      httpProxy: "http://172.17.0.1:3128",
      httpsProxy: "http://172.17.0.1:3128",
      noProxy: "localhost,127.0.0.1,docker",
    });
  });
});
