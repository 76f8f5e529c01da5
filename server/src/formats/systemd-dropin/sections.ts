import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { Section } from "./tree.js";

/** Sections of other types of units, and of podman's files that make units. */
const otherSections: ReadonlySet<string> = new Set(
  (
    "Socket Timer Mount Automount Swap Path Slice Scope Container Pod Kube Network Volume Build Image Quadlet " +
    "Manager Exec Files Match Link"
  ).split(" "),
);

function sectionKind(name: string): Section["kind"] {
  if (name === "Unit" || name === "Service" || name === "Install") return name;
  if (name.startsWith("X-")) return "private";
  return otherSections.has(name) ? "other" : "unknown";
}

/** A header `[Name]`, its brackets at the ends of a stretch of `outer`. */
export class SectionNode implements Section {
  readonly kind: Section["kind"];

  constructor(
    readonly name: string,
    private readonly outer: MappedText,
    private readonly from: number,
    private readonly to: number,
    readonly end: number,
  ) {
    this.kind = sectionKind(name);
  }

  get span(): Span {
    return this.outer.toSource({ start: this.from, end: this.to });
  }

  get nameSpan(): Span {
    return this.outer.toSource({ start: this.from + 1, end: this.to - 1 });
  }
}
