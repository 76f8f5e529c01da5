// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of GitLab
import { describe, expect, it } from "vitest";
import { gitlabCi } from "../../../server/src/formats/gitlab-ci/index.js";
import { english } from "../../../server/src/text/message.js";

const parse = (text: string, path = ".gitlab-ci.yml") => gitlabCi.parse(text, `file:///project/${path}`);
const settingsOf = (text: string) => gitlabCi.settings(parse(text));

describe("which files are GitLab's", () => {
  it.each([
    [".gitlab-ci.yml", ""],
    [".gitlab-ci.yaml", ""],
    ["build/gitlab-ci.yml", ""],
    ["ci/lint.gitlab-ci.yml", ""],
    [".gitlab-ci-full.yml", ""],
    ["gitlab-ci-docker.yml", ""],
    ["templates/.gitlab-ci.yml.j2", ""],
    [".gitlab/ci/build.yml", "build:\n  script: make\n"],
    [".gitlab-ci/variables.yml", "variables:\n  A: b\n"],
    [".gitlab/variables.yml", ".proxied:\n  # of the site\n\n  variables:\n    A: b\n"],
  ])("%s is", (path, text) => {
    expect(gitlabCi.match(`file:///project/${path}`, text)).toBe(true);
  });

  it.each([
    ["docker-compose.yml", "services:\n  db:\n    image: postgres\n"],
    [".github/workflows/ci.yml", "jobs:\n  build:\n    steps: []\n"],
    [".gitlab/issue_templates.yml", "name: bug\n"],
    ["gitlab/values.yaml", "global:\n  hosts:\n    domain: x\n"],
  ])("%s is not", (path, text) => {
    expect(gitlabCi.match(`file:///project/${path}`, text)).toBe(false);
  });
});

describe("mistakes", () => {
  it.each([
    ['a: "b\nc: d\n', "This quote is not closed. GitLab rejects the file."],
    ["a:\n\tb: c\n", "A tab in the indentation: YAML wants blanks. GitLab rejects the file."],
    ["a:\n   b: c\n  d: e\n", "The indentation does not fit the lines before. GitLab rejects the file."],
    ["a: @b\n", "No plain value begins with this character: put it in quotes. GitLab rejects the file."],
    ['a: "\\d"\n', "Double quotes know no such escape: write \\\\ for a backslash, or use single quotes."],
    ["a: *b\n", "No anchor of this name stands before. GitLab rejects the file."],
    [
      "a: b: c\n",
      "A colon and a blank make a key of what stands before: put the value in quotes. GitLab rejects the file.",
    ],
    ["a: !x !y b\n", "Not valid YAML: GitLab rejects the file."],
  ])("%j", (text, message) => {
    expect(parse(text).problems.map((problem) => english(problem.message))).toContain(message);
  });

  it("of an unclosed quote is marked on its own line", () => {
    const text = 'variables:\n  A: "http://p:3128\n\njob:\n  script: x\n';
    expect(parse(text).problems.map(({ span }) => text.slice(span.start, span.end))).toEqual(['"http://p:3128']);
  });

  it("of the indentation are marked at the line that is out of place", () => {
    const text = "build:\n    script: make\n\n  # later\n\n  deploy: # by hand\n    script: make up\n";
    expect(parse(text).problems.map(({ span }) => text.slice(span.start, span.end))).toEqual(["deploy"]);
  });

  it("of text after the end are told once", () => {
    const text = "Pipeline of the shop\n# in two steps\nstages:\n  - build\nbuild:\n  script:\n    - make\n";
    expect(parse(text).problems.map(({ span }) => text.slice(span.start, span.end))).toEqual(["stages"]);
  });

  it("leave the rest of the file read", () => {
    const { scopes } = settingsOf(
      "variables:\n  HTTP_PROXY: http://p:3128\n  NO_PROXY: a: b\njob:\n  script: [make]\n",
    );
    expect(scopes[0]?.assignments[0]?.value.text).toBe("http://p:3128");
  });
});

describe("templates", () => {
  it.each([
    "variables:\n  A: {{ x }}\n",
    "{% if x %}\nvariables:\n  A: b\n{% endif %}\n",
    "<% if x %>\nvariables:\n  A: <%= x %>\n<% end %>\n",
    "image: @IMAGE@\n",
  ])("%j is one, and has no mistakes", (text) => {
    expect(parse(text)).toMatchObject({ template: true, problems: [] });
  });

  it.each([
    "job:\n  script:\n    - docker inspect -f '{{.State.Status}}' app\n    - echo <%- x\n",
    "job:\n  script:\n    - sed -i s/@VERSION@/1/ file\n    - 'echo {% raw %}'\n",
    "job:\n  script:\n    - |\n      cat > x <<EOF\n      a {{ b }} c\n      EOF\n",
  ])("%j is none", (text) => {
    expect(parse(text)).toMatchObject({ template: false, problems: [] });
  });
});

