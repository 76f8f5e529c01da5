import { msg } from "../../text/message.js";
import { overlaps } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import { embeddedJson } from "../embedded/embedded-json.js";
import { type WrittenJson, writtenJson } from "../embedded/written.js";
import type { Lens, LensCommand } from "./lens.js";

/** The keys whose scripts the generator writes. */
const generated: ReadonlySet<string> = new Set(["pre_build_script", "before_script"]);

/** What can be done with a script that writes Docker's JSON, above the text that does. */
export function scriptLenses(document: Document): readonly Lens[] {
  return writtenJson(document).flatMap((written) => lensesOf(document, written));
}

function lensesOf(document: Document, { script, text, content }: WrittenJson): readonly Lens[] {
  const { uri, lines } = document;
  const range = lines.range({ start: text.sourceSpan.start, end: text.sourceSpan.start });
  const argument = { uri, position: lines.position(content.contentSpan.start) };
  const lens = (title: Lens["title"], command: LensCommand): Lens => ({ range, title, command, argument });
  const editable = embeddedJson(document).some((json) => overlaps(json.content.contentSpan, content.contentSpan));
  return [
    lens(msg("Show decoded"), "showDecoded"),
    ...(generated.has(script.key) ? [lens(msg("Regenerate"), "regenerateScript")] : []),
    ...(editable ? [lens(msg("Edit embedded JSON"), "editEmbedded")] : []),
  ];
}
