import { readdirSync, readFileSync } from "node:fs";
import { runnerToml } from "../../../server/src/formats/runner-toml/index.js";
import type { RunnerTomlTree } from "../../../server/src/formats/runner-toml/tree.js";
import { english } from "../../../server/src/text/message.js";
import type { Span } from "../../../server/src/text/span.js";

const folder = new URL("../../fixtures/runner-toml/", import.meta.url);

/** The names of the fixtures. */
export const names = readdirSync(folder).sort();

export function textOf(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

export function read(name: string): RunnerTomlTree {
  return runnerToml.parse(textOf(name), name);
}

export function parse(text: string): RunnerTomlTree {
  return runnerToml.parse(text, "file:///etc/gitlab-runner/config.toml");
}

/** What a span covers. */
export function at(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** The problems of a text as `marked text: message`. */
export function problemsOf(text: string, name = "config.toml"): string[] {
  const { problems } = runnerToml.parse(text, name);
  return problems.map(({ span, message }) => `${at(text, span)}: ${english(message)}`);
}

/** Reads everything that the tree and the settings can be asked for. */
export function readAll(text: string, name = "config.toml"): void {
  const tree = runnerToml.parse(text, name);
  const { scopes, scripts, services, hosts } = runnerToml.settings(tree);
  for (const scope of scopes) {
    for (const { name: variable, value } of scope.assignments) [variable.text, value.unknownSpans(), value.contentSpan];
  }
  for (const script of scripts) for (const body of script.texts) [body.text, body.hasUnknown()];
  for (const service of services) [service.image.text, service.tlsCertDir];
  for (const host of hosts) [host.value.text, host.value.hasUnknown()];
}
