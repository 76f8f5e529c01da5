import { decodeTomlString, type TomlStringForm, tomlContent } from "../../../quoting/toml.js";
import type { MappedText } from "../../../text/mapped-text.js";
import type { Span } from "../../../text/span.js";

/**
 * Every node is the span of its characters in the document, so it can be handed over wherever a span is asked for.
 * Nodes are kept small, since making them is most of what reading costs: `kind` is an accessor, texts are cut when
 * asked for.
 */
class Node implements Span {
  constructor(
    readonly start: number,
    public end: number,
  ) {}
}

/** One part of a key or header: `docker` of `[runners.docker]`. The span includes quotes. */
export class KeyPart extends Node {
  constructor(
    start: number,
    end: number,
    /** The decoded name. */
    readonly text: string,
  ) {
    super(start, end);
  }
}

/** What is known of a string once it is read; one number, so that strings stay small. */
export const stringTraits = { literal: 1, multi: 2, closed: 4, escaped: 8 } as const;

const forms: readonly TomlStringForm[] = ["basic", "literal", "multi-basic", "multi-literal"];

export class StringValue extends Node {
  private decoded: MappedText | undefined = undefined;

  constructor(
    start: number,
    end: number,
    /** A sum of {@link stringTraits}. */
    private readonly traits: number,
    private readonly document: MappedText,
  ) {
    super(start, end);
  }

  get kind(): "string" {
    return "string";
  }

  get form(): TomlStringForm {
    return forms[this.traits & 3] ?? "basic";
  }

  /** Its closing quotes are there. */
  get closed(): boolean {
    return (this.traits & stringTraits.closed) !== 0;
  }

  /** The decoded string, with its map to the document. */
  get text(): MappedText {
    this.decoded ??= decodeTomlString(this.document, this, this.form, this.closed);
    return this.decoded;
  }

  /** The decoded string. */
  get value(): string {
    if (this.traits & stringTraits.escaped) return this.text.text;
    if (this.traits === stringTraits.closed) return this.document.text.slice(this.start + 1, this.end - 1);
    const inside = this.content;
    return this.document.text.slice(inside.start, inside.end);
  }

  /** What stands between the quotes. */
  get content(): Span {
    return tomlContent(this.document.text, this, this.form, this.closed);
  }
}

/** A number, boolean or date. */
export class ScalarValue extends Node {
  constructor(
    readonly kind: "integer" | "float" | "boolean" | "date",
    start: number,
    end: number,
    private readonly document: MappedText,
  ) {
    super(start, end);
  }

  /** How it is written. */
  get source(): string {
    return this.document.text.slice(this.start, this.end);
  }
}

/** Something that is no TOML value: a mistake (`broken`), or what another tool fills in (`template`). */
export class UnknownValue extends Node {
  constructor(
    readonly kind: "broken" | "template",
    start: number,
    end: number,
  ) {
    super(start, end);
  }
}

export class ArrayValue extends Node {
  readonly items: TomlValue[] = [];
  /** Offsets of the commas, in order. */
  readonly commas: number[] = [];
  closed = false;

  constructor(
    start: number,
    end: number,
    /** The table and key that the array is a value of. */
    readonly parent: TomlTable,
    readonly name: string,
  ) {
    super(start, end);
  }

  get kind(): "array" {
    return "array";
  }
}

export class InlineTableValue extends Node {
  readonly entries: Entry[] = [];
  readonly commas: number[] = [];
  closed = false;

  constructor(
    start: number,
    end: number,
    readonly table: TomlTable,
  ) {
    super(start, end);
  }

  get kind(): "inline-table" {
    return "inline-table";
  }
}

export type TomlValue = StringValue | ScalarValue | UnknownValue | ArrayValue | InlineTableValue;

const noParts: readonly KeyPart[] = [];

/** `key = value`. On half-typed lines `equals` is -1 and the value undefined. */
export class Entry extends Node {
  value: TomlValue | undefined = undefined;
  /** Offset of the `=`; -1 where it is missing. */
  equals = -1;

