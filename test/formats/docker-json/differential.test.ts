import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dockerJson, mistypedValues } from "../../../server/src/formats/docker-json/index.js";
import { needs } from "../../support/programs.js";
import { type ClientReading, FakeDaemon } from "./fake-daemon.js";

/** Our reading of a config.json, in the client's terms. */
function ourReading(text: string, daemon: string): ClientReading {
  const tree = dockerJson.parse(text, "file:///root/.docker/config.json");
  if (tree.problems.length > 0) return { rejected: true, variables: {} };
  const { scopes } = dockerJson.settings(tree);
  const scope = scopes.find(({ label }) => label === daemon) ?? scopes.find(({ label }) => label === "default");
  const variables: Record<string, string> = {};
  for (const { variable, value, external } of scope?.assignments ?? [])
    if (variable && !external) variables[variable.toUpperCase()] = value.text;
  const set = Object.entries(variables).filter(([, value]) => value !== "");
  return { rejected: mistypedValues(tree).length > 0, variables: Object.fromEntries(set) };
}

const inProxies = (inside: string): string => `{"proxies":{"default":{${inside}}}}`;

const written: readonly string[] = [
  "",
  " \n",
  "{}",
  "null",
  "[]",
  '"x"',
  "3",
  "{} trailing",
  '{"proxies":{"default":{"httpProxy":"http://p:1"}}} // rest',
  '{"proxies":{"default":{"httpProxy":"http://p:1"}}}}',
  '\ufeff{"proxies":{}}',
  inProxies(
    '"httpProxy":"http://a:1","httpsProxy":"http://b:2","noProxy":"x,y","ftpProxy":"http://c:3","allProxy":"http://d:4"',
  ),
  inProxies('"HTTPPROXY":"http://a:1","NoPrOxY":"x"'),
  inProxies('"httpProxy":"http://a:1","httpProxy":"http://b:2"'),
  inProxies('"httpProxy":"http://a:1","HTTPProxy":"http://b:2"'),
  inProxies('"httpProxy":"http://a:1","httpProxy":null'),
  inProxies('"httpProxy":"http://a:1","httpProxy":""'),
  inProxies('"http\\u0050roxy":"http://\\u0061:1","noProxy":"\\/\\"x\\\\"'),
  inProxies('"httpſProxy":"http://b:2"'),
  inProxies('"http-proxy":"http://a:1"'),
  inProxies('"noProxy":["a","b"]'),
  inProxies('"noProxy":1'),
  inProxies('"noProxy":true'),
  inProxies('"noProxy":{}'),
  inProxies('"noProxy":null'),
  inProxies('"noProxy":"a",'),
  inProxies('"noProxy":"a" "httpProxy":"b"'),
  inProxies('"noProxy" "a"'),
  inProxies('noProxy:"a"'),
  inProxies("'noProxy':'a'"),
  inProxies('"noProxy":"a\tb"'),
  inProxies('"noProxy":"a\nb"'),
  inProxies('"noProxy":"a\\x"'),
  inProxies('"noProxy":"a\\u12"'),
  inProxies('"noProxy":"a\u007f\u0085é😀"'),
  inProxies('"noProxy":"a" /* why */'),
  inProxies('"noProxy":"a" // why\n'),
  inProxies('"noProxy":"a" # why\n'),
  `${inProxies('"noProxy":"a"').slice(0, -1)}`,
  '{"proxies":{"default":{"httpProxy":"http://a:1"},"default":{"httpsProxy":"http://b:2"}}}',
  '{"proxies":{"default":{"httpProxy":"http://a:1"}},"proxies":{"default":{"httpsProxy":"http://b:2"}}}',
  '{"proxies":{"default":{"httpProxy":"http://a:1"}},"Proxies":{"other":{"httpsProxy":"http://b:2"}}}',
  '{"proxies":{"default":{"httpProxy":"http://a:1"}},"proxies":null}',
  '{"proxies":{"default":{"httpProxy":"http://a:1"},"default":null}}',
  '{"proxies":{"default":{"httpProxy":"http://a:1"},"DAEMON":null}}',
  '{"proxies":{"default":{"httpProxy":"http://a:1"},"DAEMON":{}}}',
  '{"proxies":{"Default":{"httpProxy":"http://a:1"}}}',
  '{"proxies":{"httpProxy":"http://a:1"}}',
  '{"proxies":[]}',
  '{"proxies":"http://a:1"}',
  '{"proxies":{"default":"http://a:1"}}',
  '{"proxies":{"default":{"httpProxy":"http://a:1"},"DAEMON":{"noProxy":"x"}}}',
  '{"psFormat":3,"proxies":{"default":{"httpProxy":"http://a:1"}}}',
  '{"auths":{"r":{"username":3}},"proxies":{"default":{"httpProxy":"http://a:1"}}}',
  '{"experimental":true,"proxies":{"default":{"httpProxy":"http://a:1"}}}',
  '{"nobodyKnows":[{"a":01}],"proxies":{}}',
  '{"nobodyKnows":[-1.5e+3, 0, null, true],"proxies":{"default":{"httpProxy":"http://a:1"}}}',
  '{"nobodyKnows":1.,"proxies":{}}',
  '{"nobodyKnows":+1}',
  '{"nobodyKnows":.5}',
  '{"nobodyKnows":-}',
  '{"nobodyKnows":nul}',
  '{"nobodyKnows":True}',
  '{"a":1\u00a0}',
  '{"a":1\f}',
  '\r\n{\r\n\t"proxies" :\r\n{ }\r\n}\r\n',
];

const name = fc.constantFrom(
  "httpProxy",
  "HttpsProxy",
  "noProxy",
  "NOPROXY",
  "ftpproxy",
  "allProxy",
  "http-proxy",
  "x",
);
const value = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom("null", "1", "true", "[]", "{}", '""') },
);
const endpoint = fc
  .array(fc.tuple(name, value), { maxLength: 4 })
  .map((list) => `{${list.map(([k, v]) => `"${k}": ${v}`).join(",\n ")}}`);
const generated = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom("default", "DAEMON", "Default"), endpoint), { maxLength: 3 }),
    fc.constantFrom("proxies", "Proxies", "credHelpers", "auths"),
  )
  .map(([list, key]) => `{"detachKeys": "ctrl-q", "${key}": {${list.map(([k, v]) => `"${k}": ${v}`).join(", ")}}}`);
/** A valid file with one character taken away, doubled or put in. */
const broken = fc
  .tuple(generated, fc.nat(), fc.constantFrom("", "x", ",", '"', "}", "]", "\\", ":", " ", "\t"))
  .map(([text, at, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + (put === "" ? 1 : 0));
  });

describe.runIf(needs("docker"))("the docker client reads config.json as we do", () => {
  const daemon = new FakeDaemon();
  beforeAll(() => daemon.start());
  afterAll(() => daemon.stop());

  async function compare(cases: readonly string[]): Promise<void> {
    const texts = cases.map((text) => text.replaceAll("DAEMON", daemon.address));
    const theirs = await daemon.read(texts);
    texts.forEach((text, i) => {
      expect({ text, ...ourReading(text, daemon.address) }).toEqual({ text, ...theirs[i] });
    });
  }

  it("in written cases", () => compare(written));
  it("in generated cases", () => compare(fc.sample(fc.oneof(generated, broken), 80)));
});
