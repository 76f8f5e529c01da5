import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";

/** A text that is about to be read as shell. */
export class ShellSource {
  /** @param opaque what the file's templates fill in before the shell sees it: no rule of the shell applies there */
  private constructor(
    readonly mapped: MappedText,
    readonly text: string,
    private readonly opaque: readonly Span[],
  ) {}

  static of(mapped: MappedText): ShellSource {
    return new ShellSource(mapped, mapped.text, mapped.hasUnknown() ? mapped.unknownSpans() : []);
  }

  /** The same text, ending at `end`. */
  until(end: number): ShellSource {
    return new ShellSource(this.mapped, this.text.slice(0, end), this.opaque);
  }

  /** Where the filled-in stretch that holds `at` ends; undefined outside of one. */
  opaqueEnd(at: number): number | undefined {
    const found = this.opaqueFrom(at);
    return found && found.start <= at ? found.end : undefined;
  }

  /** Where the first filled-in stretch at or behind `at` begins, at most `limit`. */
  opaqueStart(at: number, limit: number): number {
    return Math.min(this.opaqueFrom(at)?.start ?? limit, limit);
  }

  private opaqueFrom(at: number): Span | undefined {
    if (this.opaque.length === 0) return undefined;
    let low = 0;
    let high = this.opaque.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.opaque[middle]?.end ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return this.opaque[low];
  }
}

/** Which program reads the words. busybox is the ash of Alpine's images. */
export type Dialect = "dash" | "bash" | "busybox";

export const dialects: readonly Dialect[] = ["dash", "bash", "busybox"];
