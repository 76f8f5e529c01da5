import type { KeyInfo } from "../../formats/runner-toml/keys/index.js";
import { type Word, withHole } from "./offer.js";

/** `key = value` with a value of the key's type to be filled in. */
export function blankValue({ key, type, minimum }: KeyInfo): Pick<Word, "text" | "hole" | "more"> {
  const ahead = `${key} = `;
  switch (type) {
    case "integer":
      return withHole(ahead, String(minimum ?? 0), "");
    case "float":
      return withHole(ahead, "1.0", "");
    case "boolean":
      return withHole(ahead, "true", "");
    case "datetime":
      return withHole(ahead, "1970-01-01T00:00:00Z", "");
    case "duration":
      return withHole(`${ahead}"`, "1m", '"');
    case "array of string":
      return { ...withHole(`${ahead}["`, "", '"]'), more: true };
    case "string":
    case "string or array of string":
      return { ...withHole(`${ahead}"`, "", '"'), more: true };
    default:
      return type.startsWith("array") ? withHole(`${ahead}[`, "", "]") : withHole(`${ahead}{ `, "", " }");
  }
}
