import type { Node } from "jsonc-parser";
import { decodeJsonString } from "../../quoting/json.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { foldName } from "./keys.js";

export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** A property of an object, in the order of the text; names may repeat. */
export class JsonProperty {
  private name: MappedText | undefined;
  private read: JsonValue | undefined;

  constructor(
    private readonly node: Node,
    private readonly view: MappedText,
    /** The object that it stands in. */
    readonly parent: JsonValue,
  ) {}

  /** From the key's quote to the end of the value. */
  get span(): Span {
    return spanOf(this.node);
  }

  /** The key with its quotes. */
  get keySpan(): Span {
    const key = this.node.children?.[0];
    return key ? spanOf(key) : { start: this.node.offset, end: this.node.offset };
  }

  get key(): MappedText {
    this.name ??= decodeJsonString(this.view, this.keySpan);
    return this.name;
  }

  /** undefined where it is still to be written. */
  get value(): JsonValue | undefined {
    const value = this.node.children?.[1];
    if (value) this.read ??= new JsonValue(value, this.view);
    return this.read;
  }
}

/** A value of a JSON document. What it holds is read when it is asked for. */
export class JsonValue {
  private ownProperties: readonly JsonProperty[] | undefined;
  private ownItems: readonly JsonValue[] | undefined;
  private decoded: MappedText | undefined;

  constructor(
    private readonly node: Node,
    private readonly view: MappedText,
  ) {}

  get kind(): JsonKind {
    return this.node.type === "property" ? "object" : this.node.type;
  }

  get span(): Span {
    return spanOf(this.node);
  }

  /** A template stands in its place: what it is, another tool decides. */
  get unknown(): boolean {
    return !(this.node.type === "object" || this.node.type === "array") && this.view.hasUnknown(this.span);
  }

  /** The properties of an object in the order of the text; none of another value. */
  get properties(): readonly JsonProperty[] {
    this.ownProperties ??=
      this.node.type === "object"
        ? (this.node.children ?? []).map((child) => new JsonProperty(child, this.view, this))
        : [];
    return this.ownProperties;
  }

  /** The items of an array; none of another value. */
  get items(): readonly JsonValue[] {
    this.ownItems ??=
      this.node.type === "array" ? (this.node.children ?? []).map((child) => new JsonValue(child, this.view)) : [];
    return this.ownItems;
  }

  /** A string's text; undefined of another value. */
  get text(): MappedText | undefined {
    if (this.node.type !== "string") return undefined;
    this.decoded ??= decodeJsonString(this.view, this.span);
    return this.decoded;
  }

  /** The property of exactly this name that counts: the last one. */
  property(name: string): JsonProperty | undefined {
    return this.properties.findLast((property) => property.key.text === name);
  }

  /** All properties of a struct's field, in any letter case, as Go reads them; the last one counts. */
  fields(name: string): readonly JsonProperty[] {
    const folded = foldName(name);
    return this.properties.filter((property) => foldName(property.key.text) === folded);
  }
}

function spanOf(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length };
}
