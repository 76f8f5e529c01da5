import type { ListPart } from "./list.js";
import type { Target } from "./target.js";
import { firstMatch, type Verdict } from "./verdict.js";

/**
 * wget 1.21.3: commas separate, and blanks after a comma alone are skipped. An entry is compared with the end of the host, at a
 * label's boundary or where the entry itself begins with a dot. No ports, no CIDR, no `*`.
 */
export function wget(target: Target, list: string): Verdict {
  const host = target.host.toLowerCase();
  return firstMatch(parts(list), (text) => covers(text.toLowerCase(), host));
}

function covers(entry: string, host: string): boolean {
  if (!host.endsWith(entry)) return false;
  const before = host.charAt(host.length - entry.length - 1);
  return entry.length === host.length || before === "." || entry.startsWith(".");
}

function* parts(list: string): Generator<ListPart> {
  if (list === "") return;
  let start = 0;
  while (start <= list.length) {
    const comma = list.indexOf(",", start);
    const end = comma < 0 ? list.length : comma;
    yield { text: list.slice(start, end), start, end };
    if (comma < 0) return;
    start = comma + 1;
    while (/[ \t\n\v\f\r]/.test(list.charAt(start))) start++;
  }
}
