import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import {
  fillSnippet,
  type GivenValues,
  generateSnippet,
  type SnippetId,
  snippetIds,
} from "../../server/src/generate/snippets.js";
import { plainText, snippetText } from "../../server/src/generate/template.js";
import { english } from "../../server/src/text/message.js";
import { needs } from "../support/programs.js";
import { hostileValue } from "./hostile-values.js";

const docker0 = "172.17.0.1";

function text(id: SnippetId, given: GivenValues = {}): string {
  const made = generateSnippet(id, given, docker0);
  if ("problem" in made) throw new Error(english(made.problem));
  return made.text;
}

const values = fc.record({ httpProxy: hostileValue, httpsProxy: hostileValue, noProxy: hostileValue });

function bothCases({ httpProxy, httpsProxy, noProxy }: Required<Omit<GivenValues, "docker0">>): Record<string, string> {
  return {
    HTTP_PROXY: httpProxy,
    HTTPS_PROXY: httpsProxy,
    NO_PROXY: noProxy,
    http_proxy: httpProxy,
    https_proxy: httpsProxy,
    no_proxy: noProxy,
  };
}

describe("a snippet says to its reader what was given", () => {
  it("runner-config, whose entries the runner expands", () => {
    fc.assert(
      fc.property(values, (given) => {
        const { environment } = parseToml(text("runner-config", given)) as { environment: string[] };
        const read = environment.map((entry) => {
          const at = entry.indexOf("=");
          return [entry.slice(0, at), entry.slice(at + 1).replaceAll("$$", "$")];
        });
        expect(Object.fromEntries(read)).toEqual(bothCases(given));
      }),
    );
  });

  it("docker-config and daemon", () => {
    fc.assert(
      fc.property(values, (given) => {
        expect(JSON.parse(text("docker-config", given))).toEqual({ proxies: { default: given } });
        expect(JSON.parse(text("daemon", given))).toEqual({
          proxies: { "http-proxy": given.httpProxy, "https-proxy": given.httpsProxy, "no-proxy": given.noProxy },
        });
      }),
    );
  });

  it("dind-service, whose variables GitLab expands", () => {
    fc.assert(
      fc.property(values, (given) => {
        const { variables } = parseYaml(text("dind-service", given)) as { variables: Record<string, string> };
        const read = Object.entries(variables).filter(([name]) => /_proxy$/i.test(name));
        const plain = read.map(([name, value]) => [name, value.replaceAll("$$", "$")]);
        expect(Object.fromEntries(plain)).toEqual(bothCases(given));
      }),
    );
  });

  it("docker-dropin, with systemd's quoting", () => {
    const given = { httpProxy: 'http://u:p%40"x\\y@h:1', noProxy: "a, $b" };
    expect(text("docker-dropin", given)).toContain(
      'Environment="HTTP_PROXY=http://u:p%%40\\"x\\\\y@h:1"\nEnvironment="HTTPS_PROXY=http://u:p%%40\\"x\\\\y@h:1"\nEnvironment="NO_PROXY=a, $b"\n',
    );
  });
});

