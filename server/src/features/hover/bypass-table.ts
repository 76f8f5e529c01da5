import { type BypassEntry, parseBypassList } from "../../proxy/bypass/entry.js";
import { entryMeaning } from "../../proxy/bypass/meaning.js";
import { type ClientName, clients as clientsByName } from "../../proxy/clients.js";
import type { MappedText } from "../../text/mapped-text.js";
import { type Localize, msg } from "../../text/message.js";
import { touches } from "../../text/span.js";
import { code, table } from "./markdown.js";

/** Of a longer list those around the cursor are shown. */
const most = 8;

/**
 * What the entries of a bypass list mean to each program, as a table.
 * @param at offset of the cursor in the list; its entry is set off
 * @returns undefined where the list is empty
 */
export function bypassTable(
  value: MappedText,
  at: number | undefined,
  clients: readonly ClientName[],
  localize: Localize,
): string | undefined {
  const all = parseBypassList(value.text);
  if (all.length === 0) return undefined;
  const here = at === undefined ? -1 : all.findIndex((entry) => touches(entry.raw, at));
  const first = Math.max(0, Math.min(here - most / 2, all.length - most));
  const shown = all.slice(first, first + most).filter(({ kind }) => kind !== "empty");
  const rows = shown.map((entry) => {
    const name = code(entry.text);
    const unknown = value.hasUnknown(entry);
    return [
      entry === all[here] ? `**${name}**` : name,
      ...clients.map((client) => (unknown ? "?" : cell(client, entry, localize))),
    ];
  });
  const head = [localize(msg("Entry")), ...clients.map((client) => clientsByName[client].label)];
  const left = all.length - shown.length;
  const legend = localize(msg("✓ past the proxy, ✗ the entry does nothing"));
  return `${table(head, rows)}\n\n${left > 0 ? `${localize(msg("{0} more entries", left))}. ` : ""}${legend}`;
}

function cell(client: ClientName, entry: BypassEntry, localize: Localize): string {
  const { honour, itself, below } = entryMeaning(client, entry);
  if (honour === "unknown") return "?";
  if (honour === "ignored") return itself ? localize(msg("the name alone")) : "✗";
  if (honour === "partly") return partly(itself, below, localize);
  // A dot in front: programs differ in whether the name itself is meant as well.
  return itself === false ? localize(msg("✓, not the name itself")) : "✓";
}

function partly(itself: boolean | undefined, below: boolean | undefined, localize: Localize): string {
  if (itself && !below) return localize(msg("the name alone"));
  return below && !itself ? localize(msg("names below it alone")) : localize(msg("in part"));
}
