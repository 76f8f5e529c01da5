import { type Command, l10n, Range, type TextDocumentShowOptions, Uri, window, workspace } from "vscode";
import type { PlaceInfo } from "../../../server/src/protocol.js";

/** A range of the protocol as VS Code has it. */
export function rangeOf({ range: { start, end } }: Pick<PlaceInfo, "range">): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** What a click on something that stands at a place does. */
export function openCommand(place: PlaceInfo): Command {
  const options: TextDocumentShowOptions = { selection: rangeOf(place) };
  return { title: l10n.t("Go to this place"), command: "vscode.open", arguments: [Uri.parse(place.uri), options] };
}

export async function openPlace(place: PlaceInfo, options: TextDocumentShowOptions = {}): Promise<void> {
  await window.showTextDocument(Uri.parse(place.uri), { ...options, selection: rangeOf(place) });
}

/** File, line and column, counted from 1, as VS Code's terminal and search have them. */
export function placeText({ uri, range: { start } }: PlaceInfo): string {
  return `${workspace.asRelativePath(Uri.parse(uri))}:${start.line + 1}:${start.character + 1}`;
}
