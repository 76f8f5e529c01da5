import { type DindScriptRequest, generateDindScript } from "../../../server/src/generate/dind-script.js";
import { type Insertion, insertDindScript, insertSnippet } from "../../../server/src/generate/insert.js";
import type { SnippetId } from "../../../server/src/generate/snippets.js";
import { defaultOptions, type EngineOptions } from "../../../server/src/service.js";
import { english } from "../../../server/src/text/message.js";
import { applyEdits } from "../../../server/src/text/span.js";
import { serviceOf, uriOf } from "../../support/engine.js";

/** Files of each format, by a short name. */
const paths = {
  toml: "etc/gitlab-runner/config.toml",
  cntlm: "etc/cntlm.conf",
  docker: "etc/systemd/system/docker.service.d/http-proxy.conf",
  runner: "etc/systemd/system/gitlab-runner.service.d/http-proxy.conf",
  client: "root/.docker/config.json",
  daemon: "etc/docker/daemon.json",
  ci: "project/.gitlab-ci.yml",
} as const;
type Name = keyof typeof paths;

interface Around {
  readonly others?: Partial<Record<Name, string>>;
  readonly options?: Partial<EngineOptions>;
}

/** `⌖` in a text marks the cursor. */
export function prepare(name: Name, marked: string, { others = {}, options = {} }: Around) {
  const offset = Math.max(0, marked.indexOf("⌖"));
  const text = marked.replace("⌖", "");
  const files = Object.entries({ ...others, [name]: text }).map(([key, value]): [string, string] => {
    return [paths[key as Name], value];
  });
  return { offset, text, service: serviceOf(files, { ...defaultOptions, ...options }), uri: uriOf(paths[name]) };
}

export function snippet(id: SnippetId, name: Name, marked: string, around: Around = {}): string {
  const { offset, text, service, uri } = prepare(name, marked, around);
  return applied(text, insertSnippet(service, uri, id, {}, offset));
}

export function script(name: "toml" | "ci", marked: string, request: Omit<DindScriptRequest, "target"> = {}): string {
  const { offset, text, service, uri } = prepare(name, marked, {});
  const target = name === "toml" ? "config.toml" : ".gitlab-ci.yml";
  return applied(text, insertDindScript(service, uri, { target, ...request }, offset));
}

function applied(text: string, insertion: Insertion): string {
  if ("problem" in insertion) return `problem: ${english(insertion.problem)}`;
  const edits = insertion.edits.map(({ span, newText, snippet: stops }) => ({
    span,
    newText: stops ? resolved(newText) : newText,
  }));
  return applyEdits(text, edits);
}

function resolved(snippetText: string): string {
  const texts = new Map<string, string>();
  return snippetText.replace(/\\([\\$}])|\$\{(\d+)(?::([^}]*))?\}/g, (_, escaped, stop, text) => {
    if (escaped !== undefined) return escaped;
    if (text !== undefined) texts.set(stop, text);
    return texts.get(stop) ?? "";
  });
}

export const proxy = "http://172.17.0.1:3128";
export const write = (values: object) =>
  `printf '%s\\n' '${JSON.stringify({ proxies: { default: values } })}' > "$HOME/.docker/config.json"`;
export const fixed = { httpProxy: "http://a:1", httpsProxy: "http://a:1", noProxy: "docker" };
export const fixedScript = `mkdir -p "$HOME/.docker"\n${write(fixed)}`;
const variables = generateDindScript({ target: "config.toml" });
export const variablesScript = "script" in variables ? variables.script : "";
