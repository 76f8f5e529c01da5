import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gitlabCi } from "../../../server/src/formats/gitlab-ci/index.js";
import type { Scope } from "../../../server/src/proxy/settings.js";
import type { MappedText } from "../../../server/src/text/mapped-text.js";

const folder = new URL("../../fixtures/gitlab-ci/", import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.yml(\.j2)?$/.test(name));
const uriOf = (name: string): string => `file:///project/${name.replace(/^[\w-]+(?=\.gitlab-ci\.yml$)/, "")}`;

/** What the comments of a file expect, by their sign. */
const marks = (text: string, sign: string): readonly string[] =>
  text.split(/\r?\n/).flatMap((line) => (line.startsWith(`#${sign} `) ? [line.slice(3)] : []));

/** `?` for what is not known in full. */
const shown = (text: MappedText): string => (text.hasUnknown() ? "?" : text.text.replaceAll("\n", "⏎"));

/** A job's variables, its own first, each name once. */
function environment(scope: Scope | undefined): string {
  const found = new Map<string, string>();
  for (let at = scope; at; at = at.inherits) {
    for (const { name, value } of at.assignments) if (!found.has(name.text)) found.set(name.text, shown(value));
  }
  const list = [...found].map(([name, value]) => `${name}=${value} `);
  return `${list.join("")}(${scope?.open ? "open" : "closed"})`;
}

describe.each(names)("%s", (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const tree = gitlabCi.parse(text, uriOf(name));
  const settings = gitlabCi.settings(tree);

  it("is recognised, and GitLab has no quarrel with it", () => {
    expect(gitlabCi.match(uriOf(name), text)).toBe(true);
    expect(tree.problems).toEqual([]);
    expect(tree.template).toBe(name.endsWith(".j2"));
  });

  it("sets the variables that its comments say", () => {
    const found = settings.scopes.flatMap((scope) =>
      scope.assignments.map((a) => `${scope.id}: ${a.name.text}=${shown(a.value)}`),
    );
    expect(found.sort()).toEqual([...marks(text, "=")].sort());
  });

  it("gives its jobs the environments that its comments say", () => {
    const wanted = marks(text, ":");
    const scopes = new Map(
      settings.scripts.map((script) => [script.group.replace(/^jobs\.|\.\w+$/g, ""), script.scope]),
    );
    const found = [...scopes].map(([job, scope]) => `${job}: ${environment(scope)}`);
    for (const line of wanted) expect(found).toContain(line);
  });

  it("has the services that its comments say", () => {
    const found = tree.jobs.flatMap((job) =>
      settings.services
        .filter((service) => job.services.some((own) => own.span.start === service.span.start))
        .map((service) => {
          const kind = service.dind ? ` (dind${service.tlsCertDir === "" ? ", tls off" : ""})` : "";
          return `${job.name}: ${service.image.text} as ${service.aliases.join(",")}${kind}`;
        }),
    );
    expect(found).toEqual(marks(text, "@"));
  });

  it("runs the lines that its comments say", () => {
    const found = settings.scripts.flatMap((script) =>
      script.texts.map((line) => `${script.group.replace(/^jobs\.|\.\w+$/g, "")} ${script.key}: ${shown(line)}`),
    );
    expect(found).toEqual(marks(text, ">"));
  });

  it("has the misread lines that its comments say", () => {
    const found = tree.jobs.flatMap((job) =>
      (job.script("script")?.misread ?? []).map(({ span }) => `${job.name}: ${text.slice(span.start, span.end)}`),
    );
    expect(found).toEqual(marks(text, "!"));
  });

  it("marks names and values at their own characters", () => {
    for (const { assignments } of settings.scopes) {
      for (const { name: variable, value } of assignments) {
        const at = variable.contentSpan;
        expect(text.slice(at.start, at.end)).toBe(variable.text);
        const { start, end } = value.contentSpan;
        if (!value.hasUnknown() && !value.text.includes("$")) expect(text.slice(start, end)).toBe(value.text);
      }
    }
  });

  it("is read from every prefix", () => {
    for (let end = 0; end < text.length; end += text.charAt(end) === "#" ? 12 : 1) {
      const part = gitlabCi.parse(text.slice(0, end), uriOf(name));
      for (const scope of gitlabCi.settings(part).scopes) gitlabCi.addAssignment(part, scope, "A", "b: c");
    }
  });
});
