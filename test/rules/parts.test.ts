import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { rootKeywords } from "../../server/src/formats/gitlab-ci/keywords.js";
import { defaultOptions } from "../../server/src/options.js";
import { check, shown } from "../../server/src/rules/check.js";
import type { Finding } from "../../server/src/rules/finding.js";
import { createService, type Service } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { uriOf } from "../support/engine.js";
import { type FixtureCase, readFixture } from "../support/fixture.js";
import "../support/generated.js";

const folder = new URL("../fixtures/rules/", import.meta.url);
const cases: readonly FixtureCase[] = readdirSync(folder).flatMap((name) => [...readFixture(new URL(name, folder))]);

/** What a check of the whole document finds. */
function wholeFindings(service: Service, uri: string): readonly Finding[] {
  const document = service.document(uri);
  if (!document) return [];
  const input = { options: service.options, localize: english, host: service.host(uri) };
  return shown(
    document,
    check(document, input, () => true),
  );
}

function told(findings: readonly Finding[]): readonly string[] {
  return findings
    .map(({ rule, severity, message, range, related }) => JSON.stringify([range, rule, severity, message, related]))
    .sort();
}

/** The texts of one format that fixtures hold, each with the other files of its case. */
function textsOf(
  format: string,
): readonly { readonly text: string; readonly path: string; readonly fixture: FixtureCase }[] {
  return cases.flatMap((fixture) =>
    fixture.files.flatMap(({ path, text }) => {
      const service = createService();
      service.setDocument(uriOf(path), text);
      return service.document(uriOf(path))?.format.id === format ? [{ text, path, fixture }] : [];
    }),
  );
}

interface Place {
  readonly service: Service;
  readonly uri: string;
}

function placeOf({ path, fixture }: { readonly path: string; readonly fixture: FixtureCase }): Place {
  const service = createService({ ...defaultOptions, ...fixture.options });
  for (const file of fixture.files) service.setDocument(uriOf(file.path), file.text);
  // The first version of a document is checked whole.
  service.findings(uriOf(path));
  return { service, uri: uriOf(path) };
}

/** The jobs or runners of a text, under names of their own, so that they can follow those of another. */
function bodyOf(format: string, text: string, number: number): string {
  if (format === "runner-toml") return text.slice(Math.max(0, text.indexOf("[[runners]]")));
  const blocks = text.split(/^(?=[\w.-]+:)/m).filter((block) => !rootKeywords.has(/^[\w.-]+/.exec(block)?.[0] ?? ""));
  return blocks.map((block) => block.replace(/^[\w.-]+/, (key) => `${key}-${number}`)).join("");
}

describe.each(["runner-toml", "gitlab-ci"])("%s", (format) => {
  const texts = textsOf(format);
  /** Jobs that set proxies belong to what all jobs share: files of many parts have few of them. */
  const plain = texts.filter(({ text }) => format === "runner-toml" || !/_proxy/i.test(text));
  /** A text with what several others hold below it. */
  const grown = (at: number, step: number): string => {
    const from = step % 2 === 0 ? texts : plain;
    const others = Array.from({ length: 9 }, (_, n) =>
      bodyOf(format, from[(at + n * step) % from.length]?.text ?? "", n),
    );
    return [texts[at]?.text ?? "", ...others].join("\n");
  };

  test("has texts", () => expect(texts.length).toBeGreaterThan(20));

  test("parts yield what the whole does", () => {
    let inParts = 0;
    for (const [index, first] of texts.entries()) {
      const { service, uri } = placeOf(first);
      for (const step of [1, 4]) {
        const text = grown(index, step);
        service.setDocument(uri, text);
        if (service.document(uri)?.format.parts?.cut(text)) inParts++;
        expect(told(service.findings(uri)), text).toEqual(told(wholeFindings(service, uri)));
      }
    }
    expect(inParts).toBeGreaterThan(20);
  });

  test("parts yield what the whole does, whatever is typed", () => {
    const tokens = [
      "\n",
      '"',
      "'",
      '"""',
      "[",
      "]",
      "[[runners]]\n",
      "#",
      "{{ x }}",
      "&a ",
      "*a",
      "x: ",
      "  ",
      ".x:\n",
      "\t",
      "=",
      "- ",
      "$NAME",
      "http_proxy",
      "x",
      "7",
      "# some words\n",
    ];
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.nat(12),
      text: fc.constantFrom(...tokens),
    });
    fc.assert(
      fc.property(
        fc.nat(texts.length - 1),
        fc.nat(12),
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        (a, b, edits) => {
          const first = texts[a];
          if (!first) return;
          const { service, uri } = placeOf(first);
          let text = grown(a, b);
          for (const { at, drop, text: typed } of edits) {
            const start = Math.floor(at * text.length);
            text = text.slice(0, start) + typed + text.slice(start + drop);
            service.setDocument(uri, text);
            expect(told(service.findings(uri)), text).toEqual(told(wholeFindings(service, uri)));
          }
        },
      ),
    );
  });
});

