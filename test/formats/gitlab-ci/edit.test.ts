import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gitlabCi } from "../../../server/src/formats/gitlab-ci/index.js";
import type { Scope } from "../../../server/src/proxy/settings.js";
import { applyEdits } from "../../../server/src/text/span.js";

const folder = new URL("../../fixtures/gitlab-ci/", import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yml"));
const uri = "file:///project/.gitlab-ci.yml";

/** All scopes, those of jobs without `variables:` included, by id. */
function scopesOf(text: string): ReadonlyMap<string, Scope> {
  const { scopes, scripts } = gitlabCi.settings(gitlabCi.parse(text, uri));
  const found = new Map(scopes.map((scope) => [scope.id, scope]));
  for (const { scope } of scripts) if (scope && !found.has(scope.id)) found.set(scope.id, scope);
  return found;
}

/** What a file says apart from one scope's variables. */
function rest(text: string, without: string): unknown {
  const { scopes, scripts, services } = gitlabCi.settings(gitlabCi.parse(text, uri));
  return {
    scopes: scopes
      // The job `merged` takes over what is written for `.proxy`.
      .filter(({ id }) => id !== without && !(id === "jobs.merged.variables" && without === "jobs..proxy.variables"))
      .map(({ id, assignments }) => [id, assignments.map((a) => `${a.name.text}=${a.value.text}`)]),
    scripts: scripts.map(({ key, texts }) => [key, texts.map((line) => line.text)]),
    services: services.map(({ image, aliases }) => [image.text, aliases]),
  };
}

const values = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("a", "$", ":", " ", "#", "'", '"', "\\", "{", ",", "[", "-", "*", "\n", "%", "@"),
    maxLength: 8,
  }),
  fc.constantFrom("http://u:p%40x@h:3128", "localhost,127.0.0.1", "true", "3128", "", "~", "a: b", "- a"),
);

describe("edits of a CI file", () => {
  const places = names.flatMap((name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    return [...scopesOf(text).keys()].map((id) => [name, id] as const);
  });

  it.each(places)("in %s: %s gets a variable and loses it again", (name, id) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    const tree = gitlabCi.parse(text, uri);
    const scope = scopesOf(text).get(id);
    if (!scope) throw new Error(id);
    fc.assert(
      fc.property(values, (value) => {
        const edits = gitlabCi.addAssignment(tree, scope, "ALL_PROXY", value);
        const after = applyEdits(text, edits ?? []);
        expect(gitlabCi.parse(after, uri).problems, after).toEqual([]);
        const again = scopesOf(after).get(id);
        const added = again?.assignments.find((assignment) => assignment.name.text === "ALL_PROXY");
        expect(added?.value.text, after).toBe(value);
        expect(added?.value.hasUnknown()).toBe(false);
        expect(rest(after, id)).toEqual(rest(text, id));
        // Nothing but what was put in is new, in the file's own line ending.
        expect(edits?.every((edit) => edit.span.start === edit.span.end)).toBe(true);
        expect(after.includes("\r\n")).toBe(text.includes("\r\n"));
        if (text.includes("\r\n")) expect(/[^\r]\n/.test(after)).toBe(false);
        if (!again || !added) return;
        const removed = applyEdits(after, gitlabCi.removeAssignment(gitlabCi.parse(after, uri), again, added) ?? []);
        expect(removed).toBe(text);
      }),
      { numRuns: 25 },
    );
  });

  const edit = (text: string, id: string): string | undefined => {
    const scope = scopesOf(text).get(id);
    const edits = scope && gitlabCi.addAssignment(gitlabCi.parse(text, uri), scope, "NO_PROXY", "docker");
    return edits && applyEdits(text, edits);
  };

  it.each([
    [
      "beside the other proxies",
      "variables:\n  HTTP_PROXY: a # why\n  OTHER: b\n",
      "variables",
      "variables:\n  HTTP_PROXY: a # why\n  NO_PROXY: docker\n  OTHER: b\n",
    ],
    [
      "in the quotes of the others",
      "variables:\n    A: 'a'\n    B: 'b'\n",
      "variables",
      "variables:\n    A: 'a'\n    B: 'b'\n    NO_PROXY: 'docker'\n",
    ],
    ["into braces", "variables: {A: a}\n", "variables", "variables: {A: a, NO_PROXY: docker}\n"],
    ["into empty braces", "variables: {}\n", "variables", "variables: { NO_PROXY: docker }\n"],
    [
      "under a key that has nothing yet",
      "variables: # none\njob:\n  script: x\n",
      "variables",
      "variables:\n  NO_PROXY: docker # none\njob:\n  script: x\n",
    ],
    [
      "before a block scalar",
      "variables:\n  A: |\n    a\n\njob: {script: x}\n",
      "variables",
      "variables:\n  NO_PROXY: docker\n  A: |\n    a\n\njob: {script: x}\n",
    ],
    [
      "as the first keyword of a job",
      "job:\n    script: x\n",
      "jobs.job.variables",
      "job:\n    variables:\n        NO_PROXY: docker\n    script: x\n",
    ],
    [
      "into a job in braces",
      "job: {script: x}\n",
      "jobs.job.variables",
      "job: {script: x, variables: {NO_PROXY: docker}}\n",
    ],
    [
      "at the end of a file without a final newline",
      "variables:\n  A: a",
      "variables",
      "variables:\n  A: a\n  NO_PROXY: docker",
    ],
  ])("writes %s", (_, text, id, wanted) => {
    expect(edit(text, id)).toBe(wanted);
  });

  it("leaves variables alone that other jobs share", () => {
    expect(edit(".v: &v {A: a}\njob:\n  variables: *v\n  script: x\n", "jobs.job.variables")).toBeUndefined();
    const merged = ".j: &j\n  variables: {A: a}\njob:\n  <<: *j\n  script: x\n";
    expect(edit(merged, "jobs.job.variables")).toBeUndefined();
    expect(edit(merged.replace("variables", "tags"), "jobs.job.variables")).toContain(
      "job:\n  variables:\n    NO_PROXY",
    );
  });
});
