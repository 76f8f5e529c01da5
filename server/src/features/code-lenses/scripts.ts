import { msg } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import { embeddedJson } from "../embedded/embedded-json.js";
import { type WrittenJson, writtenJson } from "../embedded/written.js";
import type { Lens, LensCommand } from "./lens.js";

/** The keys whose scripts the generator writes. */
const generated: ReadonlySet<string> = new Set(["pre_build_script", "before_script"]);

/** What can be done with a script that writes Docker's JSON, above the text that does. */
export function scriptLenses(document: Document): readonly Lens[] {
  const editable = new Set(embeddedJson(document).map(({ content }) => content.contentSpan.start));
  return writtenJson(document).flatMap((written) => {
    return lensesOf(document, written, editable.has(written.content.contentSpan.start));
  });
}

/** @param editable the JSON can be opened as a document */
function lensesOf(
  { uri, lines }: Document,
  { script, text, content }: WrittenJson,
  editable: boolean,
): readonly Lens[] {
  const range = lines.range({ start: text.sourceSpan.start, end: text.sourceSpan.start });
  const argument = { uri, position: lines.position(content.contentSpan.start) };
  const lens = (title: Lens["title"], command: LensCommand): Lens => ({ range, title, command, argument });
  return [
    lens(msg("Show decoded"), "showDecoded"),
    ...(generated.has(script.key) ? [lens(msg("Regenerate"), "regenerateScript")] : []),
    ...(editable ? [lens(msg("Edit embedded JSON"), "editEmbedded")] : []),
  ];
}
