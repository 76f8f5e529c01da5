// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of GitLab
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gitlabCi } from "../../../server/src/formats/gitlab-ci/index.js";
import { needs } from "../../support/programs.js";
import { psychScalars } from "./psych.js";

const atom = fc.constantFrom(
  ...[
    "a",
    "b",
    "é",
    " ",
    "  ",
    "\t",
    "\n  ",
    "\n\n  ",
    "''",
    "'",
    '"',
    "\\n",
    "\\\\",
    '\\"',
    "\\x41",
    "\\/",
    "\\e",
    "\\\n  ",
  ],
  ...[
    ":",
    ": ",
    " #",
    "#",
    "-",
    "- ",
    "$",
    "${A}",
    ",",
    "[",
    "]",
    "{",
    "}",
    "%",
    "&",
    "*",
    "!",
    "|",
    ">",
    "@",
    "`",
    "?",
    "=",
  ],
);
const body = fc.array(atom, { maxLength: 10 }).map((atoms) => atoms.join(""));
const value = fc.oneof(
  body,
  body.map((text) => `'${text}'`),
  body.map((text) => `"${text}"`),
  fc
    .tuple(fc.constantFrom("|", ">", "|-", ">+", "|+", ">-"), body)
    .map(([header, text]) => `${header}\n    ${text.replaceAll("\n", "\n  ")}`),
);
const document = fc
  .tuple(value, value, value)
  .map(([a, b, c]) => `variables:\n  A: ${a.replaceAll("\n", "\n  ")}\njob:\n  script:\n  - ${b}\n  - ${c}\n`);

/** libyaml folds blank lines after an escaped line end to line ends, as the specification has it; the yaml package to a blank. */
const knownDifference = /\\\r?\n[ \t]*\r?\n/;

const written = [
  "job:\n  script:\n  - \"begins in\n  the same column\"\n  - 'and\nin the first'\n",
  'job:\n  script: ["a"#no blank\n  ]\n',
  "job:\n\tscript: x\n",
  'job:\n  script: [\n    "a",\n    "b"\n]\n',
  "job: {\nscript: [ # [\n'a]', b,\n\"c\nd\" ]\n}\n",
  "job:\n  only: [\r\n  main\r\n  ]\r\n  script: a\r\n",
  "job:\n  script: [\na\n---\n]\n",
  "job:\n  script: [\na,\n] b\n",
  "job:\n  script: [\na\n",
  "variables:\n  A: @x\n",
  "variables:\n  A: `x`\n",
  'variables:\n  A: "\\d"\n',
  "variables:\n  A: http://p:3128\n  B: a: b\n",
  "variables:\n   A: 1\n  B: 2\n",
  'variables:\n  A: "unclosed\n\njob:\n  script: x\n',
  "variables:\n  A: 1\n  A: 2\n",
  "job:\n  script:\n    - |\n     a\n    b\n",
];

describe.runIf(needs("ruby"))("Psych, with which GitLab reads its file", () => {
  it("accepts and rejects what we do, in written cases", () => {
    const theirs = psychScalars(written).map((scalars) => scalars !== null);
    const ours = written.map((text) => gitlabCi.parse(text, ".gitlab-ci.yml").problems.length === 0);
    expect(written.filter((_, i) => ours[i] !== theirs[i])).toEqual([]);
  });

  it("reads a list whose lines are not indented as we do", () => {
    const text = "job:\n  script: [\n    'a\n b', # c\n\"d]\", e\n f\n]\n";
    const read = gitlabCi.parse(text, ".gitlab-ci.yml").job("job")?.script("script")?.lines;
    expect(psychScalars([text])[0]?.slice(2)).toEqual(read?.map((line) => line.text));
    expect(read?.map((line) => text.slice(line.contentSpan.start, line.contentSpan.end))).toEqual([
      "a\n b",
      "d]",
      "e\n f",
    ]);
  });

  it("reads the scalars of generated files as we do", () => {
    const texts = fc.sample(document, 1500).filter((text) => !knownDifference.test(text));
    const theirs = psychScalars(texts);
    let compared = 0;
    let falseAlarms = 0;
    texts.forEach((text, i) => {
      const scalars = theirs[i];
      if (!scalars) return;
      const tree = gitlabCi.parse(text, ".gitlab-ci.yml");
      if (tree.problems.length > 0) falseAlarms++;
      const [variable] = tree.variables?.variables ?? [];
      const script = tree.job("job")?.script("script");
      if (tree.problems.length > 0 || scalars.length !== 7 || !variable?.raw || script?.lines.length !== 2) return;
      compared++;
      const read = [variable.raw, ...script.lines].map((line) => line.text);
      expect({ text, read }).toEqual({ text, read: [scalars[2], scalars[5], scalars[6]] });
    });
    expect(compared).toBeGreaterThan(200);
    // A line of a block scalar that begins with a quote, beside a quoted scalar that libyaml alone takes.
    expect(falseAlarms).toBeLessThan(10);
  });
});
