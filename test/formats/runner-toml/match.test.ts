import { describe, expect, it } from "vitest";
import { detectFormat } from "../../../server/src/formats/index.js";
import { runnerToml } from "../../../server/src/formats/runner-toml/index.js";
import { names, textOf } from "./files.js";

const runner = '[[runners]]\n  url = "https://gitlab.com"\n';

describe("config.toml is recognised", () => {
  it.each([
    ["etc/gitlab-runner/config.toml", ""],
    ["home/ci/.gitlab-runner/config.toml", "# nothing yet"],
    ["C:\\GitLab-Runner\\config.toml", runner],
    ["runner/config.toml", runner],
    ["roles/runner/templates/config.toml.j2", runner],
    ["templates/runner-config.tftpl", '[runners.machine]\n  MachineDriver = "amazonec2"\n'],
    ["templates/config.toml.erb", "  [[ runners ]]\n"],
    ["runner.template", runner],
    ["runner/config.toml", '[runners]\n  token = "x"\n'],
    ["runner/config.toml", '[[runners\n  token = "x"\n'],
    ["runner/config.toml", 'runners = [{ name = "x", executor = "docker" }]\n'],
    ["templates/config.toml.j2", "concurrent = {{ n }}\ncheck_interval = 0\n"],
    ["templates/config.toml.j2", "[runners.{{ executor }}]\n"],
  ])("%s: %j", (path, text) => {
    expect(runnerToml.match(`file:///${path}`, text)).toBe(true);
  });

  it("in all fixtures", () => {
    for (const name of names) expect(detectFormat(`file:///repo/${name}`, textOf(name))?.id).toBe("runner-toml");
  });

  it.each([
    ["project/.cargo/config.toml", '[build]\ntarget = "x"\n'],
    ["project/Cargo.toml", "[package]\n"],
    ["etc/containerd/config.toml", "version = 2\n[plugins]\n"],
    ["hugo/config.toml", 'baseURL = "https://example.org"\n'],
    ["jobs/config.toml", "concurrent = 4\n"],
    ["tests/config.toml", "[runners.unit]\nparallel = true\n"],
    ["tests/config.toml", "[runner]\nparallel = true\n"],
    ["docs/runner.md", runner],
    ["gitlab-runner/values.yaml", runner],
    ["templates/nginx.conf.j2", "server {}\n"],
  ])("not in another's file: %s", (path, text) => {
    expect(runnerToml.match(`file:///${path}`, text)).toBe(false);
  });
});
