import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteEnvironmentFileValue, readEnvironmentFile } from "../../../server/src/quoting/environment-file.js";
import { MappedText } from "../../../server/src/text/mapped-text.js";
import { needs } from "../../support/programs.js";

const read = (text: string) =>
  readEnvironmentFile(MappedText.document(text))
    .filter((entry) => entry.valid)
    .map((entry) => [entry.name.text, entry.value.text] as const);

const characters = [..."ab= \t\"'\\#;/:%é\n"];

describe("a file of EnvironmentFile=", () => {
  it("says again what was written, and maps each character to those that made it", () => {
    const text = fc.string({ unit: fc.constantFrom(...characters, "$", "`", "\r", "😀", "\x01"), maxLength: 16 });
    fc.assert(
      fc.property(text, (wanted) => {
        const written = quoteEnvironmentFileValue(wanted);
        expect(written).toBeDefined();
        const source = `A=${written}\nB=1\n`;
        const [entry, next] = readEnvironmentFile(MappedText.document(source));
        expect(entry?.value.text).toBe(wanted);
        expect(next?.name.text).toBe("B");
        for (let i = 0; i < wanted.length; i++) {
          const span = entry?.value.toSource({ start: i, end: i + 1 }) ?? { start: 0, end: 0 };
          expect(source.slice(span.start, span.end).replace(/^\\/, "") || "\\").toContain(wanted[i]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("drops names that no variable can have", () => {
    expect(read("export A=1\n1B=2\nC-D=3\n=4\nE F=5\nG\nH=6")).toEqual([["H", "6"]]);
  });
});

/** What systemd's generator for environment.d, which reads files in the same way, makes of them; `$` it expands itself. */
describe.runIf(needs("systemd-analyze"))("systemd reads such files as we do", () => {
  const generator = "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator";
  const environment = (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), "environment-"));
    try {
      mkdirSync(join(folder, "environment.d"));
      writeFileSync(join(folder, "environment.d", "test.conf"), text);
      const env = { HOME: folder, XDG_CONFIG_HOME: folder, PATH: "/usr/bin" };
      return execFileSync(generator, { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
        .split("\n")
        .flatMap((line) => {
          const [, name, value] = /^(T\w*)=(.*)$/.exec(line) ?? [];
          return name === undefined || value === undefined ? [] : [[name, unquoted(value)] as const];
        });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const same = (text: string) => {
    const ours = new Map(read(text).filter(([name]) => name.startsWith("T")));
    expect(environment(text).sort(), JSON.stringify(text)).toEqual([...ours].sort());
  };

  it("on written files", () => {
    same(
      '# c\nTA=1\n; d\n TB = "2 3" \nTC=a b  \nTD="x\\"y\\\\ \\n"z\nTE=\'q w\' "r"  t\nTF=a\\ b\\\nc\nTG="multi\nline"\n',
    );
    same(
      'TA=a"b"\nTB=\\x\nTC=x\\ \\  \nTD=  \'a\'\nTE=a#b # c\nTF="a"#b\n# comment \\\nTG=lost\nTH=1\r\nTI="open\nTJ=1\n',
    );
  });

  it("on generated files", () => {
    const value = fc.string({ unit: fc.constantFrom(...characters.filter((c) => c !== "\n"), "\\\n"), maxLength: 12 });
    const names = ["TA", "TB", "TC", "TD"];
    const file = fc
      .tuple(value, value, value, value)
      .map((values) => values.map((v, i) => `${names[i]}=${v}x\n`).join(""));
    for (const text of fc.sample(file, { numRuns: 100, seed: 99 })) same(text);
  });
});

/** Undoes the C-like quoting of the generator's output. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
  return value.slice(1, -1).replace(/\\(.)/g, (_, c: string) => escapes[c] ?? c);
}
