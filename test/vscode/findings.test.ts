import { commandLine } from "./command-line";
import { equal, findingsWhen, inOneLine, open } from "./support";

const paths = [
  "etc/cntlm.conf",
  "etc/systemd/system/docker.service.d/http-proxy.conf",
  "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf",
  "etc/gitlab-runner/config.toml",
  "root/.docker/config.json",
  "project/.gitlab-ci.yml",
];

describe("Findings", () => {
  before(async () => {
    // All of a host's files say together what is wrong in one of them.
    for (const path of paths) {
      await open(path);
    }
  });

  it("are there on the command line at all", () => {
    equal(commandLine.findings.length > 0, true);
  });

  for (const path of paths) {
    it(`of ${path} are those of the command line`, async () => {
      const expected = commandLine.findings
        .filter(({ file }) => file === path)
        .map(({ range, ...rest }) => inOneLine({ ...range, ...rest }));
      const { document } = await open(path);
      const shown = await findingsWhen(document, (_rules, current) => current.length === expected.length);
      equal(shown.map(({ line }) => line).sort(), expected.sort());
    });
  }
});
