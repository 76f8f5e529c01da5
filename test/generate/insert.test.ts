import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { type DindScriptRequest, generateDindScript } from "../../server/src/generate/dind-script.js";
import { type Insertion, insertDindScript, insertSnippet, listSnippets } from "../../server/src/generate/insert.js";
import type { SnippetId } from "../../server/src/generate/snippets.js";
import { defaultOptions, type EngineOptions } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { applyEdits } from "../../server/src/text/span.js";
import { serviceOf, uriOf } from "../support/engine.js";

const paths = {
  toml: "etc/gitlab-runner/config.toml",
  cntlm: "etc/cntlm.conf",
  docker: "etc/systemd/system/docker.service.d/http-proxy.conf",
  runner: "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf",
  client: "root/.docker/config.json",
  daemon: "etc/docker/daemon.json",
  ci: "project/.gitlab-ci.yml",
} as const;
type Name = keyof typeof paths;

interface Around {
  readonly others?: Partial<Record<Name, string>>;
  readonly options?: Partial<EngineOptions>;
}

/** `⌖` in a text marks the cursor. */
function prepare(name: Name, marked: string, { others = {}, options = {} }: Around) {
  const offset = Math.max(0, marked.indexOf("⌖"));
  const text = marked.replace("⌖", "");
  const files = Object.entries({ ...others, [name]: text }).map(([key, value]): [string, string] => {
    return [paths[key as Name], value];
  });
  return { offset, text, service: serviceOf(files, { ...defaultOptions, ...options }), uri: uriOf(paths[name]) };
}

function snippet(id: SnippetId, name: Name, marked: string, around: Around = {}): string {
  const { offset, text, service, uri } = prepare(name, marked, around);
  return applied(text, insertSnippet(service, uri, id, {}, offset));
}

function script(name: "toml" | "ci", marked: string, request: Omit<DindScriptRequest, "target"> = {}): string {
  const { offset, text, service, uri } = prepare(name, marked, {});
  const target = name === "toml" ? "config.toml" : ".gitlab-ci.yml";
  return applied(text, insertDindScript(service, uri, { target, ...request }, offset));
}

function applied(text: string, insertion: Insertion): string {
  if ("problem" in insertion) return `problem: ${english(insertion.problem)}`;
  const edits = insertion.edits.map(({ span, newText, snippet: stops }) => ({
    span,
    newText: stops ? resolved(newText) : newText,
  }));
  return applyEdits(text, edits);
}

function resolved(snippetText: string): string {
  const texts = new Map<string, string>();
  return snippetText.replace(/\\([\\$}])|\$\{(\d+)(?::([^}]*))?\}/g, (_, escaped, stop, text) => {
    if (escaped !== undefined) return escaped;
    if (text !== undefined) texts.set(stop, text);
    return texts.get(stop) ?? "";
  });
}

const proxy = "http://172.17.0.1:3128";
const write = (values: object) =>
  `printf '%s\\n' '${JSON.stringify({ proxies: { default: values } })}' > "$HOME/.docker/config.json"`;
const fixed = { httpProxy: "http://a:1", httpsProxy: "http://a:1", noProxy: "docker" };
const fixedScript = `mkdir -p "$HOME/.docker"\n${write(fixed)}`;
const variables = generateDindScript({ target: "config.toml" });
const variablesScript = "script" in variables ? variables.script : "";

