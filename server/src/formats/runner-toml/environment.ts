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
export class Environment {
  private all: readonly EnvironmentEntry[] | undefined = undefined;
  private found: readonly EnvironmentAssignment[] | undefined = undefined;

  constructor(readonly entry: Entry) {}

  /** Undefined where the value is no array. */
  get array(): ArrayValue | undefined {
    return this.entry.value?.kind === "array" ? this.entry.value : undefined;
  }

  /** All strings of the array. */
  get entries(): readonly EnvironmentEntry[] {
    this.all ??= this.strings().map((string) => new EnvironmentEntry(string));
    return this.all;
  }

  /** The entries that set a variable. */
  get assignments(): readonly EnvironmentAssignment[] {
    this.found ??= this.strings().flatMap((string) => EnvironmentAssignment.of(string) ?? []);
    return this.found;
  }

  /** All of it is known: an array that no template fills in, and whose values can be read. */
  get complete(): boolean {
    return this.array?.items.every((item) => item.kind !== "template" && item.kind !== "broken") ?? false;
  }

  private strings(): readonly StringValue[] {
    return this.array?.items.filter((item) => item.kind === "string") ?? [];
  }
}

/** Reads the `environment` key of a table. */
export function readEnvironment(table: TomlTable): Environment | undefined {
  const entry = table.find("environment");
  return entry?.kind === "entry" ? new Environment(entry) : undefined;
}

/** The proxy variables' names are 8 to 11 characters long: a quick way past all others. */
function proxyVariable(name: string): ProxyVariable | undefined {
  return name.length >= 8 && name.length <= 11 ? variableOf(name) : undefined;
}

/** An entry that sets a variable. Its texts are made when asked for: most entries are never looked at. */
export class EnvironmentAssignment implements Assignment {
  declare readonly variable?: ProxyVariable;
  declare readonly dropped?: boolean;
  private readName: MappedText | undefined = undefined;
  private readValue: MappedText | undefined = undefined;

  private constructor(
    readonly string: StringValue,
    private readonly nameStart: number,
    private readonly nameEnd: number,
    private readonly valueStart: number,
    variable: ProxyVariable | undefined,
    dropped: boolean,
  ) {
    if (variable) this.variable = variable;
    if (dropped) this.dropped = true;
  }

  /** @returns undefined for an entry without `=`, which is no assignment, unless it was plainly meant for one */
  static of(string: StringValue): EnvironmentAssignment | undefined {
    const text = string.value;
    const equals = text.indexOf("=");
    const variable = equals < 0 ? undefined : proxyVariable(text.slice(0, equals));
    if (!variable && text.length < 4096) {
      const meant = /^(\s*(?:export\s+)?)([A-Za-z]{2,5}_[A-Za-z]{5})\s*[=:]\s*/.exec(text);
      const [all = "", before = "", name = ""] = meant ?? [];
      const meantFor = proxyVariable(name);
      if (meantFor) {
        const start = before.length;
        return new EnvironmentAssignment(string, start, start + name.length, all.length, meantFor, true);
      }
    }
    if (equals < 0) return undefined;
    return new EnvironmentAssignment(string, 0, equals, equals + 1, variable, false);
  }

  get spelling(): Spelling {
    return spellingOf(this.name.text);
  }

  get span(): Span {
    return this.string;
  }

  get name(): MappedText {
    this.readName ??= withTemplates(this.string.text.slice(this.nameStart, this.nameEnd));
    return this.readName;
  }

  get value(): MappedText {
    this.readValue ??= expandVariables(this.string.text.slice(this.valueStart));
    return this.readValue;
  }
}
