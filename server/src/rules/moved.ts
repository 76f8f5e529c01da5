import type { Range } from "../text/line-index.js";
import type { Finding, Fix, RelatedLocation } from "./finding.js";
import { type FixSource, Reported } from "./reported.js";

/** Where a finding goes. */
export interface NewPlace {
  readonly uri: string;
  range(range: Range): Range;
  related(place: RelatedLocation): RelatedLocation;
}

/** A finding of a part as one of the whole document, or of a document as one of another that says the same. */
export class Moved implements Finding {
  readonly rule: string;
  readonly severity: Finding["severity"];
  readonly message: string;
  readonly uri: string;
  readonly range: Range;
  readonly docs: string;
  declare readonly related?: readonly RelatedLocation[];
  declare readonly unnecessary?: boolean;
  #mendable: boolean | undefined;
  #fixesOf: FixSource;

  constructor(finding: Finding, place: NewPlace, fixesOf: FixSource) {
    this.rule = finding.rule;
    this.severity = finding.severity;
    this.message = finding.message;
    this.uri = place.uri;
    this.range = place.range(finding.range);
    this.docs = finding.docs;
    if (finding.related) this.related = finding.related.map((other) => place.related(other));
    if (finding.unnecessary) this.unnecessary = true;
    if (finding instanceof Reported || finding instanceof Moved) this.#mendable = finding.knownMendable;
    this.#fixesOf = fixesOf;
  }

  release(fixesOf: FixSource): void {
    this.#fixesOf = fixesOf;
  }

  get mendable(): boolean {
    this.#mendable ??= this.fix?.safe ?? false;
    return this.#mendable;
  }

  get knownMendable(): boolean | undefined {
    return this.#mendable;
  }

  get fix(): Fix | undefined {
    return this.#fixesOf(this)[0];
  }

  get alternatives(): readonly Fix[] | undefined {
    const [, ...more] = this.#fixesOf(this);
    return more.length > 0 ? more : undefined;
  }
}
