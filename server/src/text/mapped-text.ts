import type { Span, TextEdit } from "./span.js";

/**
 * A stretch of decoded text that came from one stretch of the text outside it.
 * `exact`: one character for one character; otherwise the stretch is one unit (an escape, a fold, an expansion).
 */
export interface Piece {
  /** Start in the decoded text. */
  readonly at: number;
  /** Length in the decoded text; 0 marks a place where nothing stands but something can be written. */
  readonly length: number;
  /** Start in the outer text. */
  readonly from: number;
  /** Length in the outer text. */
  readonly width: number;
  readonly exact: boolean;
  /** How text is written at this place: a name that the layer understands. */
  readonly mode: string;
  /** The program puts something here that the document does not say (`$NAME`, a specifier, a template). */
  readonly unknown: boolean;
}

/** A kind of quoting, as far as writing goes. */
export interface Layer {
  readonly name: string;
  /**
   * Writes `text` for a place of the given mode.
   * @returns undefined where this quoting has no way to say it (a single quote in a single-quoted shell word).
   */
  encode(text: string, mode: string): string | undefined;
}

const verbatim: Layer = { name: "verbatim", encode: (text) => text };

/**
 * A text that knows where each of its characters came from: the document itself, a part of it, or what a layer of
 * quoting made of a part of another MappedText. Layers nest to any depth: the JSON in a shell word in a TOML string is
 * three of them. Spans given and returned by `toSource` and `replace` are the document's.
 */
export class MappedText {
  private constructor(
    readonly text: string,
    private readonly outer: MappedText | undefined,
    /** Sorted by `at`; they tile `text`, but not the outer text: quotes and line continuations lie between them. */
    readonly pieces: readonly Piece[],
    readonly layer: Layer,
    /** The stretch of the outer text that was decoded, quotes included. */
    readonly outerSpan: Span,
  ) {}

  /** A whole document. */
  static document(text: string): MappedText {
    return new MappedText(text, undefined, [run(0, text.length, 0, "")], verbatim, { start: 0, end: text.length });
  }

  /** What `layer` decoded from `outer`. Use {@link MappedTextBuilder}. */
  static decoded(outer: MappedText, layer: Layer, outerSpan: Span, text: string, pieces: readonly Piece[]): MappedText {
    return new MappedText(text, outer, pieces, layer, outerSpan);
  }

  /** A part of this text as a text of its own; what is written to it is written here. */
  slice(start: number, end: number = this.text.length): MappedText {
    const from = Math.max(0, Math.min(start, this.text.length));
    const to = Math.max(from, Math.min(end, this.text.length));
    return new MappedText(this.text.slice(from, to), this, [run(0, to - from, from, "")], verbatim, {
      start: from,
      end: to,
    });
  }

  /** The whole of what was decoded, with its quotes, in the document. */
  get sourceSpan(): Span {
    return this.outer ? this.outer.toSource(this.outerSpan) : this.outerSpan;
  }

  /** The stretch of the document that made these characters. An empty span yields the place between. */
  toSource(span: Span): Span {
    if (!this.outer) return { start: this.clamp(span.start), end: this.clamp(span.end) };
    return this.outer.toSource(this.toOuter(span));
  }

  /** The document's stretch of the whole decoded text, without the quotes around it. */
  get contentSpan(): Span {
    return this.toSource({ start: 0, end: this.text.length });
  }

  /** The offset in this text of a document offset; undefined outside of it or between its pieces. */
  fromSource(offset: number): number | undefined {
    if (!this.outer) return offset >= 0 && offset <= this.text.length ? offset : undefined;
    const at = this.outer.fromSource(offset);
    if (at === undefined) return undefined;
    const piece = this.pieces.find((p) => p.from <= at && at <= p.from + p.width);
    if (!piece) return undefined;
    if (piece.exact) return piece.at + (at - piece.from);
    return at === piece.from ? piece.at : piece.at + piece.length;
  }

