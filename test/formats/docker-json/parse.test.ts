import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dockerJson, mistypedValues } from "../../../server/src/formats/docker-json/index.js";
import { english } from "../../../server/src/text/message.js";
import { applyEdits } from "../../../server/src/text/span.js";

const folder = new URL("../../fixtures/docker-json/", import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.json(\.j2)?$/.test(name));
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const uriOf = (name: string): string => `file:///host/${name}`;
const parse = (name: string) => dockerJson.parse(read(name), uriOf(name));

/** Each scope's assignments as `scope: name=value`, an unknown value in part as `?`. */
function assignments(name: string): readonly string[] {
  return dockerJson.settings(parse(name)).scopes.flatMap((scope) =>
    scope.assignments.map(({ variable, value }) => {
      const shown = value.hasUnknown() ? "?" : value.text;
      return `${scope.id}: ${variable ?? "-"}=${shown}`;
    }),
  );
}

describe("Docker's JSON", () => {
  it.each(names)("%s is recognised", (name) => {
    expect(dockerJson.match(uriOf(name), read(name))).toBe(true);
    expect(parse(name).kind).toBe(name.includes("daemon") ? "daemon" : "client");
  });

  it.each([
    ["roles/docker/files/daemon.json", '{"dns": ["10.0.0.2"], "debug": true}'],
    ["docker/config.json", '{"auths": {}, "stackOrchestrator": "swarm"}'],
  ])("%s is told by its folder and its keys", (path, text) => {
    expect(dockerJson.match(uriOf(path), text)).toBe(true);
  });

  it.each([
    ["etc/app/config.json", '{"debug": true, "plugins": []}'],
    ["etc/app/config.json", '{"auths": {}, "listen": ":80"}'],
    ["etc/gost/daemon.json", '{"Debug": false, "Routes": []}'],
    ["package.json", '{"proxies": {}}'],
    ["docker/templates/users.json", '{"group": "wheel"}'],
    ["config.json", ""],
  ])("%s of another program is left alone", (path, text) => {
    expect(dockerJson.match(uriOf(path), text)).toBe(false);
  });

  it("reads the client's endpoints", () => {
    expect(assignments(".docker/config.json")).toEqual([
      "proxies.default: http_proxy=http://172.17.0.1:3128",
      "proxies.default: https_proxy=http://172.17.0.1:3128",
      "proxies.default: no_proxy=localhost,127.0.0.1,.kontor.example,docker",
      "proxies.tcp://build2.kontor.example:2376: http_proxy=http://proxy2.kontor.example:3128",
      "proxies.tcp://build2.kontor.example:2376: https_proxy=http://proxy2.kontor.example:3128",
    ]);
    expect(assignments("letter-case.config.json")).toEqual([
      "proxies.default: http_proxy=http://old.kontor.example:3128",
      "proxies.default: http_proxy=http://new.kontor.example:3128",
      "proxies.default: -=http://lost.kontor.example:3128",
    ]);
  });

  it("reads dockerd's proxies, registries and networks", () => {
    const tree = parse("docker/daemon.json");
    expect(assignments("docker/daemon.json")).toEqual([
      "proxies: http_proxy=http://127.0.0.1:3128",
      "proxies: https_proxy=http://127.0.0.1:3128",
      "proxies: no_proxy=localhost,127.0.0.0/8,.kontor.example",
    ]);
    const { hosts, scopes } = dockerJson.settings(tree);
    expect(hosts.map((host) => host.value.text)).toEqual([
      "https://mirror.kontor.example",
      "registry.lab.kontor.example:5000",
    ]);
    expect(scopes[0]).toMatchObject({ readers: ["dockerd"], container: false });
    expect(tree.root?.property("bip")?.value?.text?.text).toBe("10.200.0.1/24");
    const pools = tree.root?.property("default-address-pools")?.value?.items ?? [];
    expect(pools.map((pool) => pool.property("base")?.value?.text?.text)).toEqual(["10.201.0.0/16"]);
  });

  it("knows what a template fills in, and reports nothing there", () => {
    expect(assignments("templates/docker-config.json.j2")).toEqual([
      "proxies.default: http_proxy=?",
      "proxies.default: https_proxy=?",
      "proxies.default: no_proxy=?",
    ]);
    const tree = parse("templates/daemon.json.j2");
    expect(tree).toMatchObject({ template: true, problems: [] });
    expect(tree.root?.property("debug")?.value?.unknown).toBe(true);
    expect(tree.root?.property("live-restore")?.value?.unknown).toBe(false);
    expect(mistypedValues(tree)).toEqual([]);
  });

  it.each([
    ["commented.daemon.json", ["// the company's mirror", "// the same one", ",", ","]],
    ["half-typed.config.json", ['"httpsProxy"', "}", ""]],
  ])("%s has its mistakes marked", (name, marked) => {
    const text = read(name);
    expect(parse(name).problems.map(({ span }) => text.slice(span.start, span.end))).toEqual(marked);
  });

  it("mends what it can, so that Go reads it", () => {
    const name = "commented.daemon.json";
    const edits = parse(name).problems.flatMap((problem) => problem.repair?.edits ?? []);
    const mended = applyEdits(read(name), edits);
    expect(dockerJson.parse(mended, uriOf(name)).problems).toEqual([]);
    expect(mended).toBe(
      read(name).replace("  // the company's mirror\n", "").replace(", // the same one", "").replace("true,", "true"),
    );
  });

  it("still reads a file with mistakes", () => {
    expect(assignments("half-typed.config.json")).toEqual([
      "proxies.default: http_proxy=http://172.17.0.1:3128",
      "proxies.default: https_proxy=http://172.17.0.1:3128",
    ]);
  });

  it("finds values of a wrong type", () => {
    const text =
      '{"proxies": {"default": {"noProxy": ["a"], "httpProxy": 1}}, "auths": [], "experimental": null, "x": 1}';
    const found = mistypedValues(dockerJson.parse(text, uriOf(".docker/config.json")));
    expect(found.map(({ key, value, expected }) => `${key}: ${value.kind} for ${expected}`)).toEqual([
      "noProxy: array for string",
      "httpProxy: number for string",
      "auths: array for object",
    ]);
    const daemon = '{"mtu": "1500", "proxies": {"no-proxy": ["a"]}, "Debug": "x", "runtimes": {"a": {"path": "/x"}}}';
    const mistyped = mistypedValues(dockerJson.parse(daemon, uriOf("docker/daemon.json")));
    expect(mistyped.map(({ key }) => key)).toEqual(["mtu", "no-proxy"]);
  });

  it("lets dockerd have a byte-order mark, and not the client", () => {
    const problems = (name: string) =>
      dockerJson.parse("\ufeff{}", uriOf(name)).problems.map(({ message }) => english(message));
    expect(problems("docker/daemon.json")).toEqual([]);
    expect(problems(".docker/config.json")).toEqual(["A byte-order mark: docker rejects the whole file."]);
  });

  it.each(names)("%s: no prefix does harm", (name) => {
    const text = read(name);
    for (let end = 0; end <= text.length; end++) {
      const tree = dockerJson.parse(text.slice(0, end), uriOf(name));
      for (const scope of dockerJson.settings(tree).scopes) dockerJson.addAssignment(tree, scope, "noProxy", "x");
      mistypedValues(tree);
    }
  });

  it.each([
    ["brackets", "[".repeat(10_000)],
    ["objects", '{"a":'.repeat(10_000)],
    ["one long line", `{"a":"${"x".repeat(1_000_000)}"}`],
    ["one long array", `[${"1,".repeat(300_000)}1]`],
    ["commas", ",".repeat(20_000)],
    ["quotes", '"'.repeat(20_000)],
    ["odd characters", '\u0000\ud800\r\ufeff{"a\udfff":"\u0001"}\r'],
    ["holes", "{{".repeat(20_000)],
    ["blank lines", "\n".repeat(100_000)],
    ["binary", Array.from({ length: 20_480 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join("")],
  ])("reads %s without harm", (_, text) => {
    for (const name of [".docker/config.json", "docker/daemon.json"]) {
      const tree = dockerJson.parse(text, uriOf(name));
      expect(tree.problems.length).toBeLessThanOrEqual(11);
      dockerJson.settings(tree);
    }
  });
});

describe("edits of Docker's JSON", () => {
  const files = names.filter((name) => !name.startsWith("templates/") && parse(name).problems.length === 0);
  const scopes = files.flatMap((name) =>
    dockerJson.settings(parse(name)).scopes.map((scope) => [name, scope.id] as const),
  );

  it.each(scopes)("in %s: %s gets a key and loses it again", (name, id) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const text = read(name);
        const tree = parse(name);
        const scope = dockerJson.settings(tree).scopes.find((s) => s.id === id);
        if (!scope) throw new Error(id);
        const key = name.includes("daemon") ? "no-proxy" : "ftpProxy";
        const after = applyEdits(text, dockerJson.addAssignment(tree, scope, key, value) ?? []);
        const read2 = dockerJson.parse(after, uriOf(name));
        expect(read2.problems).toEqual([]);
        const again = dockerJson.settings(read2).scopes.find((s) => s.id === id);
        const added = again?.assignments.at(-1);
        expect(added?.value.text).toBe(value);
        expect(again?.assignments).toHaveLength(scope.assignments.length + 1);
        if (!again || !added) return;
        expect(applyEdits(after, dockerJson.removeAssignment(read2, again, added) ?? [])).toBe(
          scope.assignments.length > 0 ? text : text.replace(/\{\s*\}/, "{}"),
        );
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['{"proxies":{"default":{}}}', '{"proxies":{"default":{ "noProxy": "x" }}}'],
    [
      '{\n  "proxies": {\n    "default": {}\n  }\n}\n',
      '{\n  "proxies": {\n    "default": {\n      "noProxy": "x"\n    }\n  }\n}\n',
    ],
    ['{"proxies":{"default":{"httpProxy":"a"}}}', '{"proxies":{"default":{"httpProxy":"a", "noProxy":"x"}}}'],
    [
      '{\r\n "proxies": {"default": {\r\n\t"httpProxy" : "a"\r\n}}}',
      '{\r\n "proxies": {"default": {\r\n\t"httpProxy" : "a",\r\n\t"noProxy" : "x"\r\n}}}',
    ],
  ])("writes into %j as it is written there", (text, wanted) => {
    const tree = dockerJson.parse(text, uriOf(".docker/config.json"));
    const [scope] = dockerJson.settings(tree).scopes;
    expect(scope && applyEdits(text, dockerJson.addAssignment(tree, scope, "noProxy", "x") ?? [])).toBe(wanted);
  });

  it("takes the first and the only key away with what only they need", () => {
    const remove = (text: string): string | undefined => {
      const tree = dockerJson.parse(text, uriOf(".docker/config.json"));
      const [scope] = dockerJson.settings(tree).scopes;
      const [first] = scope?.assignments ?? [];
      return scope && first && applyEdits(text, dockerJson.removeAssignment(tree, scope, first) ?? []);
    };
    expect(remove('{"proxies":{"default":{"httpProxy":"a", "noProxy":"x"}}}')).toBe(
      '{"proxies":{"default":{"noProxy":"x"}}}',
    );
    expect(remove('{"proxies":{"default":{\n  "httpProxy":"a"\n}}}')).toBe('{"proxies":{"default":{}}}');
  });
});
