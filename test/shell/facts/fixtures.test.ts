import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Script } from "../../../server/src/proxy/settings.js";
import { scriptAssignments } from "../../../server/src/shell/facts/assignments.js";
import { hostCalls } from "../../../server/src/shell/facts/calls.js";
import {
  buildArguments,
  dockerLogins,
  driverOptions,
  imageTransfers,
} from "../../../server/src/shell/facts/docker-commands.js";
import { dockerConfigWrites } from "../../../server/src/shell/facts/docker-config.js";
import { gitConfigs } from "../../../server/src/shell/facts/git-config.js";
import { programProxies } from "../../../server/src/shell/facts/package-proxies.js";
import { variableReferences } from "../../../server/src/shell/facts/references.js";
import { tlsOff } from "../../../server/src/shell/facts/tls.js";
import { LineIndex } from "../../../server/src/text/line-index.js";
import type { MappedText } from "../../../server/src/text/mapped-text.js";
import { scriptOf } from "../../support/script.js";

const folder = new URL("../../fixtures/shell/", import.meta.url);

type Fact = readonly [at: number, ...words: (string | number | false | undefined)[]];

/** The content as bash prints it, without the last newline; `⏎` is a newline in it, `?` an unknown one. */
function shown(text: MappedText | undefined): string {
  return text ? text.text.replace(/\n$/, "").replace(/\n/g, "⏎") : "?";
}

function* facts(script: Script): Generator<Fact> {
  const at = (one: { command: { source: MappedText; span: { start: number; end: number } } }) =>
    one.command.source.toSource(one.command.span).start;
  for (const w of dockerConfigWrites(script)) {
    const made = w.directoryMade === undefined ? "unknown" : w.directoryMade ? "made" : "unmade";
    const { differ, bash } = w.content;
    yield [
      at(w),
      "docker-config",
      w.place,
      w.how,
      differ && "differ",
      made,
      w.append && "append",
      w.loginBefore && "login",
      shown(bash),
    ];
  }
  for (const g of gitConfigs(script)) yield [at(g), "git", g.once ? "once" : g.action, g.name, g.value?.text];
  const { assignments, unsets } = scriptAssignments(script);
  for (const a of assignments) {
    yield [a.span.start, "assign", a.kind, a.conditional && "conditional", a.name.text, a.value.text];
  }
  for (const u of unsets) yield [at(u), "unset", u.name.text];
  for (const r of variableReferences(script)) {
    if (!/^CI_REG|^DOCKER_|^HOME$|^X$|^CI_PRO/.test(r.name)) {
      yield [at(r), "reference", r.name, r.hasDefault && "default", r.tested && "tested", r.mayBeSet && "set"];
    }
  }
  for (const b of buildArguments(script)) yield [at(b), "build-arg", b.name.text, b.value?.text];
  for (const d of driverOptions(script)) yield [at(d), "driver-opt", d.value.text];
  for (const l of dockerLogins(script)) yield [at(l), "login", l.program, l.registry?.text];
  for (const t of imageTransfers(script)) yield [at(t), t.action, t.by, t.image.text];
  for (const c of hostCalls(script)) yield [at(c), "call", c.program, c.host.text, c.port, c.ownProxy && "own"];
  for (const p of programProxies(script)) yield [at(p), "proxy", p.program, p.setting, p.value.text];
  for (const t of tlsOff(script)) yield [t.span.start, "tls", t.program];
}

describe("the facts of a script are those that its fixture names", () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".sh"))) {
    it(file, () => {
      const marked = readFileSync(new URL(file, folder), "utf8");
      const expected = marked.split("\n").flatMap((line, index) =>
        line
          .split(" #= ")
          .slice(1)
          .map((fact) => `${index + 1}: ${fact.trim()}`),
      );
      const text = marked.replace(/ #= .*$/gm, "");
      const lines = new LineIndex(text);
      const found = [...facts(scriptOf([text]))].map(
        ([at, ...words]) =>
          `${lines.position(at).line + 1}: ${words.filter((w) => w !== undefined && w !== false && w !== "").join(" ")}`,
      );
      expect(found.sort()).toEqual(expected.sort());
    });
  }
});
