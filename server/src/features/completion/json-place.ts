import type { Span } from "../../text/span.js";

/** Where in a JSON text an offset is, whatever is still missing there. */
export interface JsonPlace {
  /** Keys from the root to the object or array that the offset is in; items of arrays are left out. */
  readonly path: readonly string[];
  /** `key`: a key goes here; `value`: the value of {@link key}; `item`: an item of the array that is the last of the path. */
  readonly at: "key" | "value" | "item";
  /** What stands here, quotes included; empty where nothing does. */
  readonly token: Span;
  readonly key?: string;
  /** Of a key: its `:` is there. */
  readonly colon: boolean;
  /** Keys of the object that the offset is in, that of the token left out. */
  readonly siblings: ReadonlySet<string>;
  /** What follows begins another key or value, without a comma before it. */
  readonly commaMissing: boolean;
}

interface Frame {
  readonly kind: "object" | "array";
  /** The key whose value it is. */
  readonly name: string | undefined;
  readonly keys: string[];
  /** What comes next. */
  state: "key" | "colon" | "value" | "comma";
  key: string | undefined;
}

interface Found {
  readonly frame: Frame;
  readonly depth: number;
  readonly place: Omit<JsonPlace, "siblings" | "colon" | "commaMissing">;
}

const token = /"(?:[^"\\\n]|\\[^\n])*"?|[{}[\],:]|[^\s"{}[\],:]+/g;

/** One pass over the text; nothing is parsed into a tree, and brackets of any depth are fine. */
export function jsonPlaceAt(text: string, offset: number): JsonPlace | undefined {
  return new JsonWalk(text, offset).run();
}

class JsonWalk {
  private readonly frames: Frame[] = [];
  private found: Found | undefined;
  /** The first two tokens after the place. */
  private readonly next: string[] = [];

  constructor(
    private readonly text: string,
    private readonly offset: number,
  ) {}

  run(): JsonPlace | undefined {
    const { offset } = this;
    for (const match of this.text.matchAll(token)) {
      const [word] = match;
      const span = { start: match.index, end: match.index + word.length };
      if (!this.found) {
        const sign = /^[{}[\],:]$/.test(word);
        const closed = word.length > 1 && word.startsWith('"') && word.endsWith('"');
        if (span.start > offset || (span.start === offset && sign)) {
          if (!this.find({ start: offset, end: offset })) return undefined;
        } else if (!sign && (offset < span.end || (offset === span.end && !closed))) {
          if (!this.find(span)) return undefined;
          this.step(word, false);
          continue;
        }
      }
      if (this.found && this.next.length < 2) this.next.push(word);
      this.step(word, true);
      if (this.found && this.frames.length < this.found.depth) break;
    }
    const found = this.found ?? this.find({ start: offset, end: offset });
    if (!found) return undefined;
    const { frame, place } = found;
    const [first = "}", second] = this.next;
    const ends = /^[}\],]/.test(first);
    // A value is followed by a comma, a bracket, or a key whose comma is missing.
    if (place.at !== "key" && !ends && second !== ":") return undefined;
    return { ...place, siblings: new Set(frame.keys), colon: first === ":", commaMissing: !ends };
  }

  private find(token: Span): Found | undefined {
    const frame = this.frames.at(-1);
    if (!frame || frame.state === "colon" || frame.state === "comma") return undefined;
    const path = this.frames.flatMap(({ name }) => name ?? []);
    const at: JsonPlace["at"] = frame.kind === "array" ? "item" : frame.state;
    const place = { path, at, token, ...(at === "value" && frame.key !== undefined && { key: frame.key }) };
    this.found = { frame, depth: this.frames.length, place };
    return this.found;
  }

  /** @param counts whether a key is one of the siblings */
  private step(word: string, counts: boolean): void {
    const frame = this.frames.at(-1);
    if (word === "{" || word === "[") {
      const kind = word === "{" ? "object" : "array";
      const name = frame?.kind === "object" ? frame.key : undefined;
      if (frame) frame.state = "comma";
      this.frames.push({ kind, name, keys: [], state: kind === "object" ? "key" : "value", key: undefined });
    } else if (word === "}" || word === "]") this.frames.pop();
    else if (!frame) return;
    else if (word === ",") frame.state = frame.kind === "object" ? "key" : "value";
    else if (word === ":") frame.state = frame.kind === "object" ? "value" : "comma";
    else if (frame.state === "key") {
      frame.key = word.replace(/^"|"$/g, "");
      if (counts) frame.keys.push(frame.key);
      frame.state = "colon";
    } else if (frame.state === "value") frame.state = "comma";
  }
}
