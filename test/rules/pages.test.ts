import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fillIndex, fillPage } from "../../scripts/pages.mjs";
import { rules } from "../../server/src/rules/index.js";
import * as service from "../../server/src/service.js";

const folder = new URL("../../docs/rules/", import.meta.url);
const engine = { ...service, rules };

describe.each(rules.map((rule) => rule.id))("the page of %s", (id) => {
  test("exists, and says what the program says", () => {
    const path = new URL(`${id}.md`, folder);
    expect(existsSync(path)).toBe(true);
    const page = readFileSync(path, "utf8");
    const filled = fillPage(page, id, engine);
    expect(filled.faults).toEqual([]);
    expect(filled.page).toBe(page);
  });
});

test("every page belongs to a rule", () => {
  const names = readdirSync(folder).filter((name) => name !== "README.md");
  expect(names.filter((name) => !rules.some((rule) => `${rule.id}.md` === name))).toEqual([]);
});

test("the list of rules is complete", () => {
  const page = readFileSync(new URL("README.md", folder), "utf8");
  expect(fillIndex(page, engine)).toBe(page);
  for (const { id } of rules) expect(page).toContain(`[${id}](${id}.md)`);
});