/** What a runner, or the head before the first, may begin with. */
const beginnings = [
  "[",
  "[[[runners]]\n",
  "[runners]\n",
  "runners = []\n",
  "[Runners]\n",
  "\ufeff",
  "[session_server]\n",
  "x = [\n",
  'x = """\n',
];

test.each(beginnings)("a config.toml with %j in it", (odd) => {
  const uri = uriOf("etc/gitlab-runner/config.toml");
  const runner = `[[runners]]\n  executor = "docker"\n  [runners.docker]\n    image = "a:1"\n    foo = 1\n`;
  const service = createService();
  for (const text of [
    "",
    odd + runner.repeat(5),
    runner.repeat(3) + odd + runner.repeat(3),
    `concurrent = 1\n${odd}${runner.repeat(4)}`,
  ]) {
    service.setDocument(uri, text);
    expect(told(service.findings(uri)), text).toEqual(told(wholeFindings(service, uri)));
  }
});

test("a pipeline whose last line belongs to all jobs and is not ended, and one that sends errors where output goes", () => {
  const uri = uriOf(".gitlab-ci.yml");
  const job = (n: number) =>
    `job${n}:\n  image: docker:27\n  services: [docker:27-dind]\n  script: [docker info 2>&1]\n`;
  const jobs = Array.from({ length: 12 }, (_, n) => job(n)).join("");
  const service = createService();
  for (const text of [
    "",
    `${jobs}variables:\n  http_proxy: http://10.0.0.1:3128`,
    `variables:\n  http_proxy: 10.0.0.1\n${jobs}`,
  ]) {
    service.setDocument(uri, text);
    expect(told(service.findings(uri)), text).toEqual(told(wholeFindings(service, uri)));
  }
  expect(service.document(uri)?.format.parts?.cut(service.document(uri)?.text ?? "")).toBeDefined();
});

test.each(["runner-toml", "gitlab-ci"])("a keystroke in %s reads its own part alone", (format) => {
  const toml = format === "runner-toml";
  const uri = uriOf(toml ? "etc/gitlab-runner/config.toml" : ".gitlab-ci.yml");
  const part = (n: number) =>
    toml
      ? `[[runners]]\n  name = "r${n}"\n  executor = "docker"\n  environment = ["http_proxy=10.0.0.1:3128"]\n`
      : `job${n}:\n  image: docker:27\n  variables: { X: "1" }\n  script: [curl http://example.org]\n`;
  const text = Array.from({ length: 40 }, (_, n) => part(n)).join("");
  const service = createService();
  const type = (text: string) => {
    service.setDocument(uri, text);
    return service.findings(uri).length;
  };
  type(text);
  type(`${text}# `);
  const { format: reader } = service.document(uri) ?? {};
  if (!reader) throw new Error("not recognised");
  const parse = vi.spyOn(reader, "parse");
  type(`${text}# x`);
  type(text.replace(toml ? "10.0" : "example", "x"));
  const read = parse.mock.calls.map(([part]) => part.length);
  parse.mockRestore();
  expect(read.length).toBeGreaterThan(0);
  expect(Math.max(...read)).toBeLessThan(text.length / 10);
  expect(read.length).toBeLessThanOrEqual(4);
});

describe("words that no rule judges", () => {
  const uri = uriOf("etc/gitlab-runner/config.toml");
  const runner = (n: number, words: string) =>
    `# ${words}\n[[runners]]\n  name = "${words} ${n}"\n  executor = "docker"\n  # ${words}\n  environment = ["http_proxy=10.0.0.1:3128", "no_proxy = a, b"]\n`;
  const textOf = (words: readonly string[]) => words.map((word, n) => runner(n, word)).join("");
  const all = (service: Service) =>
    service.findings(uri).map(({ rule, range, fix, alternatives }) => ({ rule, range, fix, alternatives }));

  test("are typed without a reading of anything", () => {
    const service = createService();
    const words = Array.from({ length: 12 }, () => "docker");
    for (const typed of ["docker", "docker x"]) {
      service.setDocument(uri, textOf(words.with(5, typed)));
      service.findings(uri);
    }
    const { format } = service.document(uri) ?? {};
    if (!format) throw new Error("not recognised");
    const parse = vi.spyOn(format, "parse");
    for (const typed of ["docker x", "docker xy", "", "docker xyz"]) {
      service.setDocument(uri, textOf(words.with(5, typed)));
      expect(service.findings(uri).length).toBeGreaterThan(12);
    }
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  test("and the fixes are those of the text as it is", () => {
    const service = createService();
    const words = Array.from({ length: 6 }, () => "docker");
    for (const typed of ["docker", "docker with a longer name", "d", "docker # 4", "e"]) {
      words[3] = typed;
      words[4] = `${typed} too`;
      service.setDocument(uri, textOf(words));
      const fresh = createService();
      fresh.setDocument(uri, textOf(words));
      expect(all(service)).toEqual(all(fresh));
    }
  });
});
