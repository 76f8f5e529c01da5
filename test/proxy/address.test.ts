import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressCases } from "../../scripts/clients/cases.mjs";
import { parseAddress, portOf } from "../../server/src/proxy/address.js";
import { clientNames } from "../../server/src/proxy/clients.js";
import { measured } from "../../server/src/proxy/clients.measured.js";
import { encodeCredential } from "../../server/src/proxy/credentials.js";
import { addressOutcome, clientsFailing } from "../../server/src/proxy/outcome.js";

/** The parts of an address in one line. */
function parts(text: string): string {
  const { scheme, user, password, host, port, rest } = parseAddress(text);
  return [scheme, user?.text, password?.text, host?.text, port?.text, rest?.text].map((part) => part ?? "-").join(" ");
}

/** The problems of an address, each with the text that it marks. */
function problems(text: string): string[] {
  return parseAddress(text).problems.map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`.trim());
}

describe("parseAddress", () => {
  it.each([
    ["http://proxy.example.com:3128", "http - - proxy.example.com 3128 -"],
    ["HTTP://proxy:3128/", "http - - proxy 3128 /"],
    ["proxy:3128", "- - - proxy 3128 -"],
    ["http://user:secret@proxy:3128", "http user secret proxy 3128 -"],
    ["http://user@proxy", "http user - proxy - -"],
    ["http://u:p@ss@proxy:3128", "http u p@ss proxy 3128 -"],
    ["http://u:a/b#c?d@proxy:3128/", "http u a/b#c?d proxy 3128 /"],
    ["http://u:12/3@proxy:3128", "http u 12/3 proxy 3128 -"],
    ["http://proxy:3128/path@x", "http - - proxy 3128 /path@x"],
    ["http://u:p@proxy:3128/path@x", "http u p proxy 3128 /path@x"],
    ["u:p@[fd00::1]:3128", "- u p fd00::1 3128 -"],
    ["http://[::1]", "http - - ::1 - -"],
    ["http:/proxy:3128", "http - - proxy 3128 -"],
    ["http//proxy:3128", "http - - proxy 3128 -"],
    ["http:3128", "- - - http 3128 -"],
    ["\u201chttp://proxy:3128\u201d,", "http - - proxy 3128 -"],
    ["", "- - - - - -"],
  ])("%s", (text, expected) => {
    expect(parts(text)).toBe(expected);
  });

  it.each([
    ["http://proxy.example.com:3128/", []],
    ["http://u:a:b$c!d%40@proxy:3128", []],
    ["proxy:3128", ["no-scheme"]],
    ["http:/proxy:3128", ["bad-scheme http:/"]],
    ["http://:3128", ["no-host :3128"]],
    ["http://proxy:99999", ["bad-port 99999"]],
    ["http://proxy:0", ["bad-port 0"]],
    ["http://proxy:", ["bad-port"]],
    ["http://host:PORT", ["bad-port PORT"]],
    ["http://proxy :3128", ["blank"]],
    ["http://proxy:3128,", ["comma ,"]],
    ['http://proxy:3128"', ['quote "']],
    ["\u201chttp://proxy:3128\u201d", ["quote \u201c", "quote \u201d"]],
    ["http://pro!xy:3128", ["bad-host !"]],
    ["http://proxy:3128/path", ["path /path"]],
    ["http://u:p@s\\s@proxy:3128", ["character @", "character \\"]],
    ["http://u:10%@proxy:3128", ["escape %"]],
    ["http://u:p%0A@proxy:3128", ["control %0A"]],
    // What another tool fills in is not judged.
    ["http://$HOST:$PORT", []],
    ["http://<docker0>:3128", []],
    ["http://<USER>:{{ secret }}@proxy:3128", []],
    ["   ", ["blank", "no-host"]],
  ])("finds what is wrong with %s", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it("names those who fail", () => {
    const [at] = parseAddress("http://u:p@ss@proxy:3128").problems;
    expect(at?.fails).toEqual(["curl", "wget", "git", "ruby"]);
    const [caret] = parseAddress("http://u:p^ss@proxy:3128").problems;
    expect(caret?.fails).toEqual(["go", "docker", "ruby"]);
    expect(clientsFailing(parseAddress("proxy:3128"))).toEqual(["ruby", "node-undici"]);
  });

  it("never throws, and every span lies in the text and holds what it says", () => {
    const piece = fc.constantFrom(
      ...'http:// http:/ https // @ : / ? # [ ] [::1] % %0A %41 \\ ^ , ; " \u201c a proxy 3128 99999 $ {{ é \ud800'.split(
        " ",
      ),
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 12 }).map((list) => list.join("")),
          fc.string(),
        ),
        (text) => {
          const address = parseAddress(text);
          for (const part of [address.user, address.password, address.host, address.port, address.rest]) {
            if (part) expect(text.slice(part.start, part.end)).toBe(part.text);
          }
          for (const { span } of address.problems) {
            expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
          }
          const port = portOf(address);
          expect(port === undefined || (port > 0 && port < 65_536)).toBe(true);
          for (const client of clientNames) addressOutcome(client, address);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("reads long texts of anything without running out of stack", () => {
    for (const character of ["@", "/", "\\", " ", "%", '"', "http://", "a", ":", "[", "${", "<"]) {
      const long = character.repeat(200_000 / character.length);
      expect(parseAddress(`http://u:${long}@proxy:3128`).host?.text).toBe("proxy");
      expect(parseAddress(long).text).toBe(long);
    }
  });
});

describe("addressOutcome agrees with what was measured", () => {
  it.each(addressCases.filter(({ shape }) => !["socks-scheme", "unknown-scheme", "https-scheme"].includes(shape)))(
    "$shape",
    ({ shape, address }) => {
      const text = address
        .replace("{A}", "127.0.0.1:3128")
        .replace("{Aport}", "3128")
        .replace("{Awrapped}", String(3128 + 65_536));
      const parsed = parseAddress(text);
      const expected: Record<string, string> =
        Object.entries(measured.addresses).find(([name]) => name === shape)?.[1] ?? {};
      const actual = clientNames.flatMap((client) => {
        const outcome = addressOutcome(client, parsed) ?? "proxy";
        return outcome === "proxy" ? [] : [[client, outcome] as const];
      });
      expect(Object.fromEntries(actual)).toEqual(expected);
    },
  );
});

describe("encodeCredential", () => {
  it("encodes what clients take differently and leaves the rest", () => {
    expect(encodeCredential("DOM\\user")).toBe("DOM%5Cuser");
    expect(encodeCredential("p@ss/#?^%:$!%40é")).toBe("p%40ss%2F%23%3F%5E%25:$!%40%C3%A9");
    expect(encodeCredential("{{ p@ss }}")).toBe("{{ p@ss }}");
  });

  it("leaves nothing that a client fails with, and undoes to the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const password = text.replace(/[%$<>{}\ud800-\udfff]/g, "");
        const encoded = encodeCredential(password);
        expect(decodeURIComponent(encoded)).toBe(password);
        expect(parseAddress(`http://user:${encoded}@proxy:3128`).problems).toEqual([]);
        expect(encodeCredential(encoded)).toBe(encoded);
      }),
      { numRuns: 500 },
    );
  });
});
