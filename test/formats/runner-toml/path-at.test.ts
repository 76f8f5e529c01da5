import { describe, expect, it } from "vitest";
import { pathAt, stringAt } from "../../../server/src/formats/runner-toml/path-at.js";
import { schemaPath } from "../../../server/src/formats/runner-toml/schema.js";
import { parse } from "./files.js";

/** What stands at the `|` of a text. */
function place(marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const tree = parse(text);
  const found = pathAt(tree, offset);
  return {
    part: found.part,
    path: found.path,
    ...(found.key && { key: found.key.text }),
    ...(found.entry && { entry: found.entry.key.text }),
    ...(found.value && { value: text.slice(found.value.start, found.value.end) }),
    ...(stringAt(tree, offset) && { string: stringAt(tree, offset)?.value }),
  };
}

describe("the place at an offset", () => {
  it.each([
    ["|concurrent = 1", { part: "key", path: "", key: "concurrent", entry: "concurrent" }],
    ["conc|", { part: "key", path: "", key: "conc", entry: "conc" }],
    ["[[run|ners]]", { part: "header", path: "runners[]", key: "runners" }],
    ["[[runners]]|\n", { part: "header", path: "runners[]" }],
    ["[[runners]]\n[runners.|docker]\n", { part: "header", path: "runners[].docker", key: "docker" }],
    ["[[runners]]\n  na|me = 1", { part: "key", path: "runners[]", key: "name", entry: "name" }],
    ["[[runners]]\n  na|", { part: "key", path: "runners[]", key: "na", entry: "na" }],
    ["[[runners]]\n  |\n  name = 1", { part: "blank", path: "runners[]" }],
    ["[[runners]]\n|", { part: "blank", path: "runners[]" }],
    ["[[runners]]\n  executor = |", { part: "value", path: "runners[]", entry: "executor" }],
    ["[[runners]]\n  executor =|\n", { part: "value", path: "runners[]", entry: "executor" }],
    [
      '[[runners]]\n  executor = "do|"',
      { part: "value", path: "runners[]", entry: "executor", value: '"do"', string: "do" },
    ],
    [
      '[[runners]]\n  executor = "do|',
      { part: "value", path: "runners[]", entry: "executor", value: '"do', string: "do" },
    ],
    [
      '[[runners]]\n  environment = ["A=1", "|"]',
      { part: "value", path: "runners[]", entry: "environment", value: '""', string: "" },
    ],
    ["[[runners]]\n  environment = [|]", { part: "value", path: "runners[]", entry: "environment" }],
    ["[[runners]]\n# a|b\n", { part: "comment", path: "runners[]" }],
    ["[[runners]]\n  docker.im|age = 1", { part: "key", path: "runners[].docker", key: "image", entry: "image" }],
    ["[[runners]]\n  docker = { im|age = 1 }", { part: "key", path: "runners[].docker", key: "image", entry: "image" }],
    ["[[runners]]\n  docker = { |}", { part: "blank", path: "runners[].docker", entry: "docker" }],
    [
      "[[runners]]\n[runners.docker]\nservices = [{ name = |1 }]",
      { part: "value", path: "runners[].docker.services[]", entry: "name", value: "1" },
    ],
    [
      "[[runners]]\n[runners.docker]\n[[runners.docker.services]]\nal|",
      { part: "key", path: "runners[].docker.services[]", key: "al", entry: "al" },
    ],
    ["[[runners]]\n[runn|", { part: "header", path: "runn", key: "runn" }],
  ])("%j", (marked, wanted) => {
    expect(place(marked)).toEqual(wanted);
  });

  it("is found at every offset", () => {
    const text = '[[runners]]\n  a = [1, { b.c = """x""" , d = [[]] }]\n[runners.docker\nx = { y = \n';
    const tree = parse(text);
    for (let offset = 0; offset <= text.length; offset++) expect(pathAt(tree, offset).section).toBeDefined();
  });

  it("has no path deeper than the program goes", () => {
    const tree = parse(`[${"a.".repeat(30)}a]\nb = 1`);
    const table = tree.sections[1]?.table;
    expect(table && schemaPath(table)).toBeUndefined();
  });
});
