import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { systemdDropin } from "../../../server/src/formats/systemd-dropin/index.js";
import { specifierLetters } from "../../../server/src/quoting/systemd.js";
import { needs } from "../../support/programs.js";
import { load, service } from "./systemd.js";

/**
 * What we say the unit gets, undefined for a value that depends on the host. UnsetEnvironment= works when the unit
 * starts; systemd lists it apart.
 */
function environment(text: string): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const { state, name, value } of systemdDropin.parse(text, "/etc/systemd/system/x.service").environment.words) {
    if (state !== "kept" && state !== "unset") continue;
    found.set(name?.text ?? "", value?.hasUnknown() ? undefined : value?.text);
  }
  return found;
}

/** Loads each text as a unit or as a drop-in of one, and compares. */
function compare(texts: readonly string[], as: "unit" | "drop-in" = "unit"): void {
  const units = texts.map((_, i) => `case-${i}.service`);
  const files = new Map<string, string>();
  texts.forEach((text, i) => {
    files.set(`case-${i}.service`, as === "unit" ? text : service(""));
    if (as === "drop-in") files.set(`case-${i}.service.d/http-proxy.conf`, text);
  });
  const seen = load(files, units);
  texts.forEach((text, i) => {
    const ours = environment(text);
    const theirs = seen.environment(`case-${i}.service`) ?? new Map([["not", "loaded"]]);
    const comparable = [...theirs].map(
      ([name, value]) => [name, ours.has(name) ? ours.get(name) && value : value] as const,
    );
    expect(sorted(new Map(comparable)), JSON.stringify(text)).toEqual(sorted(ours));
  });
}

const sorted = (map: ReadonlyMap<string, string | undefined>) =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const written: Readonly<Record<string, readonly string[]>> = {
  "quotes a word or a part of it": [
    `Environment=A=1 "B=2 3" 'C=x'"y" D=a"b"c E='p q' "F=1",\n`,
    `Environment=A=1 "B=2 C=3\n`,
    `Environment=A=p's B=2\nEnvironment=C='x\n`,
    `Environment='A=1\\x41\\'b' B='a"b' "C=\\"q\\"" D= E=""\n`,
    `Environment="" '' A=1\n`,
  ],
  "takes C escapes, and gives up on others": [
    ..."abfnrtvs\\\"'".split("").map((c) => `Environment=A=x\\${c}y B=2\n`),
    ..."cdeghijklmopqwyz!#$%,./089@^".split("").map((c) => `Environment=A=1 B=x\\${c}41y C=3\n`),
    "Environment=A=\\x41\\102\\u0043\\U00000044 B=\\xc3\\xa9\\xF0\\x9f\\x98\\x80\\u00e9\\U0001F600\n",
    "Environment=A=1 B=\\xe9 C=\\xc3\\x28 D=\\xc0\\x80 E=\\xed\\xa0\\x80 F=\\xf4\\x90\\x80\\x80 G=\\351x H=2\n",
    "Environment=A=1 B=\\ud83d\\ude00 C=2 D=\\uffff E=3\n",
    ...[
      "\\x4",
      "\\xzz",
      "\\x00",
      "\\000",
      "\\400",
      "\\u0000",
      "\\u123",
      "\\U0000d83d",
      "\\U00110000",
      "\\U0010FFFF",
      "\\",
    ].map((e) => `Environment=A=1 B=${e} C=3\nEnvironment=D=4\n`),
  ],
  "takes % for a specifier": [
    "Environment=A=%% B=a%%b C=%%%% D=1% E=%/%-%_%:%@%. F=%\n",
    ..."0123456789FKOQXZekxz".split("").map((c) => `Environment=A=1 B=x%${c}y C=3\n`),
    "Environment=A=%%%5C B=\\x25\\x25 C=\\x255 D=1\n",
    'Environment="HTTP_PROXY=http://u:p%40x@h:1/" NO_PROXY=localhost\n',
  ],
  "drops what is no assignment": [
    "Environment=NO_PROXY=localhost, docker\nEnvironment= SP = 1\nEnvironment=export Q=1\n",
    "Environment=A=b # comment B=2\nEnvironment=J=k#l P=1;Q=2 ;R=3 #S=4\n",
    `Environment=1A=1 _B=2 A-B=3 =x é=4 a.b=5 A\\x20B=6 "A B=7" "Z=" OK=$HOME\n`,
    "Environment=“A=1” B=‘2’ C=\u00a0x\u2028y\u0085\n",
  ],
  "adds up and clears": [
    "Environment=A=1\nEnvironment=A=2 B=1\n",
    'Environment=A=1\nEnvironment=\nEnvironment=B=2\nEnvironment=""\n',
    "Environment=A=1\n[Install]\nEnvironment=B=1\n[Unit]\nEnvironment=C=1\n[Service]\nEnvironment=D=1\n",
    "environment=A=1\n ENVIRONMENT=A=1\n  Environment  =  B=1  \n\tEnvironment\t=\tC=3\x0b\x0c D=4\n",
    "[service]\nEnvironment=A=1\n[ Service ]\nEnvironment=B=1\n  [Service]  \nEnvironment=C=1\n[X-Own]\nEnvironment=D=1\n[Foo]\nEnvironment=E=1\n",
    "Environment\nfoo\nEnvironment=A=1\n=x\nexport B=1\nHTTP_PROXY=x\n",
    "Environment=A=1 B=2\nUnsetEnvironment=A\n",
  ],
  "joins lines": [
    "Environment=A=1 \\\n  B=2\\\nC=3 \\\n# comment\n  ; comment \\\n D=4\\\n\nEnvironment=E=5\n",
    "Environment=A=1 \\\\\nEnvironment=B=\\\\\\\n  2\n",
    'Environment="A=1\\\n  2" B=\\\n   3\n',
    "Environment=A=1 \\ \nEnvironment=B=2\n",
    "#Environment=A=1\\\nEnvironment=B=1\n; x \\\nEnvironment=C=1\n",
    "Environment=A=1 \\\n[Service]\nEnvironment=B=1\\",
    "Environment=A=1 \\\r\n B=2\r\nEnvironment=C=3 \\\n\r D=4\n",
    "Environment=A=1\rEnvironment=B=2\r\n#x\rEnvironment=C=3\n\rEnvironment=D=4\n",
    "Environment=A=1\0Environment=B=2\0\n#x\0Environment=C=3\n",
  ],
};

