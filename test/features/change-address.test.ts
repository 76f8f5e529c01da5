import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeAddress } from "../../server/src/features/change-address.js";
import { endpoints } from "../../server/src/features/occurrences/endpoints.js";
import { hostOf } from "../../server/src/features/occurrences/host.js";
import { createService, type Service } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { applyEdits } from "../../server/src/text/span.js";

const cntlmConf = "file:///etc/cntlm.conf";
const dropin = "file:///etc/systemd/system/docker.service.d/http-proxy.conf";
const runnerToml = "file:///etc/gitlab-runner/config.toml";
const dockerJson = "file:///root/.docker/config.json";

const files: Readonly<Record<string, string>> = {
  [cntlmConf]: `Username svc-runner
Proxy "proxy1.corp-uk.example:8080"
Listen 172.17.0.1:3128
Listen 127.0.0.1:3128
`,
  [dropin]: `[Service]
Environment='HTTP_PROXY=http://127.0.0.1:3128/' "HTTPS_PROXY=http://127.0.0.1:3128/"
Environment=NO_PROXY=localhost,172.17.0.1
`,
  [runnerToml]: `[[runners]]
  name = "builder"
  url = "https://gitlab.corp-uk.example/"
  executor = "docker"
  environment = ["HTTP_PROXY=http://172.17.0.1:3128", 'http_proxy=http://172.17.0.1:3128', "ALL_PROXY=http://other:3128"]
  pre_clone_script = "git config --global http.proxy \\"http://172.17.0.1:3128\\""
  pre_build_script = '''
    echo "{ \\"proxies\\": { \\"default\\": { \\"httpProxy\\": \\"http://172.17.0.1:3128\\" } } }" > ~/.docker/config.json
  '''
  [runners.docker]
    image = "docker:27"
`,
  [dockerJson]: `{ "proxies": { "default": { "httpProxy": "http:\\/\\/172.17.0.1:3128" } } }\n`,
};

function serviceOf(texts: Readonly<Record<string, string>>): Service {
  const service = createService();
  for (const [uri, text] of Object.entries(texts)) service.setDocument(uri, text);
  return service;
}

/** The texts after the change. */
function changed(service: Service, from: string, to: string): Readonly<Record<string, string>> {
  const [first = ""] = service.uris();
  const change = changeAddress(service, first, from, to);
  if ("problem" in change) throw new Error(english(change.problem));
  return Object.fromEntries(
    service.uris().map((uri) => {
      const document = service.document(uri);
      const edits = change.edits
        .filter((edit) => edit.uri === uri)
        .map(({ range, newText }) => ({ span: document?.lines.span(range) ?? { start: 0, end: 0 }, newText }));
      return [uri, applyEdits(document?.text ?? "", edits)];
    }),
  );
}

function replaced(replace: (text: string, uri: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([uri, text]) => [uri, replace(text, uri)]));
}

describe("another address of a proxy", () => {
  it("moves cntlm with all who use it, each by the address that reaches it", () => {
    expect(changed(serviceOf(files), "172.17.0.1:3128", "172.17.0.1:3129")).toEqual(
      replaced((text) => text.replaceAll(/(?<!other):3128/g, ":3129")),
    );
  });

  it("puts the company proxy where cntlm was, which goes on listening", () => {
    expect(changed(serviceOf(files), "http://172.17.0.1:3128/", "http://proxy.corp-uk.example:8081/")).toEqual(
      replaced((text, uri) => {
        if (uri === cntlmConf) return text;
        return text.replaceAll(/(?:172\.17\.0\.1|127\.0\.0\.1):3128/g, "proxy.corp-uk.example:8081");
      }),
    );
  });

  it("changes the company proxy alone where that is named", () => {
    expect(changed(serviceOf(files), "proxy1.corp-uk.example:8080", "[fd00::8]:8080")).toEqual(
      replaced((text) => text.replace("proxy1.corp-uk.example:8080", "[fd00::8]:8080")),
    );
  });

  it("knows an address of IPv6 in any spelling", () => {
    const texts = {
      [dropin]: '[Service]\nEnvironment="HTTPS_PROXY=http://[FD00:0::8]:8080/" HTTP_PROXY=[fd00::8]:8080\n',
    };
    expect(changed(serviceOf(texts), "[fd00:0:0::08]:8080", "proxy.corp-uk.example:3128")).toEqual({
      [dropin]: texts[dropin]
        ?.replace("[FD00:0::8]:8080", "proxy.corp-uk.example:3128")
        .replace("[fd00::8]:8080", "proxy.corp-uk.example:3128"),
    });
  });

  it("says why there is nothing to change", () => {
    const service = serviceOf(files);
    for (const [from, to] of [
      ["10.0.0.1:3128", "10.0.0.2:3128"],
      ["172.17.0.1:3128", "somewhere"],
      ["172.17.0.1:3128", "http://user:secret@proxy:3128"],
      ["172.17.0.1:99999", "proxy:3128"],
    ] as const) {
      const change = changeAddress(service, cntlmConf, from, to);
      expect("problem" in change && english(change.problem)).toMatch(/No setting names|Write host and port/);
    }
  });
});

const hosts = fileURLToPath(new URL("../fixtures/hosts/", import.meta.url));

function fixtureHost(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(names.map((name) => [`file:///${name}`, readFileSync(join(folder, name), "utf8")]));
}

const fixtures = [
  files,
  ...readdirSync(hosts)
    .filter((name) => statSync(join(hosts, name)).isDirectory())
    .map((name) => fixtureHost(join(hosts, name))),
];

/** Every setting of all files, decoded. */
function settingsOf(service: Service): string[] {
  return service
    .uris()
    .flatMap((uri) =>
      (service.document(uri)?.settings.scopes ?? []).flatMap(({ id, assignments }) =>
        assignments.map(({ name, value }) => `${uri} ${id} ${name.text}=${value.text}`),
      ),
    );
}

describe("any address of any host", () => {
  it("is changed in the decoded values, and nothing beside it", () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    // No name of the host itself, and no beginning of a port that the files hold.
    const next = fc.record({
      host: fc.oneof(
        fc.ipV4().map((address) => address.replace(/^\d+/, "203")),
        fc.tuple(label, label).map(([a, b]) => `${a}.${b}.example`),
      ),
      port: fc.integer({ min: 10_000, max: 65_535 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.nat(), next, (texts, pick, { host, port }) => {
        const service = serviceOf(texts);
        const [first = ""] = service.uris();
        const named = endpoints(hostOf(service, first)).filter((one) => one.host !== undefined);
        const one = named[pick % named.length];
        if (!one) return;
        const from = `${one.host?.includes(":") ? `[${one.host}]` : one.host}:${one.port}`;
        const before = settingsOf(service);
        const after = settingsOf(serviceOf(changed(service, from, `${host}:${port}`)));
        expect(after).toHaveLength(before.length);
        const same = named.filter(({ key }) => key === one.key);
        const earlier = [from, ...same.map((other) => `${other.host}:${other.port}`)];
        for (const [at, setting] of after.entries()) {
          if (setting === before[at]) continue;
          expect(earlier.map((address) => setting.replaceAll(`${host}:${port}`, address))).toContain(before[at]);
        }
      }),
    );
  });
});
