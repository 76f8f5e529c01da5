import type { Span } from "../../text/span.js";

/** Lets each place through once: jobs that share their lines (anchors, `extends`, `default`) show the same facts. */
export function once(): (span: Span) => boolean {
  const seen = new Set<string>();
  return ({ start, end }) => {
    const key = `${start}-${end}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}
