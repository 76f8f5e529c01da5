import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { systemdDropin } from "../../../server/src/formats/systemd-dropin/index.js";

const folder = new URL("../../fixtures/systemd-dropin/", import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (name) => !name.endsWith(".d") && name.includes("."),
);
const files = [...names.filter((name) => !/^(?:templates|default)$/.test(name)), "default/docker"].map(
  (name) => [name, readFileSync(new URL(name, folder), "utf8")] as const,
);
const uriOf = (name: string) =>
  name.startsWith("default/")
    ? `file:///etc/${name}`
    : name.startsWith("templates/")
      ? `file:///roles/docker/${name}`
      : `file:///etc/systemd/system/${name}`;

/** `#= NAME=value` set, `#~ NAME=value` meant and dropped, `#! fault: text`. */
const marks = (text: string, sign: string) =>
  text.split(/\r?\n/).flatMap((line) => (line.startsWith(`#${sign} `) ? [line.slice(3)] : []));

describe.each(files)("%s", (name, text) => {
  const uri = uriOf(name);
  const tree = systemdDropin.parse(text, uri);
  const [scope] = systemdDropin.settings(tree).scopes;
  const assignments = (dropped: boolean) =>
    (scope?.assignments ?? [])
      .filter((a) => (a.dropped ?? false) === dropped)
      .map((a) => `${a.name.text}=${a.value.text}`);

  it("is systemd's", () => {
    expect(systemdDropin.match(uri, text)).toBe(true);
    expect(tree.problems).toEqual([]);
  });

  it("gives and drops what its comments say", () => {
    expect(assignments(false)).toEqual(marks(text, "="));
    expect(assignments(true)).toEqual(marks(text, "~"));
  });

  it("has the faults that its comments say", () => {
    const found = tree.environment.words.flatMap((word) => word.faults);
    expect(found.map(({ kind, span }) => `${kind}: ${text.slice(span.start, span.end)}`)).toEqual(marks(text, "!"));
  });

  it("is read from every prefix", () => {
    for (let end = 0; end <= text.length; end++) {
      const part = systemdDropin.parse(text.slice(0, end), uri);
      for (const each of systemdDropin.settings(part).scopes) systemdDropin.addAssignment(part, each, "A", "b c");
    }
  });

  it("loses an assignment that is removed, and nothing else", () => {
    for (const assignment of scope?.assignments ?? []) {
      if (!scope) continue;
      const edits = systemdDropin.removeAssignment(tree, scope, assignment);
      if (!edits) expect(tree.conditional).toBe(true);
      else
        expect(namesAfter(text, edits, uri)).toEqual(
          scope.assignments.filter((a) => a !== assignment).map((a) => a.name.text),
        );
    }
  });
});

function namesAfter(
  text: string,
  edits: readonly { span: { start: number; end: number }; newText: string }[],
  uri: string,
) {
  const after = edits.reduce((t, { span, newText }) => t.slice(0, span.start) + newText + t.slice(span.end), text);
  return (systemdDropin.settings(systemdDropin.parse(after, uri)).scopes[0]?.assignments ?? []).map((a) => a.name.text);
}
