/** Glob patterns of the settings: `*` within a segment, `**` across segments, `?`, `{a,b}`. Paths use `/`. */
const compiled = new Map<string, RegExp>();

/** Whether a path matches. A pattern without a leading `/` or `**` may begin at any folder. */
export function globMatches(glob: string, path: string): boolean {
  let expression = compiled.get(glob);
  if (!expression) {
    expression = compile(glob);
    compiled.set(glob, expression);
  }
  return expression.test(path);
}

function compile(glob: string): RegExp {
  let out = "";
  let depth = 0;
  for (let i = 0; i < glob.length; i++) {
    const c = glob.charAt(i);
    if (c === "*" && glob.charAt(i + 1) === "*") {
      const slash = glob.charAt(i + 2) === "/";
      out += slash ? "(?:[^/]*/)*" : ".*";
      i += slash ? 2 : 1;
    } else if (c === "*") out += "[^/]*";
    else if (c === "?") out += "[^/]";
    else if (c === "{" && glob.indexOf("}", i) > 0) {
      depth++;
      out += "(?:";
    } else if (c === "}" && depth > 0) {
      depth--;
      out += ")";
    } else if (c === "," && depth > 0) out += "|";
    else out += c.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  }
  out += ")".repeat(depth);
  return new RegExp(glob.startsWith("/") ? `^${out}$` : `(?:^|/)${out}$`);
}
