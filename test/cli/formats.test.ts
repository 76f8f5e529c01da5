import { spawnSync } from "node:child_process";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { rules } from "../../server/src/rules/index.js";
import { Folder, findingsOf, runCli } from "../support/cli.js";
import { needs } from "../support/programs.js";

/**
 * The rules whose findings the exact reports show: one of each severity and format. All others are off, so that a new
 * rule changes no report here.
 */
const shown = [
  "cntlm-assignment-sign",
  "removed-key",
  "proxy-pair-missing",
  "systemd-section-missing",
  "proxy-case-missing",
  "docker-json-level",
];

const config = {
  rules: Object.fromEntries(
    rules.map(({ id }) => [id, id === "proxy-case-missing" ? "information" : shown.includes(id) ? undefined : "off"]),
  ),
};

function report(format: string) {
  using folder = new Folder({ "config.json": JSON.stringify(config) });
  return runCli(["lint", "--format", format, "--config", folder.join("config.json"), "examples/host"]);
}

/** The wording of messages and the catalogue are tested elsewhere; here what stands around them is. */
function withoutWording(text: string): string {
  const messages = findingsOf(report("json")).map(({ message }) => message);
  const longestFirst = [...new Set(messages)].sort((a, b) => b.length - a.length);
  const json = (message: string) => JSON.stringify(message).slice(1, -1);
  const xml = (message: string) =>
    message.replace(/[<>&"]/g, (c) => `&${{ "<": "lt", ">": "gt", "&": "amp" }[c] ?? "quot"};`);
  return longestFirst.reduce(
    (rest, message) =>
      [message, json(message), xml(message)].reduce((before, form) => before.replaceAll(form, "MESSAGE"), rest),
    text,
  );
}

describe("the reports on the example host", () => {
  it.each(["pretty", "json", "gitlab", "junit", "github"])("--format %s says just this", async (format) => {
    const { code, stdout, stderr } = report(format);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    await expect(withoutWording(stdout)).toMatchFileSnapshot(`reports/${format}.txt`);
  });

  it("--format sarif says just this, beside the catalogue of rules", async () => {
    const { code, stdout, stderr } = report("sarif");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const log = JSON.parse(withoutWording(stdout));
    const { driver } = log.runs[0].tool;
    expect(driver.rules).toHaveLength(rules.length);
    driver.rules = driver.rules.filter(({ id }: { id: string }) => id === "removed-key");
    driver.semanticVersion = "VERSION";
    for (const result of log.runs[0].results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      delete result.ruleIndex;
    }
    await expect(`${JSON.stringify(log, undefined, 2)}\n`).toMatchFileSnapshot("reports/sarif.txt");
  });
});

describe("--format sarif", () => {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(sarifSchema);

  it("is valid by the published schema of SARIF 2.1.0, with findings and without", () => {
    using clean = new Folder({ "etc/cntlm.conf": "", 'etc/systemd/system/a "ü".service.d/a#b.conf': "[service]\n" });
    for (const path of ["examples/host", clean.path, clean.join("etc/cntlm.conf")]) {
      const log: unknown = JSON.parse(runCli(["lint", "--format", "sarif", path]).stdout);
      expect([validate(log), validate.errors]).toEqual([true, null]);
    }
  });

  it("is judged by a schema that refuses what SARIF has not", () => {
    const log = JSON.parse(report("sarif").stdout);
    log.runs[0].results[0].level = "fatal";
    expect(validate(log)).toBe(false);
  });
});

describe.runIf(needs("python3"))("--format junit", () => {
  it("is well-formed XML, whatever the names and texts", () => {
    using folder = new Folder({
      "etc/systemd/system/a<&'\"\u0001>.service.d/x\u{1f600}.conf":
        '[service]\nEnvironment="HTTP_PROXY=http://]]>&<b"\n',
      "etc/gitlab-runner/config.toml": '[[runners]]\n  builder = "]]>&amp;"\n',
    });
    const { stdout } = runCli(["lint", "--format", "junit"], { cwd: folder.path });
    const program =
      "import sys, xml.etree.ElementTree as t; r = t.fromstring(sys.stdin.buffer.read()); print(len(r.findall('testsuite')))";
    const parsed = spawnSync("python3", ["-c", program], { input: stdout, encoding: "utf8" });
    expect(parsed).toMatchObject({ status: 0, stderr: "", stdout: "2\n" });
  });
});
