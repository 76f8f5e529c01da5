import type { Localize } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import type { FileEdit, Finding, Fix, RelatedLocation, Severity } from "./finding.js";
import type { Report, ReportedFix, Rule } from "./rule.js";

/** Where the pages of the rules are published. */
const docsBase = "https://github.com/runner-proxy/runner-proxy/blob/main/docs/rules";

export function docsAddress(rule: string): string {
  return `${docsBase}/${rule}.md`;
}

const beginning = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where a report was made. */
export interface ReportPlace {
  readonly document: Document;
  /** All documents of the document's host, itself included. */
  readonly host: readonly Document[];
  readonly localize: Localize;
}

/** Finds the fixes of a finding anew. */
export type FixSource = (finding: Finding) => readonly Fix[];

/** A rule's report as a finding. Its fixes are written when they are first asked for: most never are. */
export class Reported implements Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly range: Finding["range"];
  readonly docs: string;
  declare readonly related?: readonly RelatedLocation[];
  declare readonly unnecessary?: boolean;
  private fixes: readonly Fix[] | (() => readonly Fix[]);
  private safe: boolean | undefined;

  constructor(rule: Rule, report: Report, severity: Severity, place: ReportPlace) {
    const { document, localize } = place;
    this.rule = rule.id;
    this.severity = severity;
    this.message = localize(report.message);
    this.uri = document.uri;
    this.range = document.lines.range(report.span);
    this.docs = docsAddress(rule.id);
    if (report.related) {
      this.related = report.related.map(({ uri = document.uri, span, message }) => ({
        uri,
        range: rangeIn(place, uri, span),
        message: localize(message),
      }));
    }
    if (report.unnecessary) this.unnecessary = true;
    const { fixes = [] } = report;
    this.fixes =
      fixes.length === 0 && typeof fixes !== "function"
        ? []
        : () => (typeof fixes === "function" ? fixes() : fixes).map((fix) => toFix(fix, place));
  }

  get mendable(): boolean {
    this.safe ??= this.made[0]?.safe ?? false;
    return this.safe;
  }

  /** undefined where nobody asked yet. */
  get knownMendable(): boolean | undefined {
    return this.safe;
  }

  get fix(): Fix | undefined {
    return this.made[0];
  }

  get alternatives(): readonly Fix[] | undefined {
    return this.made.length > 1 ? this.made.slice(1) : undefined;
  }

  /** Lets go of the document: the fixes, when they are asked for, come from there. */
  release(fixesOf: FixSource): void {
    this.fixes = () => fixesOf(this);
  }

  private get made(): readonly Fix[] {
    if (typeof this.fixes === "function") this.fixes = this.fixes();
    return this.fixes;
  }
}

function rangeIn({ host, document }: ReportPlace, uri: string, span: Span): Finding["range"] {
  return (host.find((other) => other.uri === uri) ?? document).lines.range(span);
}

function toFix(reported: ReportedFix, place: ReportPlace): Fix {
  const edits = (uri: string, list: readonly TextEdit[]): FileEdit[] =>
    list.map((edit) => ({ uri, range: rangeIn(place, uri, edit.span), newText: edit.newText }));
  return {
    title: place.localize(reported.title),
    edits: [
      ...edits(place.document.uri, reported.edits),
      ...(reported.elsewhere ?? []).flatMap((other) => edits(other.uri, other.edits)),
      ...(reported.creates ? [{ uri: reported.creates.uri, range: beginning, newText: reported.creates.text }] : []),
    ],
    safe: reported.safe,
    ...(reported.adds && { adds: true }),
    ...(reported.creates && { creates: reported.creates.uri }),
  };
}
