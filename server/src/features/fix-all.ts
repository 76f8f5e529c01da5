import type { Finding, Service } from "../service.js";
import { applyEdits, type Span, type TextEdit } from "../text/span.js";

/** Far more rounds than fixes that make way for each other need; two fixes that undo each other end here. */
const roundLimit = 30;

/**
 * Applies safe fixes until none is left. Of two that touch each other the later waits for the next round.
 * @param service is given the mended documents: a fork where they are only tried
 * @param uris the documents that may be changed; a fix that would change another is left out
 * @param which the findings that are wanted
 * @returns the new texts of the documents that changed
 */
export function fixAll(
  service: Service,
  uris: Iterable<string>,
  which: (finding: Finding) => boolean = () => true,
): ReadonlyMap<string, string> {
  const wanted = new Set(uris);
  const changed = new Map<string, string>();
  for (let round = 0; round < roundLimit; round++) {
    const next = applyOnce(service, wanted, which);
    if (next.size === 0) break;
    for (const [uri, text] of next) changed.set(uri, text);
  }
  return changed;
}

function applyOnce(service: Service, uris: ReadonlySet<string>, which: (finding: Finding) => boolean) {
  const accepted = new Map<string, EditSet>();
  const editsOf = (uri: string) => {
    const found = accepted.get(uri) ?? new EditSet();
    accepted.set(uri, found);
    return found;
  };
  for (const uri of uris) {
    for (const finding of service.findings(uri)) {
      const fix = finding.fix;
      if (!fix?.safe || !which(finding)) continue;
      const edits = fix.edits.flatMap(({ uri: target, range, newText }) => {
        const document = uris.has(target) ? service.document(target) : undefined;
        return document ? [{ target, edit: { span: document.lines.span(range), newText } }] : [];
      });
      if (edits.length < fix.edits.length) continue;
      if (edits.some(({ target, edit }) => editsOf(target).clashes(edit.span))) continue;
      for (const { target, edit } of edits) editsOf(target).add(edit);
    }
  }
  const next = new Map<string, string>();
  for (const [uri, set] of accepted) {
    const document = service.document(uri);
    if (!document) continue;
    const text = applyEdits(document.text, set.edits);
    if (text === document.text) continue;
    next.set(uri, text);
    service.setDocument(uri, text, document.version + 1);
  }
  return next;
}

/** Edits of one document that do not touch each other, in the order of the text. */
class EditSet {
  private readonly sorted: TextEdit[] = [];

  get edits(): readonly TextEdit[] {
    return this.sorted;
  }

  /** Whether the span shares a character or a place of insertion with an edit of the set. */
  clashes(span: Span): boolean {
    const at = this.indexOf(span.start);
    return [this.sorted[at - 1], this.sorted[at]].some((edit) => edit !== undefined && collide(edit.span, span));
  }

  add(edit: TextEdit): void {
    this.sorted.splice(this.indexOf(edit.span.start + 1), 0, edit);
  }

  /** The index of the first edit that starts at `start` or later. */
  private indexOf(start: number): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle]?.span.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function collide(a: Span, b: Span): boolean {
  const empty = a.start === a.end || b.start === b.end;
  return empty ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}