describe("values", () => {
  const value = (text: string) => {
    const found = settingsOf(`variables:\n  A: ${text}\n`).scopes[0]?.assignments[0]?.value;
    return [found?.text, found?.hasUnknown()];
  };
  it("are unknown where a variable or an input stands", () => {
    expect(value("$B")).toEqual(["$B", true]);
    expect(value('"x${B}y"')).toEqual(["x${B}y", true]);
    expect(value("$[[ inputs.b ]]")).toEqual(["$[[ inputs.b ]]", true]);
    expect(value("a$$b")).toEqual(["a$b", false]);
    expect(value("a$")).toEqual(["a$", false]);
    expect(value("3128")).toEqual(["3128", false]);
    expect(value("")).toEqual(["", false]);
    expect(value("\n    value: $B\n    expand: false")).toEqual(["$B", false]);
  });
});

describe("containers", () => {
  const containers = (text: string) => settingsOf(`variables:\n  A: b\n${text}`).scopes[0]?.container;
  it("are told by image and services alone", () => {
    expect(containers("job:\n  script: x\n")).toBeUndefined();
    expect(containers("job:\n  image: alpine\n  script: x\n")).toBe(true);
    expect(containers("default:\n  services: [redis]\n")).toBe(true);
    expect(containers("image: alpine\n")).toBe(true);
  });
});

describe("circles and multiplications", () => {
  it.each([
    ["extends itself", "a:\n  extends: a\n  script: x\n"],
    ["extends in a circle", "a:\n  extends: b\n  script: x\nb:\n  extends: a\n"],
    ["a reference to itself", "a:\n  script:\n    - !reference [a, script]\n    - !reference [a, script]\n    - x\n"],
    [
      "a reference to a reference to itself",
      "a:\n  script: !reference [b, script]\nb:\n  script: !reference [a, script]\n",
    ],
    ["a mapping that merges itself", "a: &a\n  <<: *a\n  script: x\n"],
    ["variables that are a reference", "a:\n  variables: !reference [a, variables]\n  script: x\n"],
  ])("%s", (_, text) => {
    expect(() => settingsOf(text)).not.toThrow();
  });

  it("follow extends as far as GitLab", () => {
    const chain = Array.from(
      { length: 14 },
      (_, i) => `.j${i}:\n  extends: .j${i + 1}\n  variables: {V${i}: x}\n`,
    ).join("");
    const scope = settingsOf(`job:\n  extends: .j0\n  script: x\n${chain}`).scripts[0]?.scope;
    let count = 0;
    for (let at = scope; at; at = at.inherits) count++;
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(16);
  });
});

describe("text of any kind", () => {
  const numbers = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
  it.each([
    ["sequences", "- ".repeat(10_000)],
    ["brackets", `a: ${"[".repeat(10_000)}`],
    ["braces", "{".repeat(10_000)],
    ["explicit keys", "? ".repeat(10_000)],
    [
      "indentation",
      numbers(3000)
        .map((i) => `${" ".repeat(i)}a:`)
        .join("\n"),
    ],
    ["one long line", `a: ${"x".repeat(1_000_000)}`],
    ["one long script", `a:\n  script:\n    - ${"echo x; ".repeat(125_000)}`],
    ["odd characters", "\u0000\ud800\r\ufeffa: b\rc"],
    ["a byte-order mark", "\ufeffvariables:\n  A: b\n"],
    ["blank lines", "\n".repeat(100_000)],
    [
      "binary",
      numbers(20_480)
        .map((i) => String.fromCharCode((i * 7919) % 256))
        .join(""),
    ],
    ["holes", "{{".repeat(10_000)],
    ["quotes", `a: "${"'\"".repeat(10_000)}`],
    [
      "aliases of aliases",
      `${numbers(30)
        .map((i) => `b${i}: &b${i} [*b${i - 1}, *b${i - 1}]`)
        .join("\n")}\njob:\n  script: *b29\n`,
    ],
    [
      "extends of extends",
      numbers(2000)
        .map((i) => `.j${i}:\n  extends: [.j${i + 1}, .j${i + 2}]\n  script: x`)
        .join("\n"),
    ],
    [
      "extends in circles",
      numbers(2000)
        .map((i) => `j${i}:\n  extends: [${numbers(10).map((k) => `j${(i * 7 + k) % 2000}`)}]\n  script: x`)
        .join("\n"),
    ],
    [
      "merges of merges",
      numbers(1000)
        .map((i) => `a${i}: &a${i}\n  <<: *a${i - 1}\n  k${i}: 1`)
        .join("\n"),
    ],
  ])("%s do no harm", (_, text) => {
    const tree = parse(text);
    expect(tree.problems.length).toBeLessThanOrEqual(10);
    for (const scope of gitlabCi.settings(tree).scopes) gitlabCi.addAssignment(tree, scope, "A", "b");
  });

  it("that nests too deeply is said to be so, once", () => {
    const { problems } = parse("[".repeat(10_000));
    expect(problems.map((problem) => english(problem.message))).toEqual([
      "Nested too deeply: the file is not checked.",
    ]);
    const deep = `a:\n  script: ${"[".repeat(150)}x${"]".repeat(150)}\n`;
    expect(parse(deep).problems).toEqual([]);
  });
});