describe("values", () => {
  it("give every address a scheme and both letter cases to containers", () => {
    expect(parseToml(text("runner-config"))).toEqual({
      pre_get_sources_script: 'git config --global http.proxy "$HTTP_PROXY"',
      environment: [
        "HTTP_PROXY=http://172.17.0.1:3128",
        "HTTPS_PROXY=http://172.17.0.1:3128",
        "NO_PROXY=localhost,127.0.0.1,docker",
        "http_proxy=http://172.17.0.1:3128",
        "https_proxy=http://172.17.0.1:3128",
        "no_proxy=localhost,127.0.0.1,docker",
      ],
    });
  });

  it("follow the docker0 address", () => {
    for (const id of ["cntlm", "docker-dropin", "runner-dropin", "runner-config", "docker-config", "daemon"] as const) {
      expect(text(id, { docker0: "10.200.0.1" })).toContain("10.200.0.1:3128");
      expect(text(id, { docker0: "10.200.0.1" })).not.toContain("172.17");
    }
  });

  it("make a proxy elsewhere cntlm's parent, and one on docker0 its own address", () => {
    expect(text("cntlm", { httpProxy: "http://proxy.corp.example:8080/" })).toMatch(
      /^Proxy +proxy\.corp\.example:8080$(?:.|\n)*^Listen +172\.17\.0\.1:3128$/m,
    );
    expect(text("cntlm", { httpProxy: "http://172.17.0.1:3129" })).toMatch(/^Listen +172\.17\.0\.1:3129$/m);
  });

  it("tell cntlm each proxy that it can be told, and refuse others", () => {
    const parent = (values: object) => /^Proxy +(.*)$/m.exec(text("cntlm", values))?.[1];
    expect(parent({ httpsProxy: "http://proxy.corp.example:8080" })).toBe("proxy.corp.example:8080");
    expect(parent({ httpProxy: "http://proxy.corp.example" })).toBe("proxy.corp.example:80");
    expect(parent({ httpProxy: "https://proxy.corp.example/" })).toBe("proxy.corp.example:443");
    expect(parent({ httpProxy: "http://u:p@s/w@proxy.corp.example:8080" })).toBe("proxy.corp.example:8080");
    const six = generateSnippet("cntlm", { httpProxy: "http://[fd00::1]:8080" }, "172.17.0.1");
    expect("problem" in six && english(six.problem)).toMatch(/^cntlm takes its parent proxies/);
  });

  it("write no empty NoProxy, which cntlm passes over", () => {
    expect(text("cntlm", { noProxy: "" })).not.toContain("NoProxy");
  });

  it("keep IPv6 addresses and blocks of other sizes in cntlm's list", () => {
    expect(
      text("cntlm", { noProxy: "fd00::1,[fd00::2]:80,172.16.5.0/14,10.1.2.3/32,10.1.2.252/30,10.0.0.0/9" }),
    ).toMatch(
      /^NoProxy +fd00::1, \[fd00::2\], 172\.16\.\*, 172\.17\.\*, 172\.18\.\*, 172\.19\.\*, 10\.1\.2\.3, 10\.1\.2\.252, 10\.1\.2\.253, 10\.1\.2\.254, 10\.1\.2\.255$/m,
    );
  });

  it("turn a bypass list into cntlm's wildcards", () => {
    expect(
      text("cntlm", { noProxy: "localhost,.corp.example,10.0.0.0/8,docker:2375, docker:2376,2001:db8::/32" }),
    ).toMatch(/^NoProxy +localhost, \*\.corp\.example, 10\.\*, docker$/m);
  });

  it.each(snippetIds)("with a line break are refused: %s", (id) => {
    expect(generateSnippet(id, { noProxy: "a\nb" }, docker0)).toHaveProperty("problem");
  });
});

describe("tab stops", () => {
  it.each(snippetIds)("leave the plain text once they are resolved: %s", (id) => {
    fc.assert(
      fc.property(values, (any) => {
        // cntlm cannot be told any text as its parent.
        const given = id === "cntlm" ? { ...any, httpProxy: "http://proxy.corp.example:8080" } : any;
        const filled = fillSnippet(id, given, docker0);
        if ("problem" in filled) throw new Error(english(filled.problem));
        expect(resolved(snippetText(filled.template))).toBe(plainText(filled.template));
      }),
      { numRuns: 50 },
    );
  });

  it("are one for one value", () => {
    const filled = fillSnippet("docker-config", {}, docker0);
    if ("problem" in filled) throw new Error(english(filled.problem));
    expect(snippetText(filled.template)).toContain(
      '"httpProxy": "\u0024{1:http://172.17.0.1:3128}",\n      "httpsProxy": "\u0024{1}",\n      "noProxy": "\u0024{2:localhost,127.0.0.1,docker}"',
    );
  });

  /** What an editor makes of a snippet of plain placeholders. */
  function resolved(snippet: string): string {
    const texts = new Map<string, string>();
    const unescaped = (part: string) => part.replace(/\\([\\$}])/g, "$1");
    return snippet.replace(/\\([\\$}])|\$\{(\d+)(?::((?:\\[\\$}]|[^\\}])*))?\}/g, (_, escaped, stop, placeholder) => {
      if (escaped !== undefined) return escaped;
      if (placeholder !== undefined) texts.set(stop, unescaped(placeholder));
      return texts.get(stop) ?? "";
    });
  }
});

describe.runIf(needs("cntlm"))("cntlm", () => {
  it("starts with the snippet and listens where it says", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cntlm-"));
    const file = join(folder, "cntlm.conf");
    writeFileSync(
      file,
      text("cntlm", { docker0: "127.0.0.1", httpProxy: "http://127.0.0.1:38471" }).replace(
        /^Proxy.*/m,
        "Proxy 10.0.0.41:8080",
      ),
    );
    const child = spawn("cntlm", ["-f", "-v", "-c", file]);
    try {
      const output = await new Promise<string>((resolve) => {
        let all = "";
        const more = (chunk: Buffer) => {
          all += chunk.toString();
          if (/staying in the foreground/.test(all)) resolve(all);
        };
        child.stdout.on("data", more);
        child.stderr.on("data", more);
        child.on("close", () => resolve(all));
      });
      expect(output).toContain("Proxy listening on 127.0.0.1:38471");
      expect(output).not.toMatch(/Ignoring/);
    } finally {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
