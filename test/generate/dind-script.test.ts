import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { type DindScriptRequest, type DindTarget, generateDindScript } from "../../server/src/generate/dind-script.js";
import { scriptLines } from "../../server/src/generate/script-quoting.js";
import { english } from "../../server/src/text/message.js";
import { needs } from "../support/programs.js";
import { hostileValue, hostileValues } from "./hostile-values.js";
import { posixShells, runScripts, type ScriptRun } from "./run-scripts.js";

const targets: readonly DindTarget[] = ["config.toml", ".gitlab-ci.yml"];

/** The script as the runner gets it from its file. */
function read(lines: string, target: DindTarget): string {
  const file: unknown = target === "config.toml" ? parseToml(`[[runners]]\n${lines}`) : parseYaml(lines);
  if (target === "config.toml") {
    const { runners } = file as { runners: { pre_build_script: string }[] };
    return runners[0]?.pre_build_script ?? "";
  }
  return (file as { before_script: string[] }).before_script.join("\n");
}

function generated(request: Omit<DindScriptRequest, "target">, target: DindTarget): string {
  const made = generateDindScript({ ...request, target });
  if ("problem" in made) throw new Error(english(made.problem));
  const text = read(scriptLines(made.script, target), target);
  expect(text.trimEnd()).toBe(made.script);
  return text;
}

function rotated<T>(values: readonly T[]): (readonly [T, T, T])[] {
  const at = (index: number) => values[index % values.length] as T;
  return values.map((value, index) => [value, at(index + 7), at(index + 13)]);
}

const written = rotated(hostileValues);
const sampled = fc.sample(fc.tuple(hostileValue, hostileValue, hostileValue), 150);
const triples = [...written, ...sampled];

function proxiesOf(config: string | undefined): unknown {
  const file: unknown = JSON.parse(config ?? "null");
  return (file as { proxies: { default: unknown } }).proxies.default;
}

describe.runIf(needs("dash", "bash", "busybox"))("a script in a POSIX shell", () => {
  describe.each(posixShells)("%s", (shell) => {
    it.each(targets)("writes given values exactly, from %s", (target) => {
      const runs = triples.map(([httpProxy, httpsProxy, noProxy]): ScriptRun => {
        return { script: generated({ httpProxy, httpsProxy, noProxy }, target) };
      });
      runScripts(shell, runs).forEach(({ config, status }, index) => {
        const [httpProxy, httpsProxy, noProxy] = triples[index] ?? [];
        expect(status).toBe(0);
        expect(proxiesOf(config)).toStrictEqual({ httpProxy, httpsProxy, noProxy });
      });
    });

    it.each(targets)("writes the job's variables exactly but for control characters, from %s", (target) => {
      const script = generated({}, target);
      const few = [...written, ...sampled.slice(0, 60)].filter((values) => values.every((v) => v.length < 10_000));
      const runs = few.map(([HTTP_PROXY, HTTPS_PROXY, NO_PROXY]): ScriptRun => {
        return { script, environment: { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } };
      });
      runScripts(shell, runs).forEach(({ config, status }, index) => {
        const [httpProxy, httpsProxy, noProxy] = (few[index] ?? []).map(withoutControls);
        expect(status).toBe(0);
        expect(proxiesOf(config)).toStrictEqual({ httpProxy, httpsProxy, noProxy });
      });
    });

    it("stays valid JSON where a variable is unset or has several lines", () => {
      const script = generated({}, "config.toml");
      const [outcome] = runScripts(shell, [{ script, environment: { HTTP_PROXY: "http://a:1\n", NO_PROXY: "a,\nb" } }]);
      expect(proxiesOf(outcome?.config)).toStrictEqual({ httpProxy: "http://a:1", httpsProxy: "", noProxy: "a,b" });
    });

    it("ends the job where the folder cannot be made", () => {
      const script = generated({ httpProxy: "http://a:1" }, "config.toml");
      const [outcome] = runScripts(shell, [{ script: `: > .docker\n${script}` }]);
      expect(outcome?.status).not.toBe(0);
    });
  });
});

function withoutControls(text: string): string {
  // The shells see bytes: of a two-byte character such as U+0085 no byte is a control character.
  return text.replace(/\p{Cc}/gu, (c) => (c < "\u0080" ? "" : c));
}

