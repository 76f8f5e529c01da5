import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { fixed, fixedScript, script, snippet, write } from "./insertions.js";

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
