import { jsonText } from "./json-text.js";

/**
 * Text as a basic string of TOML, which is also a double-quoted scalar of YAML and a string of JSON: the three share
 * these escapes.
 */
export function quoteToml(text: string): string {
  return jsonText(text).replaceAll("\\u0027", "'");
}

/** An assignment as one quoted word of systemd's Environment=: `%` is a specifier there, `$` is not expanded. */
export function quoteSystemd(text: string): string {
  return text.replace(/["\\]/g, "\\$&").replaceAll("%", "%%").replaceAll("\t", "\\t");
}

/** A value whose `$` the runner and GitLab leave alone when they expand the variables of a job. */
export function unexpanded(text: string): string {
  return text.replaceAll("$", "$$$$");
}
