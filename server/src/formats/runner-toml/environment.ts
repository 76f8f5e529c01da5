import type { Assignment } from "../../proxy/settings.js";
import { type ProxyVariable, type Spelling, spellingOf, variableOf } from "../../proxy/variables.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import { expandVariables } from "./expansion.js";
import { withTemplates } from "./template-text.js";
import type { ArrayValue, Entry, StringValue, TomlTable } from "./toml/nodes.js";

/** One string of an `environment` array. The runner cuts it at the first `=` and drops one that has none, silently. */
export class EnvironmentEntry {
  constructor(readonly string: StringValue) {}

  /** The string with its quotes. */
  get span(): Span {
    return this.string;
  }

  /** The string as TOML gives it to the runner. */
  get text(): MappedText {
    return this.string.text;
  }

  /** Offset of the first `=` in {@link text}; -1 where there is none. */
  get equals(): number {
    return this.string.value.indexOf("=");
  }
}

/** The `environment` of a runner or service, whatever stands there. */
export interface Environment {
  readonly entry: Entry;
  /** Undefined where the value is no array. */
  readonly array: ArrayValue | undefined;
  readonly entries: readonly EnvironmentEntry[];
  /** All of it is known: an array that no template fills in. */
  readonly complete: boolean;
}

/** Reads the `environment` key of a table. */
export function readEnvironment(table: TomlTable): Environment | undefined {
  const entry = table.find("environment");
  if (entry?.kind !== "entry") return undefined;
  const array = entry.value?.kind === "array" ? entry.value : undefined;
  const strings = array?.items.filter((item) => item.kind === "string") ?? [];
  return {
    entry,
    array,
    entries: strings.map((string) => new EnvironmentEntry(string)),
    complete: array?.items.every((item) => item.kind !== "template") ?? false,
  };
}

/** An entry that sets a variable. Its texts are made when asked for: most entries are never looked at. */
export class EnvironmentAssignment implements Assignment {
  declare readonly variable?: ProxyVariable;
  readonly spelling: Spelling;
  private readName: MappedText | undefined;
  private readValue: MappedText | undefined;

  private constructor(
    readonly string: StringValue,
    private readonly equals: number,
    name: string,
  ) {
    const variable = variableOf(name);
    if (variable) this.variable = variable;
    this.spelling = spellingOf(name);
  }

  /** @returns undefined for an entry without `=`, which is no assignment */
  static of({ string }: EnvironmentEntry): EnvironmentAssignment | undefined {
    const text = string.value;
    const equals = text.indexOf("=");
    return equals < 0 ? undefined : new EnvironmentAssignment(string, equals, text.slice(0, equals));
  }

  get span(): Span {
    return this.string;
  }

  get name(): MappedText {
    this.readName ??= withTemplates(this.string.text.slice(0, this.equals));
    return this.readName;
  }

  get value(): MappedText {
    this.readValue ??= expandVariables(this.string.text.slice(this.equals + 1));
    return this.readValue;
  }
}
