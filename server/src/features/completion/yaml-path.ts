/** The keys above a line, told by its indentation: what is being typed is no mapping yet. */
export interface YamlPath {
  /** From the root; `-` for an item of a sequence. */
  readonly path: readonly string[];
  /** Keys of the mapping that the place is in, as far as they stand on lines of their own, and what stands behind each. */
  readonly siblings: ReadonlyMap<string, string>;
}

const line = /^( *)((?:- +)*)(-?)(?:("[^"]*"|'[^']*'|[^\s#"'[\]{},:&*!|>][^:#]*)[ \t]*:(?:[ \t]+(.*))?)?$/;
/** A value that lets a mapping follow on the next lines. */
const opens = /^(?:[&!]\S*[ \t]*)*(?:#.*)?$/;

/**
 * @param lineStart of the line that is asked about
 * @param column in which the key, or the dash of the item, stands
 * @param dash whether a dash stands there
 * @returns undefined inside block scalars, flow collections and what is no mapping
 */
export function yamlPathAt(text: string, lineStart: number, column: number, dash: boolean): YamlPath | undefined {
  const path: string[] = dash ? ["-"] : [];
  const siblings = new Map<string, string>();
  // A sequence may stand in the column of its key.
  let limit = dash ? column + 1 : column;
  let inSequence = dash;
  for (let end = lineStart - 1; end >= 0 && limit > 0; ) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const raw = text.slice(start, end).replace(/\r$/, "");
    end = start - 1;
    if (/^\s*(?:#|$)/.test(raw)) continue;
    const indentation = /^ */.exec(raw)?.[0].length ?? 0;
    if (indentation > column && path.length === (dash ? 1 : 0)) continue;
    if (indentation >= limit && !(indentation === limit && raw.charAt(indentation) === "-")) {
      if (indentation === column && !dash && path.length === 0) add(siblings, raw);
      continue;
    }
    const [, spaces = "", dashes = "", , key, value = ""] = line.exec(raw) ?? [];
    const own = spaces.length + dashes.length;
    if (key !== undefined && own === column && !dash && path.length === 0) siblings.set(unquoted(key), value);
    if (key !== undefined && own < limit) {
      if (!opens.test(value)) return undefined;
      path.push(unquoted(key));
      limit = own;
      inSequence = false;
    } else if (key === undefined && indentation < limit && raw.charAt(indentation) !== "-") return undefined;
    if (dashes !== "" && spaces.length < limit && !inSequence) {
      path.push("-");
      limit = spaces.length + 1;
      inSequence = true;
    } else if (key === undefined && raw.charAt(indentation) === "-" && !inSequence) {
      if (raw.slice(indentation).trim() !== "-") return undefined;
      path.push("-");
      limit = indentation + 1;
      inSequence = true;
    }
  }
  if (!dash) below(text, lineStart, column, siblings);
  return { path: path.reverse(), siblings };
}

/** Keys of the lines below in the same column, up to the end of the mapping. */
function below(text: string, lineStart: number, column: number, siblings: Map<string, string>): void {
  for (let at = text.indexOf("\n", lineStart) + 1; at > 0 && at < text.length; at = text.indexOf("\n", at) + 1) {
    const feed = text.indexOf("\n", at);
    const raw = text.slice(at, feed < 0 ? text.length : feed).replace(/\r$/, "");
    if (/^\s*(?:#|$)/.test(raw)) continue;
    const indentation = /^ */.exec(raw)?.[0].length ?? 0;
    if (indentation < column) return;
    if (indentation === column) add(siblings, raw);
  }
}

function add(siblings: Map<string, string>, raw: string): void {
  const [, , , , key, value = ""] = line.exec(raw) ?? [];
  if (key !== undefined) siblings.set(unquoted(key), value);
}

function unquoted(key: string): string {
  return key.trimEnd().replace(/^["']|["']$/g, "");
}

/** Whether the line after a place is indented deeper: `NAME:` and `value:` under it. */
export function indentedBelow(text: string, offset: number, indentation: number): boolean {
  const next = /\n(?:[ \t]*\r?\n)*( *)\S/.exec(text.slice(offset, offset + 2000));
  return next?.[1] !== undefined && next[1].length > indentation;
}
