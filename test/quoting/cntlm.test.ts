import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cntlmConf } from "../../server/src/formats/cntlm-conf/index.js";
import { quoteCntlm } from "../../server/src/quoting/cntlm.js";
import { applyEdits } from "../../server/src/text/span.js";

const decoded = (written: string) => cntlmConf.parse(`Password ${written}\n`, "cntlm.conf").option("Password")?.value;

const text = fc.string({ unit: fc.constantFrom(..."ab \t\"'#;=:\\é😀\r\n\0".split("")), maxLength: 12 });

describe("cntlm's values", () => {
  it("say again what was written, and only what cntlm can say", () => {
    fc.assert(
      fc.property(text, (wanted) => {
        const written = quoteCntlm(wanted);
        if (written !== undefined) expect(decoded(written)?.text).toBe(wanted);
        else
          expect(wanted === "" || /[\n\0]/.test(wanted) || (wanted.includes('"') && /^["\s;]|#|\s$/.test(wanted))).toBe(
            true,
          );
      }),
      { numRuns: 1000 },
    );
  });

  it("map each character to itself", () => {
    fc.assert(
      fc.property(text, (wanted) => {
        const written = quoteCntlm(wanted);
        if (written === undefined) return;
        const source = `Password ${written}\n`;
        const value = decoded(written);
        for (let i = 0; i < wanted.length; i++) {
          const span = value?.toSource({ start: i, end: i + 1 }) ?? { start: 0, end: 0 };
          expect(source.slice(span.start, span.end)).toBe(wanted[i]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are edited in place, or not at all", () => {
    const edit = (source: string, from: string, to: string) => {
      const value = cntlmConf.parse(source, "cntlm.conf").options[0]?.value;
      const start = value?.text.indexOf(from) ?? 0;
      const edits = value?.replace({ start, end: start + from.length }, to);
      return edits && applyEdits(source, edits);
    };
    expect(edit("NoProxy localhost, 10.0.0.0/8 # x\n", "10.0.0.0/8", "10.*")).toBe("NoProxy localhost, 10.* # x\n");
    expect(edit('Password "pa#ss"\n', "pa#", "b #")).toBe('Password "b #ss"\n');
    expect(edit("Password pass\n", "pa", "p#")).toBeUndefined();
    expect(edit('Password "pass"\n', "pa", 'p"')).toBeUndefined();
  });
});
