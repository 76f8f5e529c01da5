import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cntlmConf } from "../../../server/src/formats/cntlm-conf/index.js";

const folder = new URL("../../fixtures/cntlm-conf/", import.meta.url);
const files = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const);

/** `#= Name value` effective, `#- state Name` otherwise, `#! fault: text`, `#@ role host:port`. */
const marks = (text: string, sign: string) =>
  text.split(/\r?\n/).flatMap((line) => (line.startsWith(`#${sign} `) ? [line.slice(3)] : []));

describe.each(files)("%s", (name, text) => {
  const tree = cntlmConf.parse(text, `file:///etc/${name}`);

  it("is cntlm's", () => expect(cntlmConf.match(`file:///etc/${name}`, text)).toBe(true));

  it("has the options and faults that its comments say", () => {
    const effective = tree.options.filter((option) => option.state === "effective");
    const others = tree.options.filter((option) => option.state !== "effective");
    expect(effective.map((option) => `${option.name} ${option.value.text}`)).toEqual(marks(text, "="));
    expect(others.map((option) => `${option.state} ${option.name}`)).toEqual(marks(text, "-"));
    const faults = tree.options.flatMap((option) => option.faults);
    expect(faults.map(({ kind, span }) => `${kind}: ${text.slice(span.start, span.end)}`)).toEqual(marks(text, "!"));
  });

  it("has the addresses that its comments say", () => {
    const known = tree.addresses.map(({ role, host, port }) => `${role} ${host ?? "-"}:${port ?? "-"}`);
    expect(known).toEqual(marks(text, "@"));
    const { addresses } = cntlmConf.settings(tree);
    expect(addresses.length).toBe(known.filter((address) => !address.startsWith("socks5")).length);
  });

  it("is read from every prefix", () => {
    for (let end = 0; end <= text.length; end++) {
      const part = cntlmConf.parse(text.slice(0, end), name);
      cntlmConf.settings(part);
      for (const { span, line } of part.options) expect(span.start >= line.start && span.end <= line.end).toBe(true);
    }
  });
});

describe("the template", () => {
  const text = files.find(([name]) => name.endsWith(".j2"))?.[1] ?? "";
  const tree = cntlmConf.parse(text, "cntlm.conf.j2");

  it("is known to be one, and what it leaves open is unknown", () => {
    expect(tree.template).toBe(true);
    expect(tree.option("Username")?.value.hasUnknown()).toBe(true);
    expect(tree.option("Auth")?.value.hasUnknown()).toBe(false);
    expect(tree.gateway).toBeUndefined();
  });
});
