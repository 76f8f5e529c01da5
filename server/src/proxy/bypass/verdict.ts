import type { ListPart } from "./list.js";
import type { Target } from "./target.js";

/**
 * What a client makes of a list for one target. Why it goes direct: the host is loopback (`loopback`), the list is `*` alone
 * (`all`), or an entry covers it. Otherwise: the list has no entry for it (`none`).
 */
export type Verdict =
  | { readonly direct: true; readonly because: "loopback" }
  | { readonly direct: true; readonly because: "all" | "entry"; readonly entry: ListPart }
  | { readonly direct: false; readonly because: "none" };

/** How one client, or one family of clients, treats bypass lists. */
export type Matcher = (target: Target, list: string) => Verdict;

export const asksProxy: Verdict = { direct: false, because: "none" };
export const loopback: Verdict = { direct: true, because: "loopback" };

/** The verdict of the first part that matches. */
export function firstMatch(parts: Iterable<ListPart>, matches: (text: string) => boolean): Verdict {
  for (const entry of parts) {
    if (matches(entry.text)) return { direct: true, because: "entry", entry };
  }
  return asksProxy;
}

/** For the clients that take a list of `*` and nothing else for all hosts. */
export function whole(list: string): Verdict {
  return { direct: true, because: "all", entry: { text: list, start: 0, end: list.length } };
}

/** Whether `host` is `domain` or a name below it. */
export function isBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
