import { describe, expect, it } from "vitest";
import { Folder, findingsOf, runCli } from "../support/cli.js";

const half = '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128"\n';
const dropin = "etc/systemd/system/docker.service.d/a b.conf";
const clean = "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf";

function report(format: string, files: Readonly<Record<string, string>>, ...args: string[]) {
  using folder = new Folder(files);
  const result = runCli(["lint", "--format", format, ...args], { cwd: folder.path });
  return { ...result, json: (): unknown => JSON.parse(result.stdout) };
}

describe("--format sarif", () => {
  it("names the rule, the place and an id that outlives moves", () => {
    const { json, code } = report("sarif", { [dropin]: half });
    expect(code).toBe(1);
    const log = json();
    expect(log).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          columnKind: "utf16CodeUnits",
          results: [
            {
              ruleId: "proxy-pair-missing",
              level: "warning",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "etc/systemd/system/docker.service.d/a%20b.conf" },
                    region: { startLine: 2, startColumn: 14, endLine: 2, endColumn: 24 },
                  },
                },
              ],
              partialFingerprints: { "runnerProxy/v1": expect.stringMatching(/^[\da-f]{64}$/) },
            },
          ],
        },
      ],
    });
    const [run] = (
      log as { runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleIndex: number }[] }[] }
    ).runs;
    expect(run?.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]?.id).toBe("proxy-pair-missing");
  });
});

describe("--format gitlab", () => {
  const issues = (files: Readonly<Record<string, string>>) =>
    report("gitlab", files).json() as { fingerprint: string; location: { lines: { begin: number } } }[];

  it("is a list of issues", () => {
    expect(issues({ [dropin]: half })).toEqual([
      {
        description: expect.stringContaining("HTTPS_PROXY"),
        check_name: "proxy-pair-missing",
        fingerprint: expect.stringMatching(/^[\da-f]{64}$/),
        severity: "minor",
        location: { path: dropin, lines: { begin: 2, end: 2 } },
      },
    ]);
    expect(issues({ [dropin]: "[Service]\n" })).toEqual([]);
  });

  it("keeps a finding's fingerprint when it moves, and gives two alike two", () => {
    const [before] = issues({ [dropin]: half });
    const [after] = issues({ [dropin]: `# one\n# two\n# three\n${half}` });
    expect(after?.location.lines.begin).toBe(5);
    expect(after?.fingerprint).toBe(before?.fingerprint);
    const runner = '[[runners]]\n  executor = "docker"\n  environment = ["HTTP_PROXY=http://172.17.0.1:3128"]\n';
    const prints = issues({ "etc/gitlab-runner/config.toml": runner + runner }).map(({ fingerprint }) => fingerprint);
    expect(prints.length).toBeGreaterThan(1);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe("--format junit", () => {
  it("has a suite a file, in which findings at or above --fail-on fail", () => {
    const files = { [dropin]: half, [clean]: "[Service]\n" };
    const { stdout } = report("junit", files);
    expect(stdout).toContain('<testsuites name="runner-proxy" tests="2" failures="1">');
    expect(stdout).toContain(`<testsuite name="${dropin}" tests="1" failures="1">`);
    expect(stdout).toContain(
      `<testcase name="proxy-pair-missing 2:14" classname="${dropin}"><failure type="proxy-pair-missing"`,
    );
    expect(stdout).toContain(`<testcase name="nothing to report" classname="${clean}"/>`);
    expect(report("junit", files, "--fail-on", "error").stdout).toContain('tests="2" failures="0"');
  });

  it("says names as XML can", () => {
    const { stdout } = report("junit", { 'etc/systemd/system/a<&">.service.d/x.conf': "[Service]\n" });
    expect(stdout).toContain("etc/systemd/system/a&lt;&amp;&quot;&gt;.service.d/x.conf");
  });
});

describe("--format github", () => {
  it("is an annotation a line, with its values escaped", () => {
    const { stdout } = report("github", { "etc/systemd/system/docker.service.d/a,b.conf": half });
    expect(stdout).toMatch(
      /^::warning file=etc\/systemd\/system\/docker\.service\.d\/a%2Cb\.conf,line=2,endLine=2,col=14,endColumn=24,title=proxy-pair-missing::[^\n]*HTTPS_PROXY[^\n]*\n$/,
    );
  });
});

it("no report holds a password", () => {
  const secret = half.replace("172.", "me:geheim@172.");
  for (const format of ["pretty", "json", "sarif", "gitlab", "junit", "github"]) {
    const { stdout } = report(format, { [dropin]: secret });
    expect(stdout).not.toBe("");
    expect([format, stdout.includes("geheim")]).toEqual([format, false]);
  }
});

it("all reports tell of the same findings", () => {
  const count = findingsOf(runCli(["lint", "--format", "json", "examples/host"])).length;
  expect(count).toBeGreaterThan(5);
  const lines = (format: string, mark: RegExp) =>
    runCli(["lint", "--format", format, "examples/host"]).stdout.match(mark)?.length;
  expect(lines("pretty", /^\S+:\d+:\d+: (?:error|warning|information|hint): .*\]$/gm)).toBe(count);
  expect(lines("sarif", /"ruleId"/g)).toBe(count);
  expect(lines("gitlab", /"check_name"/g)).toBe(count);
  expect(lines("junit", /<(?:failure|system-out)/g)).toBe(count);
  expect(lines("github", /^::/gm)).toBe(count);
});
