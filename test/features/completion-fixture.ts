import { readFileSync } from "node:fs";

/**
 * A case of completion: `#### TITLE {options}` begins it, `=== PATH` a file of its host; `‸` in one of them is the cursor.
 * `=== offered` lists labels: `+ LABEL` is offered, `- LABEL` is not, lines `= LABEL` are all that is, in this order, and
 * `nothing` says so. `=== taken LABEL` is the file with the cursor once that offer is taken; `‸` is where typing goes on,
 * `‹…›` what is typed over.
 */
export interface CompletionCase {
  readonly title: string;
  readonly options: object;
  readonly files: ReadonlyMap<string, string>;
  /** The path of the file with the cursor. */
  readonly path: string;
  readonly offset: number;
  readonly offered: readonly string[];
  readonly taken: ReadonlyMap<string, string>;
}

const cursor = "‸";

export function readCompletionFixture(path: string | URL): CompletionCase[] {
  return readFileSync(path, "utf8")
    .split(/^#### /m)
    .slice(1)
    .map(readCase);
}

function readCase(source: string): CompletionCase {
  const [head = "", ...parts] = source.split(/^=== /m);
  const [, title = "", options] = /^(.*?)\s*(\{.*\})?\s*$/.exec(head) ?? [];
  const files = new Map<string, string>();
  const taken = new Map<string, string>();
  let offered: string[] = [];
  let place: { path: string; offset: number } | undefined;
  for (const part of parts) {
    const feed = part.indexOf("\n");
    const name = part.slice(0, feed);
    // An empty line parts one case from the next.
    const body = part.slice(feed + 1).replace(/\n\n$/, "\n");
    if (name === "offered") offered = body.split("\n").filter((line) => line !== "");
    else if (name.startsWith("taken ")) taken.set(name.slice("taken ".length), body);
    else {
      const offset = body.indexOf(cursor);
      if (offset >= 0) place = { path: name, offset };
      files.set(name, body.replace(cursor, ""));
    }
  }
  if (!place) throw new Error(`no cursor in ${title}`);
  return { title, options: options ? JSON.parse(options) : {}, files, ...place, offered, taken };
}
