import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { chainViews } from "../../server/src/features/chain-view.js";
import { chainsOf } from "../../server/src/features/chains.js";
import { redact, redactAddress } from "../../server/src/proxy/redact.js";
import { createService, type Service } from "../../server/src/service.js";
import { english } from "../../server/src/text/message.js";
import { type Route, routesOf } from "../../server/src/workspace/routes.js";

const fixtures = fileURLToPath(new URL("../fixtures/hosts/", import.meta.url));
const example = fileURLToPath(new URL("../../examples/host/", import.meta.url));
const names = readdirSync(fixtures).filter((name) => statSync(join(fixtures, name)).isDirectory());

/** One URL that goes out, and one that stays inside. */
const urls = ["https://registry.gitlab.com/v2/", "http://gitlab.corp-uk.lan/"];

function serviceOf(folder: string): Service {
  const service = createService();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(folder, name);
    if (statSync(path).isFile())
      service.setDocument(`file:///host/${relative(folder, path)}`, readFileSync(path, "utf8"));
  }
  return service;
}

const short = (uri: string) => uri.slice("file:///host/".length);

function findings(service: Service): string[] {
  return service.uris().flatMap((uri) =>
    service.findings(uri).map(({ severity, rule, range: { start } }) => {
      return `  ${short(uri)}:${start.line + 1}:${start.character + 1} ${severity} ${rule}`;
    }),
  );
}

/** A line for the clients of a hop that go one way because of one place. */
function routes(service: Service, url: string): string[] {
  const lines = new Map<string, string[]>();
  for (const { chain } of chainsOf(service)) {
    for (const route of routesOf(chain, url)) {
      const way = `${route.via} ${route.proxy === undefined ? "" : `${redactAddress(route.proxy)} `}${placeOf(route)}`;
      const key = `${route.hop.id}\n${way}`;
      lines.set(key, [...(lines.get(key) ?? []), route.client]);
    }
  }
  return [...lines].map(([key, clients]) => {
    const [hop, way] = key.split("\n");
    return `  ${hop} (${clients.join(" ")}) ${way}`;
  });
}

function placeOf({ place, because }: Route): string {
  if (!place) return redact(english(because));
  const { line, character } = place.document.lines.position(place.span.start);
  return `${short(place.document.uri)}:${line + 1}:${character + 1}`;
}

function picture(service: Service): string[] {
  return chainViews(service, english).flatMap(({ hops, links }) => [
    ...hops.map(({ id, state }) => `  ${id} ${state}`),
    ...links.map(({ from, to, address, problem }) => {
      return `  ${from} -> ${to} ${address}${problem ? ` ${problem.severity} ${problem.rule}` : ""}`;
    }),
  ]);
}

function report(service: Service): string {
  return [
    "findings",
    ...findings(service),
    ...urls.flatMap((url) => [`routes of ${url}`, ...routes(service, url)]),
    "chain",
    ...picture(service),
    "",
  ].join("\n");
}

describe.each(names)("%s", (name) => {
  test("says what is written beside it", async () => {
    await expect(report(serviceOf(join(fixtures, name)))).toMatchFileSnapshot(join(fixtures, `${name}.txt`));
  });
});

test("a host where everything is right has no finding of any severity", () => {
  const service = serviceOf(join(fixtures, "right"));
  expect(service.uris().flatMap((uri) => service.findings(uri))).toEqual([]);
});

test("the example's routes", async () => {
  const service = serviceOf(example);
  const text = urls.flatMap((url) => [`routes of ${url}`, ...routes(service, url)]).join("\n");
  await expect(`${text}\n`).toMatchFileSnapshot(join(fixtures, "example.txt"));
});

test("no secret is in what a picture shows", () => {
  const shown = JSON.stringify(chainViews(serviceOf(join(fixtures, "disagreeing")), english));
  expect(shown).not.toMatch(/p%40ss|p@ss/);
});