describe("config.toml", () => {
  const environment = (indent: string) =>
    [
      "environment = [",
      ...["HTTP_PROXY", "HTTPS_PROXY"].map((name) => `  "${name}=${proxy}",`),
      '  "NO_PROXY=localhost,127.0.0.1,docker",',
      ...["http_proxy", "https_proxy"].map((name) => `  "${name}=${proxy}",`),
      '  "no_proxy=localhost,127.0.0.1,docker",',
      "]",
    ]
      .map((line) => `${indent}${line}\n`)
      .join("");
  const sources = `pre_get_sources_script = 'git config --global http.proxy "$HTTP_PROXY"'\n`;

  it("takes the keys above the first sub-table of the runner that the cursor is in", () => {
    const head = `concurrent = 1\n\n[[runners]]\n  name = "a"\n  [runners.docker]\n    image = "x"\n\n[[runners]]\n  name = "b" # second\n`;
    const tail = `\n  [runners.docker]\n    image⌖ = "y"\n`;
    expect(snippet("runner-config", "toml", head + tail)).toBe(
      `${head}  ${sources}${environment("  ")}${tail.replace("⌖", "")}`,
    );
  });

  it("gets a runner where there is none, and a line end where the last line has none", () => {
    expect(snippet("runner-config", "toml", "concurrent = 1")).toBe(
      `concurrent = 1\n\n[[runners]]\n  ${sources}${environment("  ")}`,
    );
    expect(snippet("runner-config", "toml", '[[runners]]\n\tname = "a"')).toBe(
      `[[runners]]\n\tname = "a"\n\t${sources}${environment("\t")}`,
    );
  });

  it("keeps CR LF", () => {
    const text = snippet("runner-config", "toml", '[[runners]]\r\n  name = "a"\r\n');
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("has its environment completed, not replaced", () => {
    const text = `[[runners]]\n  pre_get_sources_script = "true"\n  environment = ["HTTP_PROXY=http://own:1", "X=1"] # keep\n`;
    const after = snippet("runner-config", "toml", text);
    const { runners } = parseToml(after) as { runners: { environment: string[]; pre_get_sources_script: string }[] };
    expect(runners[0]?.pre_get_sources_script).toBe("true");
    expect(runners[0]?.environment.slice(0, 2)).toEqual(["HTTP_PROXY=http://own:1", "X=1"]);
    expect(
      runners[0]?.environment
        .slice(2)
        .map((entry) => entry.split("=")[0])
        .sort(),
    ).toEqual(["HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"].sort());
    expect(after).toContain("# keep");
    expect(snippet("runner-config", "toml", after)).toBe("problem: The runner has all of this already.");
  });

  it("gets the dind script as a new key", () => {
    expect(script("toml", '[[runners]]\n  name = "a"\n  [runners.docker]\n', fixed)).toBe(
      `[[runners]]\n  name = "a"\n  pre_build_script = '''\n${fixedScript}\n'''\n  [runners.docker]\n`,
    );
  });

  it.each([
    ["a plain command", "apk add git", `apk add git && ${fixedScript.replace("\n", " && ")} || exit`],
    ["a list of commands", "apk add git && date", `apk add git && date\n${fixedScript}`],
    ["a condition", "[ -f ~/x ]", `[ -f ~/x ]\n${fixedScript}`],
    [
      "a generated one that was joined",
      `date && ${fixedScript.replaceAll("a:1", "old:1").replace("\n", " && ")} || exit`,
      `date && ${fixedScript.replace("\n", " && ")} || exit`,
    ],
    [
      "a joined one that took the job's variables",
      `date &&\n${variablesScript.replaceAll("\n", " &&\n").replace("\\ &&", "\\")} || exit`,
      `date && ${fixedScript.replace("\n", " && ")} || exit`,
    ],
    [
      "the guide's",
      'mkdir -p $HOME/.docker/ && echo "{ \\\\"proxies\\\\": {} }" > $HOME/.docker/config.json',
      fixedScript,
    ],
    [
      "a generated one among others",
      `set -x\n${fixedScript.replaceAll("a:1", "old:1")}\necho done`,
      `set -x\necho done\n${fixedScript}`,
    ],
    [
      "the guide's behind another",
      'true && mkdir -p ~/.docker && echo "{ proxies }" > ~/.docker/config.json && date',
      `true && date\n${fixedScript}`,
    ],
    ["a login, which adds to the file", "docker login -u x", `${fixedScript}\ndocker login -u x`],
    [
      "logins written by hand",
      "echo $AUTH > ~/.docker/config.json",
      `echo $AUTH > ~/.docker/config.json && ${fixedScript.replace("\n", " && ")} || exit`,
    ],
    [
      "one inside a condition",
      "if true; then echo proxies > ~/.docker/config.json; date; fi",
      `if true; then echo proxies > ~/.docker/config.json; date; fi\n${fixedScript}`,
    ],
  ])("has the script that it holds mended: %s", (_, before, after) => {
    const quoted = JSON.stringify(before);
    const result = script("toml", `[[runners]]\n  pre_build_script = ${quoted} # note\n  name = "a"\n`, fixed);
    const { runners } = parseToml(result) as { runners: { pre_build_script: string }[] };
    expect(runners[0]?.pre_build_script.trimEnd()).toBe(after);
    expect(result).toMatch(/# note\n {2}name = "a"\n$/);
    const again = script("toml", result, fixed);
    expect(["problem: The runner has this script already.", result]).toContain(again);
  });

  it("gets the dind script as a snippet too", () => {
    const text = '[[runners]]\n  name = "a"\n  pre_build_script = "set -x"\n';
    expect(snippet("pre-build-script", "toml", text)).toBe(script("toml", text));
  });

  it("keeps CR LF out of a joined script", () => {
    const after = script("toml", '[[runners]]\r\n  pre_build_script = "date"\r\n', fixed);
    const { runners } = parseToml(after) as { runners: { pre_build_script: string }[] };
    expect(runners[0]?.pre_build_script).toBe(`date && ${fixedScript.replace("\n", " && ")} || exit`);
    expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it.each(['runners = [{name = "a"}]\n', '[runners]\n  name = "a"\n'])(
    "is left alone where no [[runners]] can take it: %s",
    (text) => {
      expect(snippet("runner-config", "toml", text)).toMatch(/^problem: Write the runners as/);
      expect(script("toml", text, fixed)).toMatch(/^problem: Write the runners as/);
    },
  );

  it("is mended inside an inline table too", () => {
    const after = script("toml", 'runners = [{name = "a", pre_build_script = "date"}]\n', fixed);
    const { runners } = parseToml(after) as { runners: { pre_build_script: string }[] };
    expect(runners[0]?.pre_build_script).toContain("date && mkdir");
  });

  it("is left alone where the script that it holds does not end", () => {
    expect(script("toml", `[[runners]]\n  pre_build_script = "echo '"\n`, fixed)).toMatch(/^problem: .* does not end/);
  });

  it("speaks the runner's shell", () => {
    expect(script("toml", '[[runners]]\n  shell = "pwsh"\n')).toContain("[IO.File]::WriteAllText");
    expect(script("toml", '[[runners]]\n  shell = "cmd"\n')).toMatch(/^problem: This runner's shell is cmd/);
    const twice = script(
      "toml",
      script("toml", '[[runners]]\n  shell = "pwsh"\n  pre_build_script = "Get-Date"\n'),
      fixed,
    );
    expect(twice.match(/WriteAllText/g)).toHaveLength(1);
    expect(twice).toContain("Get-Date");
  });
});

describe("drop-ins", () => {
  const lines = `Environment="HTTP_PROXY=${proxy}"\nEnvironment="HTTPS_PROXY=${proxy}"\nEnvironment="NO_PROXY=localhost,127.0.0.1,docker"\n`;

  it("get the whole block into an empty file", () => {
    expect(snippet("docker-dropin", "docker", "")).toMatch(/^# .*\n# .*restart docker\n\[Service\]\n/);
    expect(snippet("runner-dropin", "runner", "")).toContain(`[Service]\n${lines}`);
  });

  it("do without NO_PROXY where it is not wanted", () => {
    expect(snippet("docker-dropin-addresses", "docker", "")).not.toContain("NO_PROXY");
    const text = '[Service]\nEnvironment="HTTP_PROXY=http://own:1"\n';
    expect(snippet("docker-dropin-addresses", "docker", text)).toBe(`${text}Environment="HTTPS_PROXY=http://own:1"\n`);
  });

  it("have the lines that they lack added to their [Service]", () => {
    const text = `[Unit]\nAfter=x\n\n[Service]\nEnvironment="HTTP_PROXY=http://own:1"\n\n[Install]\nWantedBy=y\n`;
    const after = snippet("docker-dropin", "docker", text);
    expect(after).toContain('Environment="HTTP_PROXY=http://own:1"\nEnvironment="HTTPS_PROXY=http://own:1"');
    expect(after).toMatch(/\[Service\]\n(Environment=.*\n){3}\n\[Install\]\nWantedBy=y\n$/);
    expect(snippet("docker-dropin", "docker", after)).toBe("problem: The file holds all of this already.");
  });
});

describe("drop-ins that take variables back", () => {
  it("get the lines below an empty Environment=", () => {
    const text = '[Service]\nEnvironment="HTTP_PROXY=http://own:1"\nEnvironment=\n';
    const after = snippet("docker-dropin", "docker", text);
    expect(after.startsWith(`${text}Environment="HTTP_PROXY=`)).toBe(true);
    expect(snippet("docker-dropin", "docker", after)).toBe("problem: The file holds all of this already.");
  });

  it("are left alone where UnsetEnvironment= names one", () => {
    expect(snippet("docker-dropin", "docker", "[Service]\nUnsetEnvironment=HTTP_PROXY\n")).toMatch(
      /^problem: There is no place/,
    );
  });

  it("get no variable that they have in the other letter case", () => {
    const text = '[Service]\nEnvironment="http_proxy=http://own:1" "https_proxy=http://own:1"\n';
    expect(snippet("docker-dropin-addresses", "docker", text)).toBe("problem: The file holds all of this already.");
  });
});

describe("Docker's JSON", () => {
  it("gets the whole object into an empty file", () => {
    expect(JSON.parse(snippet("docker-config", "client", ""))).toEqual({
      proxies: { default: { httpProxy: proxy, httpsProxy: proxy, noProxy: "localhost,127.0.0.1,docker" } },
    });
  });

  it("keeps what it holds", () => {
    const auths = { "registry.corp.example": {} };
    for (const text of [
      JSON.stringify({ auths }),
      JSON.stringify({ auths, proxies: {} }, null, 4),
      JSON.stringify({ auths, proxies: { default: {} } }, null, "\t"),
      JSON.stringify({ auths, proxies: { default: { httpProxy: "http://own:1" } } }, null, 2),
    ]) {
      const own = text.includes("own");
      expect(JSON.parse(snippet("docker-config", "client", text))).toEqual({
        auths,
        proxies: {
          default: {
            httpProxy: own ? "http://own:1" : proxy,
            httpsProxy: own ? "http://own:1" : proxy,
            noProxy: "localhost,127.0.0.1,docker",
          },
        },
      });
    }
  });

  it("knows the client's keys in any letter case", () => {
    const text =
      '{"Proxies": {"default": {"HTTPProxy": "http://own:1", "HttpsProxy": "http://own:1", "NOPROXY": "a"}}}';
    expect(snippet("docker-config", "client", text)).toBe("problem: The file holds all of this already.");
  });

  it.each(['{"proxies": null}', '{"proxies": {"default": null}}', '{"proxies": {"default": {"httpProxy": null}}}'])(
    "puts values in the place of nothing: %s",
    (text) => {
      expect(JSON.parse(snippet("docker-config", "client", text))).toEqual({
        proxies: { default: { httpProxy: proxy, httpsProxy: proxy, noProxy: "localhost,127.0.0.1,docker" } },
      });
    },
  );

  it("keeps keys that it does not know", () => {
    const after = snippet("docker-config", "client", '{"proxies": {"default": {"other": 5}}}');
    expect(JSON.parse(after)).toMatchObject({ proxies: { default: { other: 5, httpProxy: proxy } } });
  });

  it("tells the two files apart", () => {
    expect(JSON.parse(snippet("daemon", "daemon", "{}"))).toEqual({
      proxies: { "http-proxy": proxy, "https-proxy": proxy, "no-proxy": "localhost,127.0.0.1,docker" },
    });
    expect(snippet("daemon", "client", "{}")).toBe("problem: This block belongs into daemon.json.");
  });
});

describe("cntlm.conf", () => {
  it("gets the options that it lacks", () => {
    const after = snippet(
      "cntlm",
      "cntlm",
      "Username a\nPassNTLMv2 0123456789ABCDEF0123456789ABCDEF\nProxy p:8080\nListen 3128",
    );
    expect(after).toMatch(
      /^Username a\nPassNTLMv2 .*\nProxy p:8080\nListen 3128\n\nDomain +corp-uk\nNoProxy .*\n# .*\nListen +172\.17\.0\.1:3128\n$/,
    );
    expect(snippet("cntlm", "cntlm", after)).toBe("problem: The file holds all of this already.");
  });
});

describe("a last line of cntlm.conf that does not end", () => {
  it("counts, since lines follow it", () => {
    const after = snippet("cntlm", "cntlm", "Domain d\nUsername a");
    expect(after).toMatch(/^Domain d\nUsername a\n\n# /);
    expect(after.match(/^Username/gm)).toHaveLength(1);
    expect(snippet("cntlm", "cntlm", after)).toBe("problem: The file holds all of this already.");
  });
});

describe(".gitlab-ci.yml", () => {
  const item = (indent: string) =>
    `${indent}- |\n${fixedScript
      .split("\n")
      .map((line) => `${indent}  ${line}\n`)
      .join("")}`;

  it("gets a before_script in the job that the cursor is in", () => {
    const text = "a:\n  script: [x]\n\nb:\n    # note\n    script:\n    - y⌖\n";
    expect(script("ci", text, fixed)).toBe(
      `a:\n  script: [x]\n\nb:\n    before_script:\n${item("      ")}    # note\n    script:\n    - y\n`,
    );
  });

  it("gets one in default, else at the top level, where the cursor is in no job", () => {
    expect(script("ci", "⌖stages: [a]\ndefault:\n  image: x\na:\n  script: x\n", fixed)).toBe(
      `stages: [a]\ndefault:\n  before_script:\n${item("    ")}  image: x\na:\n  script: x\n`,
    );
    expect(script("ci", "⌖stages: [a]\na:\n  script: x", fixed)).toBe(
      `stages: [a]\na:\n  script: x\n\nbefore_script:\n${item("  ")}`,
    );
  });

  it.each([
    ["behind the others", ["echo a", "echo b"], ["echo a", "echo b", fixedScript]],
    [
      "in the place of the guide's",
      ["mkdir -p $HOME/.docker/", `'echo "{ \\"proxies\\": {} }" > $HOME/.docker/config.json'`, "echo b"],
      ["echo b", fixedScript],
    ],
    [
      "in the place of its own",
      [`|\n      ${write({ httpProxy: "http://old:1" })}`, "echo b"],
      ["echo b", fixedScript],
    ],
    [
      "beside what an item also does",
      ["apk add git && echo proxies > ~/.docker/config.json && date"],
      ["apk add git && date", fixedScript],
    ],
    ["before a login", ["docker login x", "echo b"], [fixedScript, "docker login x", "echo b"]],
  ])("has it %s", (_, before, after) => {
    const text = `a:\n  before_script: # first\n${before.map((line) => `    - ${line}\n`).join("")}  script: x⌖\n`;
    const result = script("ci", text, fixed);
    const read = parseYaml(result) as { a: { before_script: string[]; script: string } };
    expect(read.a.before_script.map((line) => line.trimEnd())).toEqual(after);
    expect(read.a.script).toBe("x");
    expect(result).toContain("before_script: # first\n");
  });

  it.each([
    ["with an anchor", ".a: &a\n  image: x⌖\nb:\n  script: y\n", ".a: &a\n", "  image: x\nb:\n  script: y\n"],
    ["called pages", "pages:\n  script: x⌖\n", "pages:\n", "  script: x\n"],
    ["with colons", "build:a:b#c:\n  script: x⌖\n", "build:a:b#c:\n", "  script: x\n"],
    [
      "that merges",
      "a: &a\n  image: x\nb:\n  <<: *a\n  script: y⌖\n",
      "a: &a\n  image: x\nb:\n  <<: *a\n",
      "  script: y\n",
    ],
  ])("gets one in a job %s", (_, text, head, tail) => {
    expect(script("ci", text, fixed)).toBe(`${head}  before_script:\n${item("    ")}${tail}`);
  });

  it("goes into a list with an anchor", () => {
    expect(script("ci", "a:\n  before_script: &b\n    - date\n  script: x⌖\n", fixed)).toBe(
      `a:\n  before_script: &b\n    - date\n${item("    ")}  script: x\n`,
    );
  });

  it("comes before the end of the document", () => {
    expect(script("ci", "⌖stages: []\na:\n  script: x\n...\n", fixed)).toBe(
      `stages: []\na:\n  script: x\n\nbefore_script:\n${item("  ")}...\n`,
    );
  });

  it.each([
    ["default", "default:\n  before_script:\n    - date\n", "", "default, before_script"],
    ["the root", "before_script:\n  - date\n", "", "before_script"],
    ["another job", ".b c:\n  before_script: [date]\n", "  extends: .b c\n", ".b c, before_script"],
  ])("keeps what the job had from %s", (_, head, own, path) => {
    const text = `${head}a:\n${own}  script: x⌖\n`;
    const after = script("ci", text, fixed);
    expect(after).toBe(`${head}a:\n  before_script:\n    - !reference [${path}]\n${item("    ")}${own}  script: x\n`);
    expect(script("ci", `${after.trimEnd()}⌖\n`, fixed)).toBe(after);
    expect(script("ci", text.replace("date", "docker login x"), fixed)).toContain(
      `  before_script:\n${item("    ")}    - !reference [${path}]\n`,
    );
    expect(
      script("ci", text.replace("  script", "  inherit: {default: false}\n  script"), fixed).includes("!reference"),
    ).toBe(own !== "");
  });

  it("leaves what a reference brings where it stands", () => {
    const head = ".b:\n  before_script:\n    - echo proxies > ~/.docker/config.json\n";
    const list = "a:\n  before_script:\n    - !reference [.b, before_script]\n";
    expect(script("ci", `${head}${list}  script: x⌖\n`, fixed)).toBe(`${head}${list}${item("    ")}  script: x\n`);
  });

  it("takes no services away from a job that has them from elsewhere", () => {
    expect(snippet("dind-service", "ci", "default:\n  services: [postgres]\na:\n  script: x⌖\n")).toMatch(
      /^problem: The job has its services from another place/,
    );
    const own = ".b:\n  services: ['docker:dind']\na:\n";
    expect(snippet("dind-service", "ci", `${own}  extends: .b\n  script: x⌖\n`)).toMatch(
      /^\.b:\n {2}services: \['docker:dind'\]\na:\n {2}variables:\n {4}DOCKER_HOST/,
    );
    expect(snippet("dind-service", "ci", "a:\n  services:\n    # no docker:dind\n    - x\n  script: x⌖\n")).toContain(
      "    - x\n    - name: docker:dind\n",
    );
  });

  it("is left alone where the place is not clear", () => {
    expect(script("ci", "a: {script: [x⌖]}\n", fixed)).toMatch(/^problem: Write `a` with one key a line/);
    expect(script("ci", "⌖default: {image: x}\na:\n  script: x\n", fixed)).toMatch(/^problem: Write `default`/);

    expect(script("ci", "a:\n  before_script: [x]\n  script: y⌖\n", fixed)).toMatch(/^problem: Write `before_script`/);
  });

  it("gets the dind service in the job that the cursor is in, merged with what it has", () => {
    const read = (text: string) =>
      parseYaml(snippet("dind-service", "ci", text)) as Record<string, Record<string, unknown>>;
    const service = { name: "docker:dind", alias: "docker" };
    const list = "localhost,127.0.0.1,docker";
    const variables = {
      DOCKER_HOST: "tcp://docker:2376",
      DOCKER_TLS_CERTDIR: "/certs",
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: "/certs/client",
      NO_PROXY: list,
      no_proxy: list,
    };
    expect(read("a:\n  script: x⌖\n").a).toEqual({ services: [service], variables, script: "x" });
    expect(
      read("a:\n  services:\n  - postgres:16\n  variables:\n    X: y\n    NO_PROXY: own\n  script: x⌖\n").a,
    ).toEqual({
      services: ["postgres:16", service],
      variables: { ...variables, X: "y", NO_PROXY: "own", no_proxy: `own,${list}` },
      script: "x",
    });
    const once = snippet("dind-service", "ci", "a:\n  script: x⌖\n");
    expect(snippet("dind-service", "ci", `⌖${once}`)).toBe("problem: The file holds all of this already.");
  });
});

describe("values", () => {
  it("come from what the host's other files say", () => {
    const others = {
      docker:
        '[Service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:8080" "HTTPS_PROXY=http://user:secret@proxy.corp.example:8080"\nEnvironment="NO_PROXY=gitlab.corp.example"\n',
    };
    const after = snippet("runner-dropin", "runner", "", { others });
    expect(after).toContain('"HTTP_PROXY=http://proxy.corp.example:8080"');
    expect(after).toContain('"NO_PROXY=gitlab.corp.example,localhost,127.0.0.1,docker"');
    expect(after).not.toContain("secret");
  });

  it("come from cntlm's Listen, not from loopback", () => {
    const others = { cntlm: "Username a\nProxy p:1\nListen 127.0.0.1:3128\nListen 172.18.0.1:3130\n" };
    expect(snippet("docker-config", "client", "", { others })).toContain('"http://172.18.0.1:3130"');
  });

  it("follow the settings", () => {
    const options = { docker0Address: "10.9.0.1", internalDomains: [".corp.example"] };
    const after = snippet("docker-config", "client", "", { options });
    expect(after).toContain('"http://10.9.0.1:3128"');
    expect(after).toContain('"localhost,127.0.0.1,docker,corp.example"');
  });
});

describe("the list", () => {
  it.each([
    ["docker", "docker-dropin"],
    ["runner", "runner-dropin"],
    ["client", "docker-config"],
    ["daemon", "daemon"],
    ["toml", "runner-config"],
    ["cntlm", "cntlm"],
    ["ci", "before-script"],
  ] as const)("begins with what belongs into %s", (name, id) => {
    const text = {
      daemon: "{}",
      client: "{}",
      toml: "[[runners]]\n",
      cntlm: "",
      ci: "job:\n  script: x\n",
      docker: "",
      runner: "",
    }[name];
    const { service, uri } = prepare(name, text, {});
    const listed = listSnippets(service, uri);
    expect(listed[0]?.id).toBe(id);
    expect(listed.filter(({ fits }) => fits).length).toBe(["client", "daemon", "cntlm"].includes(name) ? 1 : 2);
    expect(listed).toHaveLength(11);
  });
});
