// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates
import { describe, expect, it } from "vitest";
import { runnerToml } from "../../../server/src/formats/runner-toml/index.js";
import { names, problemsOf, read, textOf } from "./files.js";

describe("templates", () => {
  it.each([
    ["ansible.toml.j2", true, true],
    ["terraform.toml.tftpl", true, true],
    ["puppet.toml.erb", true, true],
    ["placeholders.toml", true, false],
    ["proxy.toml", false, false],
    ["half-typed.toml", false, false],
  ])("%s: template %s, conditional %s", (name, template, conditional) => {
    const tree = read(name);
    expect({ template: tree.template, conditional: tree.conditional }).toEqual({ template, conditional });
  });

  it("have no mistakes of their own", () => {
    for (const name of names.filter((n) => n !== "half-typed.toml")) {
      expect({ name, problems: problemsOf(textOf(name), name) }).toEqual({ name, problems: [] });
    }
  });

  it("are read around what is filled in", () => {
    const [runner] = read("ansible.toml.j2").runners;
    expect(runner?.executor?.value).toBe("docker");
    expect(runner?.url?.value).toBe('{{ runner.url | default("https://gitlab.com") }}');
    expect(runner?.table.find("token")).toMatchObject({ value: { kind: "template" } });
    expect(runner?.docker?.string("image")?.value).toBe("alpine:3.20");
    expect(runner?.docker?.strings("volumes").map((volume) => volume.value)).toEqual(["{{ volume }}"]);
    const [machine] = read("terraform.toml.tftpl").runners;
    expect(
      machine?.table
        .table("machine")
        ?.strings("MachineOptions")
        .map((option) => option.value),
    ).toEqual(["amazonec2-instance-type=${kind}", 'amazonec2-tags=${join(",", compact([tags, "ci"]))}']);
  });

  it("keep their mistakes where no line is conditional", () => {
    const text = 'concurrent = {{ n }}\n[[runners]]\nname = "a\nexecutor = "docker"\n';
    expect(problemsOf(text, "config.toml.j2")).toEqual(['"a: GitLab Runner does not start: the closing " is missing.']);
    expect(problemsOf(`{% if x %}\n${text}`, "config.toml.j2")).toEqual([]);
  });

  it.each([
    ["{{ key }} = {{ value }}", undefined],
    ["  {% if a %}limit = 1{% endif %}", "integer"],
    ["limit = 1{{ zeros }}", "template"],
    ["limit = {% if a %}1{% else %}2{% endif %}", "template"],
    ["limit = {{ a }}{{ b }} # c", "template"],
    ["limit = @LIMIT@", "template"],
    ["limit = $LIMIT", "template"],
    ["limit = %LIMIT%", "template"],
    ["limit = <%= @limit %>", "template"],
    ["limit = 1 {# so be it #}", "integer"],
    ["{# limit =\n of old #}\nlimit = 2", "integer"],
    ["[runners.{{ executor }}]\nlimit = 3", undefined],
    ["limit_{{ x }} = 3", undefined],
  ])("hold %s", (line, kind) => {
    const tree = runnerToml.parse(`[[runners]]\nname = {{ name }}\n${line}\n[runners.cache]\n`, "config.toml.j2");
    expect(tree.problems).toEqual([]);
    expect(tree.template).toBe(true);
    expect(tree.runners[0]?.table.value("limit")?.kind).toBe(kind);
    expect(tree.runners[0]?.table.table("cache")).toBeDefined();
  });

  it("are told from the marks of other programs in a plain file", () => {
    const tree = read("proxy.toml");
    expect(tree.template).toBe(false);
    const plain = `[[runners]]
name = "a"
url = "$GITLAB_URL"
environment = ["FORMAT={{.Names}}", "A=\${B}", "C=x}}"]
pre_build_script = "docker ps --format '{{.Names}}' \${A%{*}"
`;
    const { template, problems } = runnerToml.parse(plain, "config.toml");
    expect({ template, problems }).toEqual({ template: false, problems: [] });
  });

  it("are not seen in a name after a value, where the # of a comment is missing", () => {
    expect(problemsOf('[[runners]]\nname = "a" $CI_JOB_ID: the job\nlimit = 1 @here\n')).toHaveLength(2);
  });

  it("do not make a template of a broken file that holds such marks in a string", () => {
    const text = '[[runners]]\nname = "a\npre_build_script = "docker ps --format \'{{.Names}}\'"\n';
    expect(runnerToml.parse(text, "config.toml").template).toBe(false);
    expect(problemsOf(text)).toHaveLength(1);
  });
});
