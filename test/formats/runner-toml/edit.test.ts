import fc from "fast-check";
import { parse as smol } from "smol-toml";
import { describe, expect, it } from "vitest";
import { runnerToml } from "../../../server/src/formats/runner-toml/index.js";
import { applyEdits } from "../../../server/src/text/span.js";
import { parse, textOf } from "./files.js";

/** Adds variables to one of the scopes of a text; undefined where there is no way. */
function add(text: string, pairs: readonly (readonly [name: string, value: string])[], index = 0): string | undefined {
  const tree = parse(text);
  const scope = runnerToml.settings(tree).scopes[index];
  if (!scope) throw new Error("no scope");
  const edits = pairs.map(([name, value]) => runnerToml.addAssignment(tree, scope, name, value));
  if (edits.some((list) => list === undefined)) return undefined;
  return applyEdits(
    text,
    edits.flatMap((list) => list ?? []),
  );
}

/** Takes the variable of a name from the first scope of a text. */
function remove(text: string, name: string): string | undefined {
  const tree = parse(text);
  const scope = runnerToml.settings(tree).scopes[0];
  const assignment = scope?.assignments.find((a) => a.name.text === name);
  if (!scope || !assignment) throw new Error("no assignment");
  const edits = runnerToml.removeAssignment(tree, scope, assignment);
  return edits && applyEdits(text, edits);
}

const b = [["B", "2"]] as const;

describe("a variable is added", () => {
  it.each([
    ["in one line", 'environment = ["A=1"]', 'environment = ["A=1", "B=2"]'],
    ["before a trailing comma", 'environment = ["A=1",]', 'environment = ["A=1", "B=2",]'],
    ["without blanks where there are none", 'environment = ["Z=0","A=1"]', 'environment = ["Z=0","A=1","B=2"]'],
    ["inside blanks", 'environment = [ "A=1" ]', 'environment = [ "A=1", "B=2" ]'],
    ["in its neighbours' quotes", "environment = ['A=1']", "environment = ['A=1', 'B=2']"],
    ["to an empty array", "environment = []", 'environment = ["B=2"]'],
    ["before a comment", 'environment = ["A=1"] # so', 'environment = ["A=1", "B=2"] # so'],
    ["on a line of its own", 'environment = [\n  "A=1"\n]', 'environment = [\n  "A=1",\n  "B=2"\n]'],
    ["with a trailing comma", 'environment = [\n  "A=1",\n]', 'environment = [\n  "A=1",\n  "B=2",\n]'],
    [
      "after the comment of its neighbour",
      'environment = [\n\t"A=1", # one\n\t# more\n]',
      'environment = [\n\t"A=1", # one\n\t"B=2",\n\t# more\n]',
    ],
    [
      "before a neighbour with a comment and no comma",
      'environment = [\n  "A=1" # one\n]',
      'environment = [\n  "B=2",\n  "A=1" # one\n]',
    ],
    ["beside a bracket", 'environment = [\n  "A=1"]', 'environment = [\n  "A=1",\n  "B=2"]'],
    ["with CR LF", 'environment = [\r\n  "A=1"\r\n]', 'environment = [\r\n  "A=1",\r\n  "B=2"\r\n]'],
    [
      "as a new key, above the first sub-table",
      'name = "a" # one\n\n[runners.docker]\nimage = "x"',
      'name = "a" # one\nenvironment = ["B=2"]\n\n[runners.docker]\nimage = "x"',
    ],
    [
      "as a new key with the runner's indentation",
      '  name = "a"\n  [runners.docker]',
      '  name = "a"\n  environment = ["B=2"]\n  [runners.docker]',
    ],
    ["as the only key", "", '  environment = ["B=2"]\n'],
    ["after a script of several lines", "x = '''\na\n'''\n[y]", "x = '''\na\n'''\nenvironment = [\"B=2\"]\n[y]"],
  ])("%s", (_, lines, wanted) => {
    const header = lines.includes("\r") ? "[[runners]]\r\n" : "[[runners]]\n";
    const result = add(header + lines, b);
    expect(result?.slice(header.length)).toBe(wanted);
    expect(() => smol(result ?? "")).not.toThrow();
  });

  it("to the runner that is meant", () => {
    const text = '[[runners]]\n  name = "a"\n[[runners]]\n  name = "b"\n  [runners.cache]\n';
    expect(add(text, b, 1)).toBe(
      '[[runners]]\n  name = "a"\n[[runners]]\n  name = "b"\n  environment = ["B=2"]\n  [runners.cache]\n',
    );
    expect(add(textOf("crlf.toml"), b)).toContain('"HTTP_PROXY=http://10.0.0.1:3128",\r\n    "B=2"\r\n  ]\r\n');
  });

  it("to a service", () => {
    expect(add(textOf("proxy.toml"), b, 1)).toContain(
      'environment = ["DOCKER_TLS_CERTDIR=/certs", "HTTPS_PROXY=http://172.17.0.1:3128", "B=2"]',
    );
  });

  it("with what quoting and expansion need", () => {
    expect(add("[[runners]]\nenvironment = ['A=1']", [["B", "it's"]])).toContain(`['A=1', "B=it's"]`);
    expect(add('[[runners]]\nenvironment = ["A=1"]', [["B", 'p$w\\"']])).toContain(`["A=1", "B=p$$w\\\\\\""]`);
  });

  it.each(['environment = "A=1"', "environment = ", 'environment = ["A=1"', "[runners.environment]\nA = 1"])(
    "nowhere else: %s",
    (lines) => {
      expect(add(`[[runners]]\n${lines}`, b)).toBeUndefined();
    },
  );
});

