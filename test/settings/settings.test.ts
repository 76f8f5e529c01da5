import { describe, expect, it } from "vitest";
import { defaultOptions } from "../../server/src/service.js";
import { readConfigFile } from "../../server/src/settings/config-file.js";
import { readSettings, resolveOptions } from "../../server/src/settings/settings.js";
import { english } from "../../server/src/text/message.js";

describe("a source of settings", () => {
  it("sets what it says and nothing else", () => {
    expect(readSettings(undefined)).toEqual({ settings: {}, problems: [] });
    expect(readSettings({ docker0Address: "172.18.0.1", runnerVersion: "v17.4.2", trace: { server: "off" } })).toEqual({
      settings: { docker0Address: "172.18.0.1", runnerVersion: "17.4" },
      problems: [],
    });
    expect(readSettings({ runnerVersion: "" })).toEqual({ settings: {}, problems: [] });
  });

  it.each([
    [{ docker0Address: "docker0" }, ["docker0Address"]],
    [{ docker0Address: "256.1.1.1" }, ["docker0Address"]],
    [{ internalDomains: "corp" }, ["internalDomains"]],
    [{ internalDomains: ["a b"] }, ["internalDomains", 0]],
    [{ runnerVersion: 17.4 }, ["runnerVersion"]],
    [{ rules: ["a"] }, ["rules"]],
    [{ rules: { "proxy-pair-missing": true } }, ["rules", "proxy-pair-missing"]],
    [{ files: { "*.x": "toml" } }, ["files", "*.x"]],
    [[], []],
    ["text", []],
  ])("is told what is wrong with %j, and sets nothing of it", (source, path) => {
    const { settings, problems } = readSettings(source);
    expect(problems).toMatchObject([{ path, severity: "error" }]);
    expect({ ...resolveOptions(settings) }).toEqual(defaultOptions);
  });

  it("is told of names that are not known, and sets a rule of a later version all the same", () => {
    const { settings, problems } = readSettings({ typo: 1, rules: { "rule-to-come": "off" } });
    expect(problems.map(({ path, severity }) => [path, severity])).toEqual([
      [["typo"], "warning"],
      [["rules", "rule-to-come"], "warning"],
    ]);
    expect(settings.rules).toEqual({ "rule-to-come": "off" });
  });

  it("is put over another: keys, rules and globs one by one", () => {
    const editor = { docker0Address: "10.0.0.1", rules: { a: "off", b: "off" }, files: [["x", "none"]] } as const;
    const file = { rules: { b: "error" }, files: [["y", "none"]] } as const;
    expect(resolveOptions(editor, file)).toEqual({
      ...defaultOptions,
      docker0Address: "10.0.0.1",
      rules: { a: "off", b: "error" },
      files: [
        ["y", "none"],
        ["x", "none"],
      ],
    });
  });
});

describe(".runner-proxy.json", () => {
  it("may have comments, trailing commas and a byte-order mark", () => {
    const { settings, problems } = readConfigFile('\uFEFF{ // why\n  "docker0Address": "172.18.0.1", /* x */\n}');
    expect([settings, problems]).toEqual([{ docker0Address: "172.18.0.1" }, []]);
  });

  it("has its problems marked: the name that is not known, the value that is wrong", () => {
    const text = '{ "typo": 1, "rules": { "proxy-pair-missing": "loud" } }';
    const marked = readConfigFile(text).problems.map(({ span }) => text.slice(span.start, span.end));
    expect(marked).toEqual(['"typo"', '"loud"']);
  });

  it.each(["", "{", "{ x }", "[".repeat(100_000), '{"a":'.repeat(100_000)])(
    "sets nothing where it does not parse",
    (text) => {
      const { settings, problems } = readConfigFile(text);
      expect(settings).toEqual({});
      expect(problems.length).toBeGreaterThan(0);
      for (const { message } of problems) expect(english(message)).not.toBe("");
    },
  );
});
