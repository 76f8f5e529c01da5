import type { Span } from "../../text/span.js";
import type { Part, Parts } from "../format.js";
import { rootKeywords } from "./keywords.js";
import { ciHoles } from "./template.js";
import type { GitlabCiTree } from "./tree.js";
import { areForWindows } from "./windows.js";

/** A key of the root with all that stands below it. */
interface Block extends Span {
  readonly key: string;
}

/** A plain key at the beginning of a line. */
const rootKey = /^([A-Za-z_.][\w .:/-]*?)[ \t]*:(?=\s|$)/;

/**
 * A .gitlab-ci.yml falls into its jobs, each read with what all jobs share: the keywords of the root, hidden jobs, what holds an
 * anchor, and what another job extends or refers to.
 */
export const parts: Parts<GitlabCiTree> = {
  cut(text) {
    const blocks = blocksOf(text);
    if (!blocks || ciHoles(text).length > 0) return undefined;
    const shared = sharedBlocks(text, blocks);
    const last = blocks.at(-1);
    // What is shared comes before the jobs of a part, and has to end its last line.
    if (!shared || (last && shared.has(last) && !text.endsWith("\n"))) return undefined;
    const head: Span = { start: 0, end: blocks[0]?.start ?? 0 };
    const context: Span[] = [head, ...blocks.filter((block) => shared.has(block))];
    const jobs = blocks.filter((block) => !shared.has(block));
    const perPart = jobsInPart(
      text.length,
      context.reduce((sum, { start, end }) => sum + end - start, 0),
      jobs.length,
    );
    const found: Part[] = [];
    for (let at = 0; at < jobs.length; at += perPart) found.push({ context, own: jobs.slice(at, at + perPart) });
    return found.length >= fewest ? found : undefined;
  },
  standAlone(trees) {
    const [first] = trees;
    const forWindows = first?.variables && areForWindows(first);
    return trees.every(
      (tree) =>
        tree.problems.length === 0 &&
        !tree.template &&
        tree.containers === first?.containers &&
        (forWindows === undefined || areForWindows(tree) === forWindows),
    );
  },
};

/** A proxy variable that a job sets, in `variables` or a script. */
const ownProxy = /_proxy["']?[ \t]*[:=]/i;

/** An anchor: not the `&1` of `2>&1`. */
const anchor = /(?:^|[\s[{,])&[\w-]/gm;

/** The blocks of the root's mapping; undefined where something else begins a line, or a key is there twice. */
function blocksOf(text: string): readonly Block[] | undefined {
  const blocks: { key: string; start: number; end: number }[] = [];
  const keys = new Set<string>();
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline + 1;
    const code = text.charCodeAt(at);
    // A blank, a tab, an empty line, a comment: it belongs to the block above.
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13 && code !== 35) {
      const line = text.slice(at, Math.min(end, at + 300));
      const key = rootKey.exec(line)?.[1];
      if (key !== undefined && !keys.has(key)) {
        keys.add(key);
        const last = blocks.at(-1);
        if (last) last.end = at;
        blocks.push({ key, start: at, end: text.length });
      } else if (key !== undefined || blocks.length > 0 || !/^---\s*$/.test(line)) return undefined;
    }
    at = end;
  }
  return text.includes("\r") && /\r(?!\n)/.test(text) ? undefined : blocks;
}

/** What jobs may need of one another; undefined where that cannot be told by the text. */
function sharedBlocks(text: string, blocks: readonly Block[]): ReadonlySet<Block> | undefined {
  const named = namesReferred(text);
  if (!named) return undefined;
  const shared = new Set<Block>();
  let lastAnchor = -1;
  for (const match of text.matchAll(anchor)) lastAnchor = match.index;
  for (const block of blocks) {
    const own = text.slice(block.start, block.end);
    if (rootKeywords.has(block.key) || block.key.startsWith(".") || named.has(block.key)) shared.add(block);
    // What is said of the variables that all share depends on those that a job has of its own.
    else if (ownProxy.test(own) || (lastAnchor >= 0 && own.search(anchor) >= 0)) shared.add(block);
  }
  // A part reads what is shared before its jobs: an anchor that stands after one must not seem to stand before.
  const firstJob = blocks.find((block) => !shared.has(block));
  return firstJob && lastAnchor > firstJob.start ? undefined : shared;
}

/** The jobs that `extends` and `!reference` may name; undefined where one of them is written in another way. */
function namesReferred(text: string): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  let known = 0;
  for (const match of text.matchAll(
    /\bextends:[ \t]*([^\n]*(?:\n[ \t]*(?:- [^\n]*)?(?=\n))*)|!reference[ \t]*\[([^\],\n]*)/g,
  )) {
    known++;
    for (const name of (match[1] ?? match[2] ?? "").split(/[[\],"'\r\n]+|(?:^|\s)- /)) names.add(name.trim());
  }
  let all = 0;
  for (const _ of text.matchAll(/\bextends\b|!reference/g)) all++;
  return all === known ? names : undefined;
}

/** With fewer parts than this, each is so large a share of the file that nothing is won. */
const fewest = 4;

/** As many jobs in a part as it takes so that all parts together are not much more to read than the whole. */
function jobsInPart(length: number, shared: number, jobs: number): number {
  let count = 1;
  while (count < jobs && (jobs / count) * shared > length / 3) count *= 2;
  return count;
}
