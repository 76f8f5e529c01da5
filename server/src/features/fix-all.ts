import type { Finding, Fix, Service } from "../service.js";
import { applyEdits, type TextEdit } from "../text/span.js";

/** Far more rounds than fixes that make way for each other need; two fixes that undo each other end here. */
const roundLimit = 30;

/** How much longer than before a document may get, and how much any may grow, in UTF-16 units: a fix that never ends doubles it each round. */
const growth = { times: 16, units: 4096 };

/**
 * Applies safe fixes until none is left. Of two that touch each other the later waits for the next round, and so does what
 * adds a variable to a document that other fixes change.
 * @param service is given the mended documents: a fork where they are only tried
 * @param uris the documents that may be changed; a fix that would change another is left out
 * @param which the findings that are wanted
 * @param unsafeToo also the fixes that are offered one by one
 * @returns the new texts of the documents that changed, and how many rounds changed something
 */
export function fixAll(
  service: Service,
  uris: Iterable<string>,
  which: (finding: Finding) => boolean = () => true,
  unsafeToo = false,
): { readonly texts: ReadonlyMap<string, string>; readonly rounds: number } {
  const wanted = new Set(uris);
  const texts = new Map<string, string>();
  const longest = new Map([...wanted].map((uri) => [uri, longestOf(service, uri)]));
  let rounds = 0;
  for (; rounds < roundLimit; rounds++) {
    const next = applyOnce(service, wanted, (finding) => (unsafeToo || finding.fix?.safe === true) && which(finding));
    if (next.size === 0) break;
    for (const [uri, text] of next) texts.set(uri, text);
    if ([...next].some(([uri, text]) => text.length > (longest.get(uri) ?? 0))) break;
  }
  return { texts, rounds };
}

function longestOf(service: Service, uri: string): number {
  return (service.document(uri)?.text.length ?? 0) * growth.times + growth.units;
}

function applyOnce(service: Service, uris: ReadonlySet<string>, which: (finding: Finding) => boolean) {
  const accepted = new Map<string, EditSet>();
  const editsOf = (uri: string) => {
    const found = accepted.get(uri) ?? new EditSet();
    accepted.set(uri, found);
    return found;
  };
  const accept = (fix: Fix) => {
    const edits = fix.edits.flatMap(({ uri: target, range, newText }) => {
      const document = uris.has(target) ? service.document(target) : undefined;
      return document ? [{ target, edit: { span: document.lines.span(range), newText } }] : [];
    });
    if (edits.length < fix.edits.length) return;
    if (edits.some(({ target, edit }) => editsOf(target).clashes(edit))) return;
    for (const { target, edit } of edits) editsOf(target).add(edit);
  };
  const adding: Fix[] = [];
  for (const uri of uris) {
    for (const finding of service.findings(uri)) {
      const fix = finding.fix;
      if (!fix || !which(finding)) continue;
      if (fix.adds) adding.push(fix);
      else accept(fix);
    }
  }
  // The value to add, and whether there is one already, may be another after the changes.
  const changed = new Set([...accepted].flatMap(([uri, { edits }]) => (edits.length > 0 ? uri : [])));
  for (const fix of adding) if (!fix.edits.some(({ uri }) => changed.has(uri))) accept(fix);
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

  /** Whether the edit shares a character or a place of insertion with one of the set, and cannot stand beside it. */
  clashes(edit: TextEdit): boolean {
    let at = this.indexOf(edit.span.start);
    const before = this.sorted[at - 1];
    if (before && collide(before, edit)) return true;
    // Several may be inserted where this one begins.
    for (let next = this.sorted[at]; next && next.span.start <= edit.span.end; next = this.sorted[++at]) {
      if (collide(next, edit)) return true;
    }
    return false;
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

function collide(a: TextEdit, b: TextEdit): boolean {
  const empty = isInsertion(a) || isInsertion(b);
  if (!empty) return a.span.start < b.span.end && b.span.start < a.span.end;
  if (isInsertion(a) && isInsertion(b) && a.span.start === b.span.start) return !standBeside(a.newText, b.newText);
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}

function isInsertion({ span }: TextEdit): boolean {
  return span.start === span.end;
}

/**
 * Two insertions at one place make two entries of a list or two lines if both bring their separator along and name
 * other variables.
 */
function standBeside(a: string, b: string): boolean {
  const separated =
    (/^\s*,/.test(a) && /^\s*,/.test(b)) || (/^\r?\n/.test(a) && /^\r?\n/.test(b)) || (/\n$/.test(a) && /\n$/.test(b));
  if (!separated) return false;
  const [names, others] = [namesIn(a), namesIn(b)];
  return names.size > 0 && others.size > 0 && [...others].every((name) => !names.has(name));
}

/** What is set in a text: `NAME=`, `name:` and `"name":`. */
function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/([A-Za-z_][\w-]*)"?\s*[=:](?!\/\/)/g)].map((match) => match[1] ?? ""));
}