describe("a variable is taken away", () => {
  it.each([
    ["the first", '["A=1", "B=2"]', "A", '["B=2"]'],
    ["the last", '["A=1", "B=2"]', "B", '["A=1"]'],
    ["the last before a trailing comma", '["A=1", "B=2",]', "B", '["A=1", ]'],
    ["the only one", '["A=1"]', "A", "[]"],
    ["the only one with a comma", '["A=1",]', "A", "[]"],
    ["with its line", '[\n  "A=1",\n  "B=2",\n]', "B", '[\n  "A=1",\n]'],
    ["with its line, the last without a comma", '[\n  "A=1",\n  "B=2"\n]', "B", '[\n  "A=1",\n]'],
    ["with its line, beside brackets", '["A=1",\n "B=2"]', "A", '[\n "B=2"]'],
    ["but not its comment", '[\n  "A=1", # one\n  "B=2",\n]', "A", '[\n  # one\n  "B=2",\n]'],
    ["but not the comment before its comma", '[\n  "A=1" # one\n  , "B=2"\n]', "A", '[\n   # one\n  "B=2"\n]'],
    ["with CR LF", '[\r\n  "A=1",\r\n  "B=2"\r\n]', "A", '[\r\n  "B=2"\r\n]'],
  ])("%s", (_, array, name, wanted) => {
    const before = "[[runners]]\nenvironment = ";
    const result = remove(before + array, name);
    expect(result?.slice(before.length)).toBe(wanted);
    expect(() => smol(result ?? "")).not.toThrow();
  });
});

/** Arrays as people write them. */
const style = fc.record({
  names: fc.uniqueArray(fc.constantFrom("A", "B", "C", "HTTP_PROXY", "no_proxy"), { maxLength: 4 }),
  multi: fc.boolean(),
  trailing: fc.boolean(),
  literal: fc.boolean(),
  comments: fc.boolean(),
  newline: fc.constantFrom("\n", "\r\n"),
  absent: fc.boolean(),
  indent: fc.constantFrom("", "  ", "\t"),
});
type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

function write({ names, multi, trailing, literal, comments, newline, absent, indent }: Style): string {
  const quote = literal ? "'" : '"';
  const items = names.map((name, i) => {
    const comma = i < names.length - 1 || trailing ? "," : "";
    const comment = multi && comments && i % 2 === 0 ? ` # ${name}, "it"` : "";
    return `${quote}${name}=value ${i}${quote}${comma}${comment}`;
  });
  const gap = multi ? `${newline}${indent}  ` : " ";
  const array = names.length === 0 ? "[]" : `[${multi ? gap : ""}${items.join(gap)}${multi ? newline + indent : ""}]`;
  const lines = [
    "concurrent = 1",
    "[[runners]]",
    `${indent}name = "a"`,
    ...(absent ? [] : [`${indent}environment = ${array}`]),
    `${indent}limit = 3`,
    `${indent}[runners.docker]`,
    `${indent}  image = "alpine"`,
    "[[runners]]",
    'environment = ["A=other"]',
    "",
  ];
  return lines.join(newline);
}

/** What smol-toml reads, with the first runner's environment apart. */
function readBack(text: string): { environment: unknown; rest: unknown } {
  const { runners, ...rest } = smol(text);
  if (!Array.isArray(runners) || typeof runners[0] !== "object" || runners[0] === null) throw new Error("no runner");
  const { environment, ...others } = { environment: [], ...runners[0] };
  return { environment, rest: [rest, others, runners.slice(1)] };
}

describe("generated arrays", () => {
  it("take one variable or two", () => {
    const pair = fc.tuple(fc.constantFrom("X", "Y", "https_proxy"), fc.string({ unit: "grapheme", maxLength: 8 }));
    fc.assert(
      fc.property(style, fc.array(pair, { minLength: 1, maxLength: 2 }), (chosen, pairs) => {
        const text = write(chosen);
        // An empty array, or none, takes one at a time.
        const some = chosen.absent || chosen.names.length === 0 ? pairs.slice(0, 1) : pairs;
        const result = add(text, some);
        if (result === undefined) throw new Error("no edit");
        const [before, after] = [readBack(text), readBack(result)];
        const wanted = some.map(([name, value]) => `${name}=${value.replaceAll("$", "$$$$")}`);
        expect(after.rest).toEqual(before.rest);
        expect(new Set([after.environment].flat())).toEqual(new Set([before.environment, wanted].flat()));
        const lines = result.split("\n");
        for (const line of text.split("\n").filter((l) => l.includes("#"))) expect(lines).toContain(line);
      }),
      { numRuns: 1000 },
    );
  });

  it("lose a variable and nothing else", () => {
    fc.assert(
      fc.property(style, fc.nat(), (chosen, which) => {
        if (chosen.absent || chosen.names.length === 0) return;
        const name = chosen.names[which % chosen.names.length] ?? "";
        const text = write(chosen);
        const result = remove(text, name) ?? "";
        const [before, after] = [readBack(text), readBack(result)];
        expect(after.rest).toEqual(before.rest);
        const kept = [before.environment].flat().filter((entry) => !String(entry).startsWith(`${name}=`));
        expect(after.environment).toEqual(kept);
        expect(result.match(/#.*/g)).toEqual(text.match(/#.*/g));
      }),
      { numRuns: 1000 },
    );
  });
});
