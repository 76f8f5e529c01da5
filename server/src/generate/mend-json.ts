import { jsonText } from "./json-text.js";

/** The names of a client's proxies in `.docker/config.json`. */
const names = "httpProxy|httpsProxy|noProxy|ftpProxy|allProxy";

/**
 * JSON that lost or gained characters on its way through several quotings, as it was meant: backslashes too many,
 * quotes that the shell took, a comma or a bracket too many or too few. On one line.
 * @returns undefined where the meaning is not clear
 */
export function mendJson(text: string): string | undefined {
  const unescaped = text.replace(/\\+"?/g, (run) => (run.endsWith('"') ? '"' : run));
  const candidates = [
    text,
    withoutLooseEscapes(text),
    unescaped,
    withoutLooseEscapes(unescaped),
    unescaped.includes('"') ? undefined : unescaped.replaceAll("'", '"'),
  ].filter((candidate) => candidate !== undefined);
  for (const candidate of candidates) {
    for (const tried of [candidate, closed(candidate)]) {
      const written = onOneLine(tried);
      if (written !== undefined) return written;
    }
  }
  return fromNames(text);
}

function onOneLine(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? jsonText(value) : undefined;
  } catch {
    // Not JSON, or nested more deeply than it can be written.
    return undefined;
  }
}

/** Backslashes outside of strings go with their letter (`\n`, `\t`); those in strings that begin no escape are doubled. */
function withoutLooseEscapes(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\[^\n])*"|\\[nrt]?/g, (token) =>
    token.startsWith('"')
      ? token.replace(/\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|\\/g, (c) => (c === "\\" ? "\\\\" : c))
      : "",
  );
}

/** Commas before a closing bracket go; brackets that are open at the end are closed, those too many dropped. */
function closed(text: string): string {
  const open: string[] = [];
  const kept = text.replace(/"(?:[^"\\\n]|\\[^\n])*"|,(?=\s*[}\]])|[{}[\]]/g, (token) => {
    if (token === ",") return "";
    if (token === "{") open.push("}");
    else if (token === "[") open.push("]");
    else if ((token === "}" || token === "]") && open.pop() !== token) return "";
    return token;
  });
  return kept.trimEnd().replace(/,$/, "") + open.reverse().join("");
}

/** The proxies alone, where no quotes are left to go by. */
function fromNames(text: string): string | undefined {
  const bare = text.replace(/[\\"'`]/g, "");
  let end = bare.length;
  while (/[}\s]/.test(bare.charAt(end - 1))) end--;
  const body = /^\s*\{\s*proxies\s*:\s*\{\s*default\s*:\s*\{([^{}]*)$/.exec(bare.slice(0, end))?.[1];
  if (body === undefined) return undefined;
  const [before, ...pairs] = body.split(new RegExp(`(?:^|,)\\s*(${names})\\s*:`));
  if (before?.trim() !== "") return undefined;
  const proxies: Record<string, string> = {};
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const value = pairs[at + 1]?.trim().replace(/,$/, "");
    if (value === undefined || /\s/.test(value)) return undefined;
    proxies[pairs[at] ?? ""] = value;
  }
  return Object.keys(proxies).length > 0 ? jsonText({ proxies: { default: proxies } }) : undefined;
}
