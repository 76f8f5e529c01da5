import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBypassList } from "../../server/src/proxy/bypass/entry.js";
import { bypasses } from "../../server/src/proxy/bypass/index.js";
import { entryMeaning, ignoredBy, shortIn } from "../../server/src/proxy/bypass/meaning.js";
import measured from "../../server/src/proxy/bypass/measured.json" with { type: "json" };
import { type ClientName, clientNames } from "../../server/src/proxy/clients.js";
import { explain } from "../../server/src/proxy/explain.js";
import { english, format } from "../../server/src/text/message.js";

describe("parseBypassList", () => {
  it.each([
    ["example.com", "name example.com"],
    [".example.com:8080", "suffix .example.com 8080"],
    ["*.example.com", "wildcard-suffix *.example.com"],
    ["*", "all *"],
    ["10.20.*", "wildcard 10.20.*"],
    ["git?.example.com", "wildcard git?.example.com"],
    ["10.1.2.3:8080", "ipv4 10.1.2.3 8080"],
    ["[fd00::1]:8080", "ipv6 fd00::1 8080"],
    ["fd00::1", "ipv6 fd00::1"],
    ["10.9.9.1/8", "cidr4 10.9.9.1/8"],
    ["fd00::/8", "cidr6 fd00::/8"],
    ["http://user@example.com:80/x", "url example.com 80"],
    ["example.com/", "url example.com"],
    ['"example.com"', "quoted example.com"],
    ["\u2018a.test", "quoted a.test"],
    ["a.test;b.test", "joined a.test;b.test"],
    ["a.test b.test", "joined a.test b.test"],
    ["10.20.", "other 10.20."],
    ["$CI_SERVER_HOST", "other $CI_SERVER_HOST"],
    ["{{ no_proxy }}", "other {{ no_proxy }}"],
  ])("%s", (text, expected) => {
    const [entry] = parseBypassList(text);
    expect([entry?.kind, entry?.host, entry?.port].filter((part) => part !== undefined).join(" ")).toBe(expected);
  });

  it("marks the pieces of a joined entry", () => {
    const list = "localhost, a.test; b.test|c.test";
    const pieces = parseBypassList(list)[1]?.pieces ?? [];
    expect(pieces.map(({ start, end }) => list.slice(start, end))).toEqual(["a.test", "b.test", "c.test"]);
  });

  it("tiles the list", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const entries = parseBypassList(list);
        if (entries.length > 0) expect(entries.map(({ raw }) => raw.text).join(",")).toBe(list);
        for (const entry of entries) {
          expect(list.slice(entry.start, entry.end)).toBe(entry.text);
          expect(list.slice(entry.raw.start, entry.raw.end)).toBe(entry.raw.text);
          expect(entry.raw.text.trim()).toBe(entry.text);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

const pieces = [
  "a.test",
  ".a.test",
  "*.a.test",
  "*",
  "10.0.0.0/8",
  "10.1.2.3",
  "[fd00::1]",
  "fd00::/8",
  ":80",
  ":",
  "/",
  ",",
  ",,",
  " ",
];
const more = ["\t", "\n", ";", "|", '"', "http://", "\u00a0", "é", "$X", "?", ".", "3"];
const lists = fc.oneof(
  fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 12 }).map((list) => list.join("")),
  fc.string(),
);
const urls = fc.oneof(fc.constantFrom(...new Set(measured.rows.map(({ url }) => url))), fc.string(), fc.webUrl());

describe("bypasses", () => {
  it("never throws, and names an entry that lies in the list", () => {
    fc.assert(
      fc.property(fc.constantFrom(...clientNames), urls, lists, (client, url, list) => {
        const verdict = bypasses(client, url, list);
        if (!verdict?.direct || verdict.because === "loopback") return;
        const { start, end, text } = verdict.entry;
        expect(list.slice(start, end).startsWith(text)).toBe(true);
        // An entry that is said to cover the host covers it without its neighbours. wget takes an empty one for a final dot.
        if (text !== "") expect(bypasses(client, url, list.slice(start, end))?.direct).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("takes long lists of anything", () => {
    for (const piece of [",", " ", "a", ".", "**!", "1:", "[", ":", "a,", "10.0.0.0/8,", "/", "\ud800"]) {
      const list = `x.test,${piece.repeat(50_000 / piece.length)}`;
      for (const client of clientNames) {
        expect(bypasses(client, "http://x.test/", list)?.direct).toBe(true);
        expect(bypasses(client, "http://b.test/", list)?.direct).toBe(false);
      }
      expect(parseBypassList(list).length).toBeGreaterThan(1);
    }
  });

  it("does not judge what is no URL of http, https or tcp with an ASCII host", () => {
    for (const url of [
      "",
      "example.com",
      "ftp://example.com/",
      "http://",
      "http://bücher.example/",
      "http://a:99999/",
      "http://[x]/",
    ]) {
      expect(bypasses("curl", url, "*")).toBeUndefined();
    }
    expect(bypasses("docker", "tcp://docker:2375", "docker:2375")?.direct).toBe(true);
    expect(bypasses("docker", "tcp://docker", "docker:2375")?.direct).toBe(true);
  });
});

describe("entryMeaning", () => {
  const job: readonly ClientName[] = ["curl", "wget", "git", "python-requests", "python-urllib", "ruby"];
  const entry = (list: string, index = 0) => {
    const found = parseBypassList(list)[index];
    if (found === undefined) throw new Error("no such entry");
    return found;
  };

  it.each([
    ["10.0.0.0/8", ["wget", "python-urllib", "node-undici", "node-proxy-from-env"]],
    [
      "fd00::/8",
      ["curl", "wget", "git", "python-requests", "python-urllib", "ruby", "node-undici", "node-proxy-from-env"],
    ],
    ["*.example.com", ["curl", "wget", "git", "python-requests", "python-urllib", "ruby"]],
    ["*", ["wget", "ruby"]],
    ["docker:2375", ["curl", "wget", "git"]],
    ["example.com", []],
    ["docker", []],
    ["10.20.*", [...clientNames]],
    ["http://example.com", [...clientNames]],
    ["a.test;b.test", [...clientNames]],
    ['"example.com"', [...clientNames]],
    ["a.test b.test", ["wget", "go", "docker", "python-requests", "python-urllib"]],
  ])("%s is ignored by %j", (list, expected) => {
    expect(ignoredBy(entry(list), clientNames)).toEqual(expected);
  });

  it("sees where in its list an entry stands", () => {
    expect(ignoredBy(entry("a.test,*", 1), clientNames)).toEqual([
      "curl",
      "wget",
      "git",
      "python-requests",
      "python-urllib",
      "ruby",
      "node-undici",
    ]);
    expect(ignoredBy(entry("a.test ,b.test"), clientNames)).toEqual(["wget"]);
    expect(ignoredBy(entry("a.test, b.test", 1), clientNames)).toEqual([]);
  });

  it("tells a name from the names below it", () => {
    expect(entryMeaning("go", entry(".example.com"))).toEqual({ honour: "honoured", itself: false, below: true });
    expect(entryMeaning("curl", entry(".example.com"))).toEqual({ honour: "honoured", itself: true, below: true });
    expect(entryMeaning("node-proxy-from-env", entry("example.com"))).toEqual({
      honour: "partly",
      itself: true,
      below: false,
    });
    expect(shortIn(entry("example.com"), [...job, "node-proxy-from-env"])).toEqual(["node-proxy-from-env"]);
  });

  it("does not judge what it does not understand", () => {
    for (const list of ["$NO_PROXY", "{{ hosts }}", ","])
      expect(entryMeaning("go", entry(list)).honour).toBe("unknown");
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.constantFrom(...clientNames), lists, (client, list) => {
        for (const found of parseBypassList(list)) entryMeaning(client, found);
      }),
      { numRuns: 500 },
    );
  });
});

describe("explain", () => {
  it.each([
    [
      "http://10.1.2.3/",
      "go",
      "localhost, 10.0.0.0/8",
      "direct",
      "For Go 1.19.8, the entry 10.0.0.0/8 covers 10.1.2.3.",
    ],
    [
      "http://10.1.2.3/",
      "wget",
      "localhost, 10.0.0.0/8",
      "proxy",
      "For wget 1.21.3, no entry of the list covers 10.1.2.3.",
    ],
    ["http://localhost/", "go", "", "direct", "Go 1.19.8 never asks a proxy for localhost: it is loopback."],
    ["http://example.com/", "curl", "*", "direct", "curl 7.88.1 takes * for every host."],
    ["http://example.com/", "curl", "", "proxy", "The bypass list of curl is empty."],
    ["ftp://example.com/", "curl", "*", "unknown", "The address is not a URL of http or https with an ASCII host."],
  ] as const)("%s from %s with %j", (url, client, list, via, because) => {
    const explanation = explain(url, client, list);
    expect([explanation.via, english(explanation.because)]).toEqual([via, because]);
    expect(format(explanation.because.text, explanation.because.args)).toBe(because);
  });

  it("marks the entry", () => {
    const list = "localhost, 10.0.0.0/8";
    const { entry } = explain("http://10.1.2.3/", "go", list);
    expect(entry && list.slice(entry.start, entry.end)).toBe("10.0.0.0/8");
  });
});