  constructor(
    start: number,
    end: number,
    /** The last part of a dotted key. */
    readonly key: KeyPart,
    /** The parts before the last one. */
    readonly prefix: readonly KeyPart[] = noParts,
    /** The table that the last part of the key belongs to. */
    public table: TomlTable,
  ) {
    super(start, end);
  }

  get kind(): "entry" {
    return "entry";
  }

  /** The whole key. */
  get keySpan(): Span {
    return { start: this.prefix[0]?.start ?? this.key.start, end: this.key.end };
  }
}

/** How a table came to be; decides what may be added to it later. */
export type TableOrigin = "root" | "implicit" | "header" | "element" | "dotted" | "inline" | "inline-element";

/** A table as the program sees it, put together from all its places in the document. */
export class TomlTable {
  readonly kind = "table";
  readonly members = new Map<string, Member>();
  /** The sections that write to it, in order; none for implicit, dotted and inline tables. */
  readonly sections: Section[] = [];
  private mixedCase: boolean | undefined;

  constructor(
    readonly name: string,
    readonly parent: TomlTable | undefined,
    public origin: TableOrigin,
  ) {}

  /** A member by its name, in any letter case as Go reads it; the exact name is preferred. */
  find(name: string): Member | undefined {
    const exact = this.members.get(name);
    if (exact) return exact;
    this.mixedCase ??= hasUpperCase(this.members);
    const lower = name.toLowerCase();
    if (!this.mixedCase && lower === name) return undefined;
    for (const [key, member] of this.members) {
      if (key.length === name.length && key.toLowerCase() === lower) return member;
    }
    return undefined;
  }

  /** The value of a key, unless a table stands there. */
  value(name: string): TomlValue | undefined {
    const member = this.find(name);
    return member?.kind === "entry" ? member.value : undefined;
  }

  /** The string of a key. */
  string(name: string): StringValue | undefined {
    const value = this.value(name);
    return value?.kind === "string" ? value : undefined;
  }

  /** The strings of an array, or a string alone where the runner takes one for a list. */
  strings(name: string): readonly StringValue[] {
    const value = this.value(name);
    if (value?.kind === "string") return [value];
    return value?.kind === "array" ? value.items.filter((item) => item.kind === "string") : [];
  }

  /** The table of a name: by header, dotted keys or inline. */
  table(name: string): TomlTable | undefined {
    const member = this.find(name);
    if (member?.kind === "table") return member;
    return member?.kind === "entry" && member.value?.kind === "inline-table" ? member.value.table : undefined;
  }

  /** The tables of an array of tables: by headers, or inline in an array. */
  tables(name: string): readonly TomlTable[] {
    const member = this.find(name);
    if (member?.kind === "table-array") return member.tables;
    if (member?.kind !== "entry" || member.value?.kind !== "array") return [];
    return member.value.items.flatMap((item) => (item.kind === "inline-table" ? [item.table] : []));
  }
}

/** `[[name]]`, one table for each header. */
export class TableArray {
  readonly kind = "table-array";
  readonly tables: TomlTable[] = [];

  constructor(
    readonly name: string,
    readonly parent: TomlTable,
  ) {}
}

export type Member = Entry | TomlTable | TableArray;

/** `[a.b]` or `[[a.b]]`, brackets included. */
export class Header extends Node {
  constructor(
    start: number,
    end: number,
    readonly array: boolean,
    readonly parts: readonly KeyPart[],
  ) {
    super(start, end);
  }
}

/** What stands between one header and the next: the lines that belong to one table. */
export class Section extends Node {
  /** In the order of the document, duplicates and half-typed lines among them. */
  readonly entries: Entry[] = [];

  constructor(
    start: number,
    end: number,
    /** None for the lines before the first header. */
    readonly header: Header | undefined,
    readonly table: TomlTable,
  ) {
    super(start, end);
  }
}

function hasUpperCase(members: ReadonlyMap<string, unknown>): boolean {
  for (const key of members.keys()) if (/[A-Z]/.test(key)) return true;
  return false;
}
