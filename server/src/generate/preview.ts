import { redact } from "../proxy/redact.js";
import type { Service } from "../service.js";
import { type Localize, type Message, msg } from "../text/message.js";
import { applyEdits } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import { type DindScriptRequest, fixedProxies, generateDindScript } from "./dind-script.js";
import { forRunner, type InsertedEdit, insertDindScript } from "./insert.js";

/** A Markdown text, or why there is none. */
export type Preview = { readonly text: string } | { readonly problem: Message };

/**
 * What a generated script comes to, layer by layer: the JSON that the docker client reads, the script that writes it, and
 * the lines of the document, quoted and joined with what stands there. Secrets are left out.
 * @param offset of the cursor: which runner or job is meant
 */
export function previewDindScript(
  service: Service,
  uri: string,
  request: DindScriptRequest,
  offset: number,
  localize: Localize,
): Preview {
  const insertion = insertDindScript(service, uri, request, offset);
  if ("problem" in insertion) return insertion;
  const document = service.document(uri);
  const wanted = document ? forRunner(document, request, offset) : request;
  const made = generateDindScript(wanted);
  if ("problem" in made) return made;
  const parts = [
    section(localize(msg("JSON, as the docker client reads it")), "json", jsonOf(request)),
    ...(request.keepAuths ? [localize(msg("What else the file holds is kept."))] : []),
    section(localize(msg("Script, as the shell runs it")), wanted.shell === "pwsh" ? "powershell" : "sh", made.script),
  ];
  if (document) {
    const language = request.target === "config.toml" ? "toml" : "yaml";
    parts.push(section(request.target, language, changedLines(document, insertion.edits)));
  }
  return { text: `${parts.join("\n\n")}\n` };
}

function section(title: string, language: string, text: string): string {
  return `## ${title}\n\n\`\`\`${language}\n${redact(text)}\n\`\`\``;
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
