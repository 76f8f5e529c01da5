import { redact } from "../../proxy/redact.js";
import type { Service } from "../../service.js";
import { dialectsOf } from "../../shell/dialects.js";
import { type Localize, type Message, msg } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import { layout } from "./layout.js";
import { type WrittenJson, writtenAt } from "./written.js";

/** A Markdown text, or why there is none. */
export type Decoded = { readonly title: string; readonly text: string } | { readonly problem: Message };

/**
 * A script that writes Docker's JSON, layer by layer, the innermost first: what lands in the file, the script as the shell gets it,
 * the lines of the document. Secrets are left out.
 * @param offset in the script; where none leads to one, the only one of the document
 */
export function decodedScript(service: Service, uri: string, offset: number | undefined, localize: Localize): Decoded {
  const document = service.document(uri);
  const written = document && writtenAt(document, offset);
  if (!document || !written) {
    return { problem: msg("There is no script here that writes JSON to .docker/config.json.") };
  }
  const { script, text } = written;
  const sections = [
    ...contents(written, localize),
    section(
      localize(msg("Script, as the shell runs it")),
      script.shell === "powershell" ? "powershell" : "sh",
      text.text,
    ),
    section(localize(msg("As the file quotes it")), languageOf(document), sourceOf(document, written)),
  ];
  return { title: script.key, text: `# ${script.key}\n\n${sections.join("\n\n")}\n` };
}

/** What the docker client reads; where shells differ, for each of them. */
function contents({ script, write }: WrittenJson, localize: Localize): readonly string[] {
  const byText = new Map<string, string[]>();
  for (const dialect of dialectsOf(script)) {
    const text = write.content[dialect]?.text;
    if (text !== undefined) byText.set(text, [...(byText.get(text) ?? []), dialect]);
  }
  return [...byText].map(([text, dialects]) => {
    const title =
      byText.size === 1
        ? msg("JSON, as the docker client reads it")
        : msg("JSON, as the docker client reads it when {0} runs the script", dialects.join(", "));
    return section(localize(title), "json", layout(text));
  });
}

function section(title: string, language: string, text: string): string {
  const shown = redact(text).trimEnd();
  const fence = "`".repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `## ${title}\n\n${fence}${language}\n${shown}\n${fence}`;
}

function languageOf({ format }: Document): string {
  return format.id === "gitlab-ci" ? "yaml" : "toml";
}

/** The whole lines that the text of the script stands on. */
function sourceOf({ text }: Document, { text: { sourceSpan } }: WrittenJson): string {
  const start = text.lastIndexOf("\n", sourceSpan.start - 1) + 1;
  const end = text.indexOf("\n", Math.max(sourceSpan.start, sourceSpan.end - 1));
  return text.slice(start, end < 0 ? text.length : end);
}
