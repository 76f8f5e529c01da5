import { formatById } from "../formats/index.js";
import type { RunnerTomlTree } from "../formats/runner-toml/index.js";
import type { Service } from "../service.js";
import { type Message, msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import { baseName, pathOf } from "../text/uri.js";
import type { Document } from "../workspace/document.js";
import { type DindScriptRequest, generateDindScript } from "./dind-script.js";
import { placeInCntlmConf } from "./place/cntlm-conf.js";
import { placeInDockerJson } from "./place/docker-json.js";
import { placeBeforeScript, placeDindService } from "./place/gitlab-ci.js";
import type { Placement } from "./place/placement.js";
import { placePreBuildScript, placeRunnerConfig, shellAt } from "./place/runner-toml.js";
import { placeInDropin } from "./place/systemd-dropin.js";
import {
  bothCases,
  fillSnippet,
  type GivenValues,
  type Snippet,
  type SnippetId,
  snippetById,
  snippets,
} from "./snippets.js";
import { lines, plainText, snippetText, splitLines } from "./template.js";
import { completeValues } from "./values.js";
import { workspaceValues } from "./workspace-values.js";

/** An edit of the document; `newText` is in snippet syntax where it holds tab stops. */
export interface InsertedEdit {
  readonly span: Span;
  readonly newText: string;
  readonly snippet: boolean;
}

export type Insertion = { readonly edits: readonly InsertedEdit[] } | { readonly problem: Message };

/** The snippets, those that belong into the document first. */
export function listSnippets(
  service: Service,
  uri: string | undefined,
): readonly (Snippet & { readonly fits: boolean })[] {
  const document = uri === undefined ? undefined : service.document(uri);
  const listed = snippets.map((snippet) => ({ ...snippet, fits: document !== undefined && fits(snippet, document) }));
  return [...listed.filter((snippet) => snippet.fits), ...listed.filter((snippet) => !snippet.fits)];
}

/**
 * A snippet placed where its format wants it, filled from what the host's other files say.
 * @param given goes before what the files say
 * @param offset of the cursor: which runner or job is meant
 */
export function insertSnippet(
  service: Service,
  uri: string,
  id: SnippetId,
  given: GivenValues = {},
  offset = 0,
): Insertion {
  const document = service.document(uri);
  if (!document) return { edits: [] };
  const known = { ...workspaceValues(service, uri), ...given };
  const filled = fillSnippet(id, known, service.options.docker0Address);
  if ("problem" in filled) return filled;
  const block = filled.template;
  const snippet = snippetById(id);
  if (document.format.id !== snippet.format) {
    return { problem: msg("This block is not for this file, but for {0}.", formatById(snippet.format).label) };
  }
  const values = completeValues(known, service.options.docker0Address);
  return finished(place(document));

  function place(document: Document): Placement {
    const { tree } = document;
    switch (tree.format) {
      case "cntlm-conf":
        return placeInCntlmConf(tree, block);
      case "systemd-dropin":
        return placeInDropin(document, block, values, !id.endsWith("-addresses"));
      case "docker-json":
        return placeInDockerJson(document, tree, id === "daemon" ? "daemon" : "client", block, values);
      case "runner-toml": {
        if (id === "pre-build-script")
          return preBuildScript(document, tree, { target: "config.toml", ...given }, offset);
        const [, sources = [], ...environment] = splitLines(block);
        return placeRunnerConfig(document, tree, offset, {
          getSources: lines(sources),
          environment: lines(...environment),
          variables: bothCases(values),
        });
      }
      case "gitlab-ci":
        return id === "before-script"
          ? beforeScript(document, given, offset)
          : placeDindService(document, offset, block);
    }
  }
}

/** The script that writes `.docker/config.json`, placed in its file; an old one is replaced. */
export function insertDindScript(service: Service, uri: string, request: DindScriptRequest, offset = 0): Insertion {
  const document = service.document(uri);
  const format = request.target === "config.toml" ? "runner-toml" : "gitlab-ci";
  if (document?.format.id !== format) return { problem: msg("Open the {0} that the script is for.", request.target) };
  const { tree } = document;
  return finished(
    tree.format === "runner-toml"
      ? preBuildScript(document, tree, request, offset)
      : beforeScript(document, request, offset),
  );
}

function preBuildScript(
  document: Document,
  tree: RunnerTomlTree,
  request: DindScriptRequest,
  offset: number,
): Placement {
  if (request.shell === undefined && shellAt(tree, offset) === "cmd") {
    return { problem: msg("This runner's shell is cmd; the script is written for sh, bash or pwsh.") };
  }
  const wanted = forRunner(document, request, offset);
  const made = generateDindScript(wanted);
  if ("problem" in made) return made;
  return placePreBuildScript(document, tree, offset, made, wanted.shell === "pwsh" ? "powershell" : "posix");
}

/** The request with the shell of the runner that is meant, where it names none itself. */
export function forRunner({ tree }: Document, request: DindScriptRequest, offset: number): DindScriptRequest {
  if (tree.format !== "runner-toml" || request.shell !== undefined) return request;
  return /^p(?:wsh|owershell)$/.test(shellAt(tree, offset) ?? "") ? { ...request, shell: "pwsh" } : request;
}

function beforeScript(document: Document, request: Omit<DindScriptRequest, "target">, offset: number): Placement {
  const { shell, httpProxy, httpsProxy, noProxy, keepAuths } = request;
  const made = generateDindScript({
    target: ".gitlab-ci.yml",
    ...(shell !== undefined && { shell }),
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && { noProxy }),
    ...(keepAuths !== undefined && { keepAuths }),
  });
  if ("problem" in made) return made;
  return placeBeforeScript(document, offset, made.script, shell === "pwsh" ? "powershell" : "posix");
}

function fits(snippet: Snippet, document: Document): boolean {
  if (snippet.format !== document.format.id) return false;
  const { tree, uri } = document;
  if (tree.format === "docker-json") return (tree.kind === "daemon") === (snippet.id === "daemon");
  if (tree.format !== "systemd-dropin") return true;
  const unit = /\/(docker|gitlab-runner)\.service\.d\/[^/]*$/.exec(pathOf(uri))?.[1] ?? baseName(pathOf(uri));
  if (unit === "docker") return snippet.id.startsWith("docker-dropin");
  return unit === "gitlab-runner" ? snippet.id.startsWith("runner-dropin") : true;
}

function finished(placement: Placement): Insertion {
  if ("problem" in placement) return placement;
  return {
    edits: placement.edits.map(({ span, template }) => {
      const snippet = template.some((part) => typeof part !== "string");
      return { span, newText: snippet ? snippetText(template) : plainText(template), snippet };
    }),
  };
}
