import { expect, test } from "vitest";
import { readBundle, textsInSource } from "../../scripts/l10n.mjs";

const { texts, bad } = textsInSource();
const bundle = readBundle();

test("every message is a literal, so that it can be translated", () => expect(bad).toEqual([]));

test("every message has a translation, and every translation a message", () => {
  expect([...texts].filter((text) => !bundle[text])).toEqual([]);
  expect(Object.keys(bundle).filter((text) => !texts.has(text))).toEqual([]);
});

test("a translation has the same holes as its message", () => {
  const holes = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort();
  for (const [text, translation] of Object.entries(bundle)) expect(holes(translation), text).toEqual(holes(text));
});