describe.runIf(needs("systemd-analyze"))("systemd reads units as we do", () => {
  it.each(Object.entries(written))("%s", (_, cases) => compare(cases.map(service)));

  it("takes a byte-order mark, and no line before the first section", () => {
    compare([`\ufeff${service("Environment=A=1\n")}`, `Environment=A=1\n${service("Environment=B=1\n")}`]);
  });

  it("stops reading a drop-in at a broken header or character", () => {
    const broken = [
      "[Service",
      "[Service] # x",
      "[Serv'ice]",
      "[]",
      "[",
      "X=\ufffe",
      "X=\ufdd0",
      "Environment=C=\ufffd",
    ];
    compare(
      broken.map((line) => `[Service]\nEnvironment=A=1\n${line}\nEnvironment=B=2\n[Service]\nEnvironment=D=3\n`),
      "drop-in",
    );
  });

  it("expands just these letters", () => {
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
    const files = new Map(
      letters.map((c) => [`letter-${c.charCodeAt(0)}.service`, service(`Environment=A=x%${c}y\n`)]),
    );
    const seen = load(files, [...files.keys()]);
    const expanded = letters.filter((c) => seen.environment(`letter-${c.charCodeAt(0)}.service`)?.has("A"));
    // %D came with a later release.
    expect([...expanded, "D"].sort()).toEqual([...new Set([...specifierLetters, "D"])].sort());
  });

  it("on generated files", () => {
    // No letter that systemd expands after %: its value would be the host's.
    const characters = [..."kZ1_=:/,#;%\\\"'$ \t@é“{}"];
    const pieces = [
      "Z=",
      "Q=",
      "//x",
      "%%",
      "%4",
      "%Q",
      "\\x5a",
      "\\t",
      "\\s",
      '"',
      "'",
      " ",
      "\\\n",
      "\\\n#x\n",
      "\\\r\n",
    ];
    const unit = fc.constantFrom(...characters, ...pieces);
    const value = fc.array(unit, { maxLength: 14 }).map((parts) => parts.join(""));
    const line = fc.oneof(
      { weight: 8, arbitrary: value.map((text) => `Environment=${text}`) },
      {
        weight: 3,
        arbitrary: fc.tuple(fc.constantFrom("Z", "Q", "NO_PROXY"), value).map(([n, v]) => `Environment="${n}=${v}"`),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom("Environment=", "# x", "[Install]", "[Service]", "", "  ; y\\", "Type=simple"),
      },
    );
    const file = fc.tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.constantFrom("\n", "\r\n"));
    const texts = fc.sample(file, { numRuns: 800, seed: 4711 }).map(([lines, eol]) => service(lines.join(eol) + eol));
    compare(texts);
  });
});
