import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Completion, completion, documentationOf } from "../../server/src/features/completion/completion.js";
import { isTopic, type Topic } from "../../server/src/features/meaning/topic.js";
import { createService } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { serviceOf, uriOf } from "../support/engine.js";
import { type CompletionCase, readCompletionFixture } from "./completion-fixture.js";

const folder = new URL("./completion/", import.meta.url);

for (const name of readdirSync(folder).filter((file) => file.endsWith(".fixture"))) {
  describe(name.replace(".fixture", ""), () => {
    for (const fixture of readCompletionFixture(new URL(name, folder))) it(fixture.title, () => check(fixture));
  });
}

function check(fixture: CompletionCase): void {
  const service = serviceOf(fixture.files, fixture.options);
  const lines = service.document(uriOf(fixture.path))?.lines;
  if (!lines) throw new Error(`not one of the five formats: ${fixture.path}`);
  const offers = [...completion(service, uriOf(fixture.path), lines.position(fixture.offset))];
  offers.sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
  const labels = offers.map(({ label }) => label);
  const marked = (sign: string) =>
    fixture.offered.flatMap((line) => (line.startsWith(`${sign} `) ? line.slice(2) : []));
  if (fixture.offered.includes("nothing")) expect(labels).toEqual([]);
  if (marked("=").length > 0) expect(labels).toEqual(marked("="));
  expect(labels).toEqual(expect.arrayContaining(marked("+")));
  for (const label of marked("-")) expect(labels).not.toContain(label);
  for (const [label, after] of fixture.taken) {
    const offer = offers.find((other) => other.label === label);
    expect(offer && taken(fixture, offer)).toBe(after);
  }
}

/** The text once an offer is taken, with the hole marked. */
function taken({ files, path }: CompletionCase, { range, newText, hole }: Completion): string {
  const text = files.get(path) ?? "";
  const lines = text.split("\n");
  const start = lines.slice(0, range.start.line).join("\n").length + (range.start.line > 0 ? 1 : 0);
  const from = start + range.start.character;
  const to = from + range.end.character - range.start.character;
  const typed = hole ? newText.slice(hole.start, hole.end) : "";
  const marked = hole
    ? `${newText.slice(0, hole.start)}${typed === "" ? "‸" : `‹${typed}›`}${newText.slice(hole.end)}`
    : newText;
  return text.slice(0, from) + marked + text.slice(to);
}

it("is nothing in other files, and takes positions outside of the text for its end", () => {
  expect(completion(createService(), "file:///none", { line: 3, character: 3 })).toEqual([]);
  const service = createService();
  service.setDocument("file:///etc/cntlm.conf", "");
  expect(completion(service, "file:///etc/cntlm.conf", { line: 99, character: 99 }).length).toBeGreaterThan(0);
});

describe("what is read beside a completion", () => {
  it("is there for keys, options, directives and variables", () => {
    const topics: Topic[] = [
      { about: "runner-key", table: "runners[]", key: "environment" },
      { about: "cntlm-option", name: "NoProxy" },
      { about: "docker-key", kind: "client", path: ["proxies", "*", "noProxy"] },
      { about: "directive", section: "Service", name: "Environment" },
      { about: "section", name: "Service" },
      { about: "variable", name: "https_proxy" },
    ];
    for (const topic of topics) {
      expect(isTopic(topic)).toBe(true);
      expect(documentationOf(topic, english)).toMatch(/\w/);
    }
    expect(documentationOf({ about: "variable", name: "toString" }, english)).toBeUndefined();
  });

  it("is asked for by topics alone", () => {
    for (const data of [undefined, null, 3, {}, { about: "variable" }, { about: "docker-key", kind: "x", path: [] }]) {
      expect(isTopic(data)).toBe(false);
    }
  });
});
