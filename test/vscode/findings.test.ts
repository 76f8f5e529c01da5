import { equal, findingsWhen, open } from "./support";

/** The mistakes in examples/host that this suite relies on: more may be found there. */
const planted = {
  "etc/cntlm.conf": [
    ["cntlm-assignment-sign", "="],
    ["cntlm-quoted-value", "'proxy2.corp-uk.example:8080'"],
    ["cntlm-listen-unreachable", "3128"],
  ],
} as const;

describe("Findings", () => {
  for (const [path, expected] of Object.entries(planted)) {
    it(`are shown in ${path}`, async () => {
      const { document } = await open(path);
      const shown = await findingsWhen(document, (rules) => expected.every(([rule]) => rules.includes(rule)));
      const marks = shown.map(({ rule, marked }) => `${rule}: ${marked}`);
      equal(
        expected.map(([rule, marked]) => `${rule}: ${marked}`).filter((mark) => !marks.includes(mark)),
        [],
      );
    });
  }
});
