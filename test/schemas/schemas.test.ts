import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { makeSchemas } from "../../scripts/lib/schemas.mjs";
import { dockerKeyMeaning } from "../../server/src/features/meaning/docker-keys.js";
import { runnerKeyMeaning } from "../../server/src/features/meaning/runner-keys.js";
import { clientKeys, daemonFreeObjects, daemonKeys } from "../../server/src/formats/docker-json/keys.js";
import { allKeys, isKnownTable } from "../../server/src/formats/runner-toml/keys/index.js";
import { removedKeyAt } from "../../server/src/rules/removed-key.js";
import { serviceOf, uriOf } from "../support/engine.js";
import { readFixture } from "../support/fixture.js";

const made = makeSchemas({
  allKeys,
  isKnownTable,
  clientKeys,
  daemonKeys,
  daemonFreeObjects,
  runnerKeyMeaning,
  dockerKeyMeaning,
});

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, formats: { "date-time": true } });
const check = Object.fromEntries(Object.entries(made).map(([name, schema]) => [name, ajv.compile(schema)]));

/** What a schema says against a text; undefined where the text is no document of its language. */
function faultsOf(schema: keyof typeof made, text: string): string[] | undefined {
  let value: unknown;
  try {
    // Dates are texts in the data model of JSON.
    value = schema.startsWith("gitlab") ? JSON.parse(JSON.stringify(parseToml(text))) : JSON.parse(text);
  } catch {
    return undefined;
  }
  const validate = check[schema];
  if (!validate) throw new Error(`no schema ${schema}`);
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const config = "gitlab-runner-config.schema.json";
const client = "docker-config.schema.json";
const daemon = "docker-daemon.schema.json";

describe("the schemas", () => {
  it.each(Object.keys(made))("%s in the repository is the one that the keys make", (name) => {
    expect(JSON.parse(readFileSync(join(root, "schemas", name), "utf8"))).toEqual(made[name]);
  });

  it("explain what matters to proxies", () => {
    expect(JSON.stringify(made[config])).toContain("not gitlab-runner itself");
    expect(JSON.stringify(made[client])).toContain("Becomes NO_PROXY");
    expect(JSON.stringify(made[daemon])).toContain("Registries that dockerd reaches without the proxy");
  });
});

/** The findings that a schema can see as well. */
const seen: readonly string[] = [
  "unknown-key",
  "removed-key",
  "misplaced-key",
  "wrong-type",
  "docker-json-level",
  "syntax-error",
];

describe("files that are right", () => {
  const files: (readonly [path: string, text: string])[] = [];
  for (const folder of ["test/fixtures/runner-toml", "test/fixtures/docker-json", "examples/host"]) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && /\.(?:toml|json)$/.test(entry.name)) {
        files.push([path.slice(root.length + 1), readFileSync(path, "utf8")]);
      }
    }
  }
  for (const name of readdirSync(join(root, "test/fixtures/rules"))) {
    for (const fixture of readFixture(join(root, "test/fixtures/rules", name))) {
      files.push(...fixture.files.map(({ path, text }) => [path, text] as const));
    }
  }

  it("are accepted", () => {
    let accepted = 0;
    for (const [path, text] of files) {
      const service = serviceOf([[path, text]]);
      const tree = service.document(uriOf(path))?.tree;
      if (!tree || tree.template || (tree.format !== "runner-toml" && tree.format !== "docker-json")) continue;
      if (service.findings(uriOf(path)).some(({ rule }) => seen.includes(rule))) continue;
      const faults = faultsOf(tree.format === "runner-toml" ? config : tree.kind === "client" ? client : daemon, text);
      if (faults === undefined) continue;
      // A schema knows keys in one letter case alone, and of those that are gone nothing at all.
      if (!faults.every(isKnownToTheRules)) expect(faults, `${path}\n${text}`).toEqual([]);
      accepted++;
    }
    expect(accepted).toBeGreaterThan(80);
  });
});

function isKnownToTheRules(fault: string): boolean {
  const name = /"(?:additionalProperty|property)":"([^"]+)"/.exec(fault)?.[1] ?? "";
  if (["", "runners[]", "runners[].cache"].some((table) => removedKeyAt(table, name))) return true;
  return allKeys().some(({ key }) => key !== name && key.toLowerCase() === name.toLowerCase());
}

describe("faults that a schema can see", () => {
  it.each([
    ["an unknown key", config, '[[runners]]\nenvironmet = ["A=b"]\n'],
    ["a key that is gone", config, '[[runners]]\npre_clone_script = "a"\n'],
    ["a key of the runner in a table below", config, '[[runners]]\n[runners.docker]\nenvironment = ["A=b"]\n'],
    ["a key of Docker in the runner", config, "[[runners]]\nprivileged = true\n"],
    ["a table for a list", config, '[[runners]]\nenvironment = { A = "b" }\n'],
    ["a text for a list", config, '[[runners]]\nenvironment = "A=b"\n'],
    ["a text for a number", config, 'concurrent = "4"\n'],
    ["a text for a boolean", config, '[[runners]]\n[runners.docker]\nprivileged = "true"\n'],
    ["a shell that there is none of", config, '[[runners]]\nshell = "zsh"\n'],
    ["an empty url", config, '[[runners]]\nurl = ""\n'],
    ["runners that are no list", config, '[runners]\nname = "a"\n'],
    ["an address right under proxies", client, '{ "proxies": { "httpProxy": "http://a:1" } }'],
    ["dockerd's keys in the client's file", client, '{ "proxies": { "default": { "http-proxy": "http://a:1" } } }'],
    ["variables in the client's file", client, '{ "proxies": { "default": { "HTTP_PROXY": "http://a:1" } } }'],
    ["a list for a text", client, '{ "proxies": { "default": { "noProxy": ["a", "b"] } } }'],
    ["an unknown key of dockerd", daemon, '{ "proxy": {} }'],
    ["dockerd's proxies at the top", daemon, '{ "http-proxy": "http://a:1" }'],
    ["the client's keys in dockerd's file", daemon, '{ "proxies": { "default": { "httpProxy": "http://a:1" } } }'],
    ["a text for a list of dockerd", daemon, '{ "registry-mirrors": "https://mirror.example" }'],
  ] as const)("%s", (_, schema, text) => {
    expect(faultsOf(schema, text)?.length).toBeGreaterThan(0);
  });

  it.each([
    [
      config,
      'concurrent = 4\n[[runners]]\ntoken_obtained_at = 0001-01-01T00:00:00Z\nurl = "https://gitlab.example"\nprepare_timeout = "30m"\n[runners.docker]\npull_policy = ["always"]\n[runners.cache]\nType = "s3"\n[runners.feature_flags]\nFF_X = true\n',
    ],
    [
      client,
      '{ "proxies": { "default": { "httpProxy": "http://a:1" }, "tcp://docker:2376": null }, "somethingNew": 1 }',
    ],
    [
      daemon,
      '{ "proxies": { "no-proxy": "a" }, "runtimes": { "x": { "path": "/x" } }, "default-ulimits": { "nofile": { "Name": "nofile", "Hard": 1 } } }',
    ],
  ])("%s takes what is right", (schema, text) => {
    expect(faultsOf(schema, text)).toEqual([]);
  });
});
