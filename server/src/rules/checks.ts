import type { Document } from "../workspace/document.js";
import { type CheckInput, check, shown } from "./check.js";
import { mayHaveDirectives } from "./directives.js";
import type { Finding, Fix } from "./finding.js";
import { Moved } from "./moved.js";
import { PartCheck, sameItems } from "./part-check.js";
import { type FixSource, Reported } from "./reported.js";
import { Twins } from "./twins.js";

/** What was found in a document, for exactly these documents of its host. */
interface Found {
  readonly host: readonly Document[];
  readonly findings: readonly Finding[];
}

/** A document that is being edited. */
interface Edited {
  /** Its first version, which is checked at once, until there is another. */
  first?: Document;
  readonly check: PartCheck;
  /** What was checked last. Findings are kept over versions, and their fixes belong to the latest. */
  readonly latest: { document: Document; input: CheckInput };
  /** What its parts held together, and what was told of it: the same as long as there are no directives. */
  told?: { readonly found: readonly Finding[]; readonly shown: readonly Finding[] };
}

/** The findings of documents, each made once for a state of the document and its host. All for one set of options. */
export class Checks {
  private readonly found = new WeakMap<Document, Found>();
  /** Of the rules that look at the document alone. */
  private readonly own = new WeakMap<Document, readonly Finding[]>();
  private readonly whole = new WeakMap<Document, Found>();
  /** Documents that are being edited, by URI; the first version of a document is checked at once. */
  private readonly parts = new Map<string, Edited>();

  private readonly twins = new Twins();

  /** @param read is told of each document that is read */
  constructor(private readonly read: (document: Document) => void) {}

  /** The findings of a document in the order of its text. */
  findings(document: Document, input: CheckInput): readonly Finding[] {
    const known = this.found.get(document);
    if (known && sameItems(known.host, input.host)) return known.findings;
    const findings = this.inParts(document, input) ?? this.asTwin(document, input) ?? this.atOnce(document, input);
    this.found.set(document, { host: input.host, findings });
    return findings;
  }

  /** To be told of each document that is gone, or not edited lately. */
  forget(uri: string): void {
    this.parts.delete(uri);
  }

  /**
   * Keeps of a document what was found and no more: a fix is looked for anew.
   * @param input for when somebody asks for one
   * @param current whether there is no later version
   */
  release(document: Document, input: () => CheckInput, current: boolean): void {
    this.own.delete(document);
    this.whole.delete(document);
    const fixesOf: FixSource = (finding) => this.fixesOf(document, input(), finding);
    for (const finding of this.found.get(document)?.findings ?? []) {
      // What was found in a part is shared with the versions that followed.
      if (finding instanceof Reported || (current && finding instanceof Moved)) finding.release(fixesOf);
    }
  }

  private inParts(document: Document, input: CheckInput): readonly Finding[] | undefined {
    if (!document.format.parts) return undefined;
    const latest = { document, input };
    const edited: Edited = this.parts.get(document.uri) ?? { first: document, check: this.partCheck(latest), latest };
    this.parts.set(document.uri, edited);
    Object.assign(edited.latest, latest);
    if (edited.first === document) return undefined;
    delete edited.first;
    this.read(document);
    const found = edited.check.check(document, input);
    if (!found || mayHaveDirectives(document.text)) return found && shown(document, found);
    if (edited.told?.found !== found) edited.told = { found, shown: shown(document, found) };
    return edited.told.shown;
  }

  private partCheck(latest: Edited["latest"]): PartCheck {
    return new PartCheck((finding) => this.fixesOf(latest.document, latest.input, finding));
  }

  private asTwin(document: Document, input: CheckInput): readonly Finding[] | undefined {
    return this.twins.find(document, input.host, (finding) => this.fixesOf(document, input, finding));
  }

  private atOnce(document: Document, input: CheckInput): readonly Finding[] {
    const known = this.whole.get(document);
    if (known && sameItems(known.host, input.host)) return known.findings;
    this.read(document);
    const own = this.own.get(document) ?? check(document, input, (rule) => !rule.host);
    this.own.set(document, own);
    const shared = check(document, input, (rule) => rule.host === true);
    const findings = shown(document, [...own, ...shared]);
    this.whole.set(document, { host: input.host, findings });
    this.twins.remember(document, input.host, findings);
    return findings;
  }

  /** The fixes of a finding that a part yielded: those of the same finding in the whole document. */
  private fixesOf(document: Document, input: CheckInput, { rule, message, range }: Finding): readonly Fix[] {
    const { start, end } = range;
    const twin = this.atOnce(document, input).find(
      (other) =>
        other.rule === rule &&
        other.message === message &&
        other.range.start.line === start.line &&
        other.range.start.character === start.character &&
        other.range.end.line === end.line &&
        other.range.end.character === end.character,
    );
    return twin?.fix ? [twin.fix, ...(twin.alternatives ?? [])] : [];
  }
}
