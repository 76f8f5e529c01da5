import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createService } from "../../server/src/service.js";
import { readFixture } from "../support/fixture.js";

const folder = new URL("../fixtures/rules/", import.meta.url);

// A file that is being typed is a prefix of what it will be: no rule may throw on one.
describe.each(readdirSync(folder).filter((name) => name.endsWith(".fixture")))("every prefix of %s", (name) => {
  test("is answered", () => {
    const service = createService();
    for (const fixture of readFixture(new URL(name, folder))) {
      for (const file of fixture.files) {
        const uri = `file:///${file.path}`;
        const step = Math.max(1, Math.floor(file.text.length / 400));
        for (let end = 0; end <= file.text.length; end += step) {
          service.setDocument(uri, file.text.slice(0, end));
          expect(service.findings(uri)).toBeInstanceOf(Array);
        }
      }
    }
  });
});