  /** Whether the program puts something into this stretch that the document does not say, in any layer. */
  hasUnknown(span: Span = { start: 0, end: this.text.length }): boolean {
    const touched = this.piecesOf(span);
    for (const piece of touched) if (piece.unknown) return true;
    // What is unknown may also be empty as the layer has it, and then stands between the others.
    for (let i = this.firstEndingAt(span.start); i < this.pieces.length; i++) {
      const piece = this.pieces[i];
      if (!piece || piece.at > span.end) break;
      if (piece.unknown && piece.length === 0) return true;
    }
    return this.outer?.hasUnknown(this.toOuter(span)) ?? false;
  }

  /** The stretches of this text that are unknown (see {@link Piece.unknown}), in order, touching ones joined. */
  unknownSpans(): readonly Span[] {
    const out: { start: number; end: number }[] = [];
    const add = (start: number, end: number) => {
      const last = out.at(-1);
      if (last && last.end >= start) last.end = Math.max(last.end, end);
      else out.push({ start, end });
    };
    const outer = this.outer?.unknownSpans() ?? [];
    for (const piece of this.pieces) {
      const end = piece.at + piece.length;
      if (piece.unknown) add(piece.at, end);
      else {
        for (let i = lowerBound(outer, (found) => found.end > piece.from); i < outer.length; i++) {
          const found = outer[i];
          if (!found || found.start >= piece.from + piece.width) break;
          const shift = piece.at - piece.from;
          if (piece.exact) add(Math.max(found.start + shift, piece.at), Math.min(found.end + shift, end));
          else add(piece.at, end);
        }
      }
    }
    return out;
  }

  /**
   * The edits of the document that put `text` in the place of `span`, quoted for every layer on the way out.
   * Quotes between the pieces stay.
   * @returns undefined where some layer cannot say it at that place.
   */
  replace(span: Span, text: string): readonly TextEdit[] | undefined {
    if (!this.outer) return [{ span: { start: this.clamp(span.start), end: this.clamp(span.end) }, newText: text }];
    const touched = this.piecesOf(span);
    const first = touched[0];
    if (!first) return undefined;
    const last = touched.at(-1) ?? first;
    if (span.end <= span.start && !first.exact && !cuts(first, span.start)) {
      const at = span.start <= first.at ? first.from : first.from + first.width;
      const encoded = this.layer.encode(text, first.mode);
      return encoded === undefined ? undefined : this.outer.replace({ start: at, end: at }, encoded);
    }
    // A unit that is cut is written anew, with what stays of it.
    const head = first.exact ? "" : this.text.slice(first.at, span.start);
    const tail = last.exact ? "" : this.text.slice(span.end, last.at + last.length);
    const edits: TextEdit[] = [];
    for (let i = 0; i < touched.length; ) {
      const begin = touched[i] ?? first;
      let end = begin;
      let next = touched[++i];
      while (next && next.from === end.from + end.width && next.mode === begin.mode) {
        end = next;
        next = touched[++i];
      }
      const from = begin.exact ? begin.from + Math.max(0, span.start - begin.at) : begin.from;
      const to = end.exact ? end.from + Math.min(end.width, Math.max(0, span.end - end.at)) : end.from + end.width;
      const wanted = (begin === first ? head + text : "") + (end === last ? tail : "");
      const encoded = this.layer.encode(wanted, begin.mode);
      if (encoded === undefined) return undefined;
      const outer = this.outer.replace({ start: from, end: to }, encoded);
      if (!outer) return undefined;
      edits.push(...outer);
    }
    return edits;
  }

  private clamp(offset: number): number {
    return Math.max(0, Math.min(offset, this.text.length));
  }

