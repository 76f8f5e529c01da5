import { describe, expect, it } from "vitest";
import {
  accepts,
  allKeys,
  hasFreeKeys,
  isKnownTable,
  keyInfo,
  keysOf,
  nearestKeys,
  tableInfo,
  tablesWith,
} from "../../../server/src/formats/runner-toml/keys/index.js";
import type { ValueType } from "../../../server/src/formats/runner-toml/keys/parse.js";
import { parse, read } from "./files.js";

describe("the keys of config.toml", () => {
  it("are known with their types", () => {
    expect(allKeys()).toHaveLength(739);
    expect(keyInfo("runners[]", "environment")).toEqual({
      table: "runners[]",
      key: "environment",
      type: "array of string",
      required: false,
    });
    expect(keyInfo("runners[]", "url")).toMatchObject({ required: true, minimumLength: 1 });
    expect(keyInfo("runners[]", "request_concurrency")).toMatchObject({ type: "integer", minimum: 1 });
    expect(keyInfo("runners[]", "shell")?.values).toEqual(["bash", "sh", "cmd", "pwsh", "powershell", ""]);
    expect(keyInfo("runners[].machine", "OffPeakPeriods")).toMatchObject({ note: "deprecated" });
    expect(keyInfo("runners[].docker", "pull_policy")?.type).toBe("string or array of string");
    expect(keyInfo("", "concurrent")?.type).toBe("integer");
    expect(keyInfo("runners[].docker", "environment")).toBeUndefined();
  });

  it("are found in any letter case", () => {
    expect(keyInfo("Runners[].Cache.S3", "serveraddress")?.key).toBe("ServerAddress");
  });

  it("say where a key belongs", () => {
    expect(tablesWith("Pull_Policy").map((info) => info.table)).toEqual(["runners[].docker", "runners[].kubernetes"]);
    expect(tablesWith("no_such_key")).toEqual([]);
  });

  it("belong to tables, some of which take any key", () => {
    expect(isKnownTable("runners[].docker.services[]")).toBe(true);
    expect(isKnownTable("runners[].nothing")).toBe(false);
    expect(keysOf("runners[].ssh").map((info) => info.key)).toContain("identity_file");
    expect(hasFreeKeys("runners[].feature_flags")).toBe(true);
    expect(hasFreeKeys("runners[].docker.sysctls")).toBe(true);
    expect(hasFreeKeys("runners[].docker")).toBe(false);
    expect(tableInfo("runners[]")?.type).toBe("array of table");
    expect(tableInfo("")).toBeUndefined();
  });

  it.each([
    ["runners[]", "enviroment", "environment"],
    ["runners[]", "tls_ca_file", "tls-ca-file"],
    ["runners[]", "tokne", "token"],
    ["runners[].docker", "priviledged", "privileged"],
    ["runners[].cache.s3", "BucketNmae", "BucketName"],
    ["", "concurent", "concurrent"],
  ])("are guessed: %s %s is %s", (table, key, wanted) => {
    expect(nearestKeys(table, key)[0]?.key).toBe(wanted);
  });

  it("are not guessed from far", () => {
    expect(nearestKeys("runners[]", "something_else")).toEqual([]);
    expect(nearestKeys("runners[]", "id2x")).toEqual([]);
  });

  it.each<[ValueType, string, boolean]>([
    ["string", '"a"', true],
    ["string", "1", false],
    ["integer", "1", true],
    ["integer", '"1"', false],
    ["float", "1", true],
    ["boolean", "true", true],
    ["boolean", '"true"', false],
    ["datetime", "0001-01-01T00:00:00Z", true],
    ["datetime", '"2024-05-10T06:26:13+02:00"', true],
    ["datetime", '"tomorrow"', false],
    ["duration", '"1h"', true],
    ["duration", "10", true],
    ["duration", "1.5", false],
    ["array of string", '["a", "b"]', true],
    ["array of string", '["a", 1]', false],
    ["array of string", '"a"', false],
    ["array of table", "[{}]", true],
    ["string or array of string", '"a"', true],
    ["string or array of string", '["a"]', true],
    ["table", "{}", true],
    ["table of string", "{ a = 1 }", true],
    ["table", "[]", false],
    ["string", "a b", true],
  ])("of type %s take %s: %s", (type, text, wanted) => {
    const value = parse(`a = ${text}`).root.value("a");
    expect(value && accepts(type, value)).toBe(wanted);
  });

  it("hold every key of a registered runner", () => {
    const docker = read("registered.toml").runners[0]?.docker;
    for (const key of docker?.members.keys() ?? []) expect(keyInfo("runners[].docker", key)?.key).toBe(key);
  });
});
