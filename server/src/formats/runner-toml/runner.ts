import type { Span } from "../../text/span.js";
import { type Environment, readEnvironment } from "./environment.js";
import type { Header, StringValue, TomlTable } from "./toml/nodes.js";

/** One `[[runners]]`. What is missing or of another type is undefined. */
export class Runner {
  private readEnvironment: { readonly value: Environment | undefined } | undefined;

  constructor(
    readonly table: TomlTable,
    /** From 0, in the order of the document. */
    readonly index: number,
    private readonly start: number,
  ) {}

  /** The header `[[runners]]`; undefined for a runner written as an inline table. */
  get header(): Header | undefined {
    return this.table.sections[0]?.header;
  }

  /** Where the runner as a whole is marked. */
  get span(): Span {
    return this.header ?? { start: this.start, end: this.start };
  }

  get name(): StringValue | undefined {
    return this.table.string("name");
  }

  get executor(): StringValue | undefined {
    return this.table.string("executor");
  }

  /** The shell of the job's scripts, where the file names one. */
  get shell(): StringValue | undefined {
    return this.table.string("shell");
  }

  get url(): StringValue | undefined {
    return this.table.string("url");
  }

  /** A secret: for its place, never to be shown. */
  get token(): StringValue | undefined {
    return this.table.string("token");
  }

  get docker(): TomlTable | undefined {
    return this.table.table("docker");
  }

  get kubernetes(): TomlTable | undefined {
    return this.table.table("kubernetes");
  }

  get environment(): Environment | undefined {
    this.readEnvironment ??= { value: readEnvironment(this.table) };
    return this.readEnvironment.value;
  }
}
