import { redact, redactAddress } from "../proxy/redact.js";
import type { Service } from "../service.js";
import { type Message, msg } from "../text/message.js";
import { applyEdits } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import { type DindScriptRequest, fixedProxies, generateDindScript } from "./dind-script.js";
import { forRunner, type InsertedEdit, insertDindScript } from "./insert.js";

/** What one program reads of a generated script. Secrets are left out. */
export interface PreviewLayer {
  /** Who reads it. */
  readonly title: Message;
  readonly language: "json" | "sh" | "powershell" | "toml" | "yaml";
  readonly text: string;
}

/** The layers from the innermost to the file, or why there are none. */
export type Preview = { readonly layers: readonly PreviewLayer[] } | { readonly problem: Message };

/**
 * What a generated script comes to, layer by layer: the JSON that the docker client reads, the script that writes it, and
 * the lines of the document, quoted and joined with what stands there.
 * @param offset of the cursor: which runner or job is meant
 */
export function previewDindScript(service: Service, uri: string, request: DindScriptRequest, offset: number): Preview {
  const real = insertDindScript(service, uri, request, offset);
  if ("problem" in real) return real;
  // Once quoted, credentials cannot be told for sure: they never get into the texts.
  const shown = withoutCredentials(request);
  const insertion = insertDindScript(service, uri, shown, offset);
  if ("problem" in insertion) return insertion;
  const document = service.document(uri);
  const wanted = document ? forRunner(document, shown, offset) : shown;
  const made = generateDindScript(wanted);
  if ("problem" in made) return made;
  const layers: PreviewLayer[] = [
    { title: msg("Docker reads"), language: "json", text: jsonOf(shown) },
    { title: msg("The shell reads"), language: wanted.shell === "pwsh" ? "powershell" : "sh", text: made.script },
  ];
  if (document) {
    layers.push({
      title: msg("{0} holds", request.target),
      language: request.target === "config.toml" ? "toml" : "yaml",
      text: changedLines(document, insertion.edits),
    });
  }
  return {
    layers: layers.map((layer) => ({ ...layer, text: `${redact(layer.text).replaceAll("\\u2026", "…").trimEnd()}\n` })),
  };
}

function withoutCredentials({ httpProxy, httpsProxy, ...others }: DindScriptRequest): DindScriptRequest {
  return {
    ...others,
    ...(httpProxy !== undefined && { httpProxy: redactAddress(httpProxy) }),
    ...(httpsProxy !== undefined && { httpsProxy: redactAddress(httpsProxy) }),
  };
}

/** With no values given, the variables that the script takes when it runs. */
function jsonOf(request: DindScriptRequest): string {
  const fromJob = { httpProxy: "$HTTP_PROXY", httpsProxy: "$HTTPS_PROXY", noProxy: "$NO_PROXY" };
  return JSON.stringify({ proxies: { default: fixedProxies(request) ?? fromJob } }, null, 2);
}

/** The lines of the document that the edits touch, as they are then. */
function changedLines({ text }: Document, inserted: readonly InsertedEdit[]): string {
  const edits = [...inserted].sort((a, b) => a.span.start - b.span.start);
  const after = applyEdits(text, edits);
  const start = edits[0]?.span.start ?? 0;
  const grown = after.length - text.length;
  const end = (edits.at(-1)?.span.end ?? 0) + grown;
  const from = after.lastIndexOf("\n", start - 1) + 1;
  const feed = after.indexOf("\n", Math.max(from, end - 1));
  return after.slice(from, feed < 0 ? after.length : feed);
}
