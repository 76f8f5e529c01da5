import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createService } from "../../server/src/service.js";
import { chainOf } from "../../server/src/workspace/chain.js";
import type { Environment } from "../../server/src/workspace/environment.js";
import { routesOf } from "../../server/src/workspace/routes.js";
import { load, service } from "../formats/systemd-dropin/systemd.js";
import { needs } from "../support/programs.js";

function chainOfFiles(files: Readonly<Record<string, string>>) {
  const engine = createService();
  for (const [path, text] of Object.entries(files)) engine.setDocument(`file:///host/${path}`, text);
  return chainOf(engine.host(engine.uris()[0] ?? ""));
}

function variables({ given }: Environment): Record<string, string> {
  const kept = given.filter(({ assignment }) => !assignment.dropped);
  return Object.fromEntries(kept.map(({ assignment: { name, value } }) => [name.text, value.text]));
}

const folder = "etc/systemd/system";

describe.runIf(needs("systemd-analyze"))("drop-ins add up as systemd adds them", () => {
  const line = fc.oneof(
    fc
      .tuple(fc.constantFrom("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "https_proxy"), fc.integer({ min: 1, max: 99 }))
      .map(([name, port]) => `Environment=${name}=http://proxy:${port}`),
    fc.constantFrom(
      "Environment=",
      'Environment="HTTP_PROXY=a b" NO_PROXY=x,y',
      "Environment=HTTP_PROXY=%41",
      "# a comment",
    ),
  );
  const dropin = fc.tuple(
    fc.constantFrom("10-a.conf", "9-b.conf", "http-proxy.conf", "Z.conf", "a.conf", "a.conf.bak"),
    fc.array(line, { maxLength: 4 }).map((lines) => `[Service]\n${lines.join("\n")}\n`),
  );
  const cases = fc.sample(fc.array(dropin, { minLength: 1, maxLength: 4 }), { numRuns: 300, seed: 7 });

  it("in 300 generated folders", () => {
    const files = new Map<string, string>();
    const units = cases.map((_, i) => `gitlab-runner-${i}.service`);
    for (const [i, list] of cases.entries()) {
      files.set(`gitlab-runner-${i}.service`, service("Environment=HTTPS_PROXY=http://unit:1\n"));
      for (const [name, text] of list) files.set(`gitlab-runner-${i}.service.d/${name}`, text);
    }
    const seen = load(files, units);
    for (const [i, unit] of units.entries()) {
      const own = [...files].filter(([path]) => path === unit || path.startsWith(`${unit}.d/`));
      const { runnerService } = chainOfFiles(
        Object.fromEntries(own.map(([path, text]) => [`${folder}/${path}`, text])),
      );
      expect(variables(runnerService.environment), JSON.stringify(cases[i])).toEqual(
        Object.fromEntries(seen.environment(unit) ?? [["not", "loaded"]]),
      );
    }
  });
});

test("a file of EnvironmentFile= goes over Environment=, of whatever drop-in", () => {
  const { runnerService } = chainOfFiles({
    [`${folder}/gitlab-runner.service.d/10.conf`]: "[Service]\nEnvironmentFile=-/etc/default/proxy\n",
    [`${folder}/gitlab-runner.service.d/20.conf`]:
      "[Service]\nEnvironment=HTTPS_PROXY=http://b:1 HTTP_PROXY=http://b:1\n",
    "etc/default/proxy": "HTTPS_PROXY=http://a:1\n",
  });
  expect(variables(runnerService.environment)).toEqual({ HTTPS_PROXY: "http://a:1", HTTP_PROXY: "http://b:1" });
  expect(runnerService.environment.open).toBeUndefined();
});

test("an empty EnvironmentFile= takes back those before, UnsetEnvironment= what it names", () => {
  const { runnerService } = chainOfFiles({
    [`${folder}/gitlab-runner.service.d/10.conf`]:
      "[Service]\nEnvironmentFile=/etc/default/proxy\nEnvironment=NO_PROXY=a\n",
    [`${folder}/gitlab-runner.service.d/20.conf`]: "[Service]\nEnvironmentFile=\nUnsetEnvironment=NO_PROXY\n",
    "etc/default/proxy": "HTTPS_PROXY=http://a:1\n",
  });
  expect(variables(runnerService.environment)).toEqual({});
});

test("what is not among the files, or comes from elsewhere, leaves the environment open", () => {
  const open = (line: string) =>
    chainOfFiles({ [`${folder}/docker.service.d/10.conf`]: `[Service]\n${line}\n` }).dockerd.environment.open?.text;
  expect(open("EnvironmentFile=/etc/proxy.env")).toMatch(/not among the files/);
  expect(open("EnvironmentFile=-/etc/proxy.env")).toBeUndefined();
  expect(open("EnvironmentFile=/etc/proxy.d/*.env")).toMatch(/pattern/);
  expect(open("PassEnvironment=HTTPS_PROXY")).toMatch(/PassEnvironment/);
  expect(open("Environment=A=1")).toBeUndefined();
});

test("/etc/environment is a file of variables like others", () => {
  const { dockerd } = chainOfFiles({
    [`${folder}/docker.service.d/10.conf`]: "[Service]\nEnvironmentFile=/etc/environment\n",
    "etc/environment": "PATH=/usr/bin\nHTTPS_PROXY=http://a:1\n",
  });
  expect(dockerd.environment.open).toBeUndefined();
  expect(variables(dockerd.environment)).toMatchObject({ HTTPS_PROXY: "http://a:1" });
});

test("/etc/sysconfig/gitlab-runner is read by the unit that the runner installs; docker's differ", () => {
  const files = (program: string) => ({
    [`etc/sysconfig/${program}`]: "HTTPS_PROXY=http://a:1\n",
    [`${folder}/${program}.service.d/10.conf`]: "[Service]\nEnvironment=A=1\n",
  });
  expect(variables(chainOfFiles(files("gitlab-runner")).runnerService.environment)).toMatchObject({
    HTTPS_PROXY: "http://a:1",
  });
  expect(chainOfFiles(files("docker")).dockerd.environment.open?.text).toMatch(/Whether the unit reads/);
});

test("a unit of /etc takes the place of one of /usr/lib", () => {
  const { dockerd } = chainOfFiles({
    [`${folder}/docker.service`]: "[Service]\nEnvironment=HTTPS_PROXY=http://etc:1\n",
    "usr/lib/systemd/system/docker.service":
      "[Service]\nEnvironment=HTTPS_PROXY=http://lib:1 HTTP_PROXY=http://lib:1\n",
    "usr/lib/systemd/system/docker.service.d/10.conf": "[Service]\nEnvironment=NO_PROXY=a\n",
  });
  expect(variables(dockerd.environment)).toEqual({ HTTPS_PROXY: "http://etc:1", NO_PROXY: "a" });
});

test("what a file of EnvironmentFile= that is not among the files may override is not known", () => {
  const dropin = (lines: string) => ({
    [`${folder}/gitlab-runner.service.d/p.conf`]: `[Service]\nEnvironment=HTTPS_PROXY=http://unit:1 NO_PROXY=.lan\n${lines}`,
    "etc/default/last": "HTTPS_PROXY=http://last:1\nNO_PROXY=.lan\n",
  });
  const way = (lines: string, url: string) => {
    const [route] = routesOf(chainOfFiles(dropin(lines)), url, { from: "runner" });
    return route?.proxy ?? route?.via;
  };
  const missing = "EnvironmentFile=/etc/default/missing\n";
  expect(way("", "https://x.example/")).toBe("http://unit:1");
  expect(way(missing, "https://x.example/")).toBe("unknown");
  expect(way(missing, "https://a.lan/")).toBe("unknown");
  expect(way(missing, "http://x.example/")).toBe("unknown");
  expect(way(`${missing}EnvironmentFile=/etc/default/last\n`, "https://x.example/")).toBe("http://last:1");
  expect(way(`EnvironmentFile=/etc/default/last\n${missing}`, "https://x.example/")).toBe("unknown");
  expect(way(`${missing}EnvironmentFile=\n`, "https://x.example/")).toBe("http://unit:1");
  expect(way(`${missing}EnvironmentFile=\n`, "http://x.example/")).toBe("direct");
  expect(way("EnvironmentFile=-/etc/default/missing\n", "https://x.example/")).toBe("http://unit:1");
});

test("a file that the unit reads on some systems counts as unknown where it says something of proxies", () => {
  const way = (text: string) => {
    const chain = chainOfFiles({
      "etc/default/docker": text,
      [`${folder}/docker.service.d/p.conf`]: "[Service]\nEnvironment=HTTPS_PROXY=http://unit:1\n",
    });
    const [route] = routesOf(chain, "https://x.example/", { from: "dockerd" });
    return route?.proxy ?? route?.via;
  };
  expect(way("HTTPS_PROXY=http://file:1\n")).toBe("unknown");
  expect(way("DOCKER_OPTS=--debug\n")).toBe("http://unit:1");
});