  private toOuter(span: Span): Span {
    const touched = this.piecesOf(span);
    const first = touched[0];
    const last = touched.at(-1);
    if (!first || !last) return { start: this.outerSpan.start, end: this.outerSpan.end };
    const start = first.exact
      ? first.from + Math.max(0, Math.min(span.start - first.at, first.width))
      : span.start >= first.at + first.length && first.length > 0
        ? first.from + first.width
        : first.from;
    const end = last.exact
      ? last.from + Math.max(0, Math.min(span.end - last.at, last.width))
      : span.end <= last.at
        ? last.from
        : last.from + last.width;
    return { start, end: Math.max(start, end) };
  }

  /** The pieces that share a character with the span; for an empty span the one that a typed character would extend. */
  private piecesOf(span: Span): readonly Piece[] {
    const pieces = this.pieces;
    if (span.end > span.start) {
      const found: Piece[] = [];
      for (let i = this.firstEndingAt(span.start + 1); i < pieces.length; i++) {
        const piece = pieces[i];
        if (!piece || piece.at >= span.end) break;
        if (piece.length > 0) found.push(piece);
      }
      if (found.length > 0) return found;
    }
    let best: Piece | undefined;
    for (let i = this.firstEndingAt(span.start); i < pieces.length; i++) {
      const piece = pieces[i];
      if (!piece || piece.at > span.start) break;
      if (!best || piece.exact || !best.exact) best = piece;
      if (best.exact && span.start < piece.at + piece.length) break;
    }
    return best ? [best] : pieces.slice(-1);
  }

  /** Index of the first piece that ends at `offset` or after it. */
  private firstEndingAt(offset: number): number {
    return lowerBound(this.pieces, (piece) => piece.at + piece.length >= offset);
  }
}

/** Index of the first item from which on all are `beyond`. */
function lowerBound<T>(items: readonly T[], beyond: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && beyond(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether an offset of the decoded text lies inside of what a piece decoded to, not at its edge. */
function cuts(piece: Piece, offset: number): boolean {
  return piece.at < offset && offset < piece.at + piece.length;
}

function run(at: number, length: number, from: number, mode: string): Piece {
  return { at, length, from, width: length, exact: true, mode, unknown: false };
}

/** Collects the pieces of a decoding, from left to right. Offsets are the outer text's. */
export class MappedTextBuilder {
  private readonly parts: string[] = [];
  private readonly pieces: Piece[] = [];
  private length = 0;

  constructor(
    private readonly outer: MappedText,
    private readonly layer: Layer,
  ) {}

  /** The decoded length so far. */
  get decodedLength(): number {
    return this.length;
  }

  /** Characters that stand for themselves; neighbours of one mode are joined. */
  exact(from: number, to: number, mode = "", unknown = false): this {
    const length = to - from;
    if (length <= 0) return this;
    const last = this.pieces.at(-1);
    this.parts.push(this.outer.text.slice(from, to));
    if (last?.exact && last.mode === mode && last.unknown === unknown && last.from + last.width === from) {
      this.pieces[this.pieces.length - 1] = { ...last, length: last.length + length, width: last.width + length };
    } else {
      this.pieces.push({ at: this.length, length, from, width: length, exact: true, mode, unknown });
    }
    this.length += length;
    return this;
  }

  /** One unit of the outer text that yields `decoded`, which may be of any length. */
  unit(from: number, to: number, decoded: string, mode = "", unknown = false): this {
    this.parts.push(decoded);
    this.pieces.push({ at: this.length, length: decoded.length, from, width: to - from, exact: false, mode, unknown });
    this.length += decoded.length;
    return this;
  }

  /** A place where nothing stands yet and text can be written: the inside of empty quotes. */
  place(from: number, mode = ""): this {
    this.pieces.push({ at: this.length, length: 0, from, width: 0, exact: true, mode, unknown: false });
    return this;
  }

  /** @param outerSpan the whole that was decoded, with its quotes. */
  build(outerSpan: Span): MappedText {
    return MappedText.decoded(this.outer, this.layer, outerSpan, this.parts.join(""), this.pieces);
  }
}