describe.runIf(needs("jq", "dash", "bash", "busybox"))("a script that keeps what the file holds", () => {
  const before = '{"auths":{"registry.corp.example":{"auth":"eDp5"}},"proxies":{"default":{"ftpProxy":"http://f:1"}}}';

  it.each(posixShells)("keeps logins in %s", (shell) => {
    const some = [...written.slice(4, 16), ...sampled.slice(0, 12)];
    const runs = some.flatMap(([httpProxy, httpsProxy, noProxy]): ScriptRun[] => [
      { script: generated({ httpProxy, httpsProxy, noProxy, keepAuths: true }, "config.toml"), before },
      {
        script: generated({ keepAuths: true }, ".gitlab-ci.yml"),
        ...(httpProxy.length < 10_000 && { environment: { HTTP_PROXY: httpProxy } }),
      },
    ]);
    const outcomes = runScripts(shell, runs);
    some.forEach(([httpProxy, httpsProxy, noProxy], index) => {
      const fixed = JSON.parse(outcomes[2 * index]?.config ?? "null");
      expect(fixed).toStrictEqual({
        auths: { "registry.corp.example": { auth: "eDp5" } },
        proxies: { default: { httpProxy, httpsProxy, noProxy } },
      });
      const fresh = JSON.parse(outcomes[2 * index + 1]?.config ?? "null");
      const expected = httpProxy.length < 10_000 ? httpProxy : "";
      expect(fresh).toStrictEqual({ proxies: { default: { httpProxy: expected, httpsProxy: "", noProxy: "" } } });
    });
  });
});

describe.runIf(needs("docker", "bash"))("the docker client", () => {
  it("reads what the scripts write", () => {
    const runs = written.flatMap(([httpProxy, httpsProxy, noProxy]): ScriptRun[] => [
      { script: generated({ httpProxy, httpsProxy, noProxy }, "config.toml") },
      {
        script: generated({}, "config.toml"),
        environment: { HTTP_PROXY: httpProxy.slice(0, 1000), NO_PROXY: noProxy },
      },
    ]);
    const configs = runScripts("bash", runs.slice(0, 40)).map(({ config }) => config ?? "");
    expect(configs.map(complaint).filter((text) => text !== "")).toEqual([]);
    expect(complaint("{")).toMatch(/Error parsing config file/);
  });

  function complaint(config: string): string {
    const folder = mkdtempSync(join(tmpdir(), "docker-config-"));
    try {
      writeFileSync(join(folder, "config.json"), config);
      return spawnSync("docker", ["--config", folder, "--version"], { encoding: "utf8" }).stderr;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});

describe("the request", () => {
  it.each(["httpProxy", "httpsProxy", "noProxy"])("refuses a line break in %s", (name) => {
    for (const value of ["a\nb", "a\r", "\n"]) {
      const made = generateDindScript({ target: "config.toml", [name]: value });
      expect("problem" in made && english(made.problem)).toBe(`${name} holds a line break; write it on one line.`);
    }
  });

  it("takes one address for both kinds of URL, and a list alone", () => {
    expect(generated({ httpProxy: "http://a:1" }, "config.toml")).toContain('"httpsProxy":"http://a:1"');
    expect(generated({ httpsProxy: "http://a:1" }, "config.toml")).toContain('"httpProxy":"http://a:1"');
    expect(generated({ noProxy: "x" }, "config.toml")).toContain('{"proxies":{"default":{"noProxy":"x"}}}');
  });

  it("gives both files the same script", () => {
    fc.assert(
      fc.property(hostileValue, fc.constantFrom("sh", "bash", "pwsh"), (httpProxy, shell) => {
        expect(generated({ httpProxy, shell }, "config.toml").trimEnd()).toBe(
          generated({ httpProxy, shell }, ".gitlab-ci.yml").trimEnd(),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("writes PowerShell in ASCII, where no typographic quote can end a string", () => {
    for (const [httpProxy, , noProxy] of triples) {
      const script = generated({ httpProxy, noProxy, shell: "pwsh" }, "config.toml");
      const [, json] = /'(.*)'\)\s*$/.exec(script) ?? [];
      expect(json).toMatch(/^[\x20-\x7e]*$/);
      expect(json).not.toContain("'");
      expect(proxiesOf(json)).toMatchObject({ httpProxy, noProxy });
    }
  });

  it("does not promise PowerShell what it cannot keep", () => {
    expect(generateDindScript({ target: "config.toml", shell: "pwsh", keepAuths: true })).toHaveProperty("problem");
  });
});
