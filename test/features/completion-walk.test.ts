import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { root } from "../../scripts/lib/paths.mjs";
import { type Completion, completion } from "../../server/src/features/completion/completion.js";
import { hover } from "../../server/src/features/hover/hover.js";
import type { FormatId } from "../../server/src/formats/format.js";
import { createService, type Service } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { applyEdits } from "../../server/src/text/span.js";
import { readFixture } from "../support/fixture.js";

interface File {
  readonly path: string;
  readonly text: string;
}

const fixtures = join(root, "test/fixtures");
const formatFolders = ["runner-toml", "cntlm-conf", "systemd-dropin", "docker-json", "gitlab-ci"];

describe("at every offset of every fixture", () => {
  for (const folder of formatFolders) {
    it(`completion and hover of ${folder} throw nothing, and offers leave a file that parses`, () => {
      for (const file of filesBelow(join(fixtures, folder))) walk([file]);
    });
  }
  it("the same at every third offset of the rules' fixtures", () => {
    for (const name of readdirSync(join(fixtures, "rules"))) {
      for (const { files } of readFixture(join(fixtures, "rules", name))) walk(files, 3);
    }
  });
});

function filesBelow(folder: string): File[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(root, path), text: readFileSync(path, "utf8") };
    });
}

/** @param step of the offsets: the rules' fixtures are many, and much alike */
function walk(files: readonly File[], step = 1): void {
  const service = createService();
  for (const { path, text } of files) service.setDocument(`file:///${path}`, text);
  for (const { path } of files) walkOne(service, `file:///${path}`, step);
}

function walkOne(service: Service, uri: string, step: number): void {
  const document = service.document(uri);
  if (!document) return;
  const { text, lines, format } = document;
  const parsed = parses(format.id, text);
  const sound = document.tree.problems.length === 0;
  const done = new Set<string>();
  for (let offset = 0; offset <= text.length; offset += step) {
    const position = lines.position(offset);
    // Between CR and LF no cursor can stand.
    if (lines.offset(position) !== offset) continue;
    hover(service, uri, position, english);
    const offers = completion(service, uri, position);
    for (const offer of chosen(offers, offset)) {
      const { start, end } = lines.span(offer.range);
      expect(start <= offset && offset <= end).toBe(true);
      const key = `${start} ${end} ${offer.newText}`;
      if (done.has(key)) continue;
      done.add(key);
      const after = applyEdits(text, [{ span: { start, end }, newText: offer.newText }]);
      const where = `${text.slice(Math.max(0, start - 40), end + 20)} ${uri}:${position.line + 1}:${position.character + 1} ${offer.newText}`;
      if (parsed) expect(parses(format.id, after), where).toBe(true);
      if (sound) expect(format.parse(after, uri).problems, where).toEqual([]);
    }
  }
}

/** One offer is tried at each offset, another one at the next. */
function chosen(offers: readonly Completion[], offset: number): readonly Completion[] {
  return offers.length === 0 ? [] : offers.slice((offset * 7) % offers.length).slice(0, 1);
}

/** Whether a parser that is not ours takes the text. The line formats have none: anything goes. */
function parses(format: FormatId, text: string): boolean {
  try {
    if (format === "runner-toml") parseToml(text);
    else if (format === "docker-json") JSON.parse(text);
    else if (format === "gitlab-ci") return parseDocument(text).errors.length === 0;
    return true;
  } catch {
    return false;
  }
}
