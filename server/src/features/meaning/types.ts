import type { KeyInfo, ValueType } from "../../formats/runner-toml/keys/index.js";
import type { Localize } from "../../text/message.js";
import { msg } from "../../text/message.js";

/** The type of a key's value, for people: `integer`, `list of string`, with what is required or to be avoided. */
export function typeText({ type, required, note }: KeyInfo, localize: Localize): string {
  const parts = [valueTypeText(type, localize)];
  if (required) parts.push(localize(msg("required")));
  if (note === "experimental") parts.push(localize(msg("experimental")));
  if (note === "deprecated") parts.push(localize(msg("deprecated")));
  return parts.join(", ");
}

/** TOML's own words stay as they are. */
function valueTypeText(type: ValueType, localize: Localize): string {
  if (type === "string or array of string") return localize(msg("string or list of strings"));
  if (type === "array of table") return localize(msg("list of tables"));
  if (type.startsWith("array of ")) return localize(msg("list of {0}", type.slice("array of ".length)));
  if (type === "table of any") return localize(msg("table with keys of your own"));
  if (type === "table of array of string") return localize(msg("table of {0}", "string[]"));
  if (type.startsWith("table of ")) return localize(msg("table of {0}", type.slice("table of ".length)));
  return type === "duration" ? localize(msg('duration such as "1h30m"')) : type;
}
