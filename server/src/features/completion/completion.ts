import type { Service } from "../../service.js";
import type { LineIndex, Position, Range } from "../../text/line-index.js";
import { english, type Localize } from "../../text/message.js";
import type { Span, TextEdit } from "../../text/span.js";
import { meaningOf, type Topic } from "../meaning/topic.js";
import { completeCntlm } from "./cntlm-conf.js";
import { completeDocker } from "./docker-json.js";
import { completeCi } from "./gitlab-ci.js";
import type { Offer, Place, Word } from "./offer.js";
import { completeRunner } from "./runner-toml.js";
import { completeScript } from "./script.js";
import { completeSystemd } from "./systemd-dropin.js";
import { completeValue } from "./value.js";

/** A word, what it replaces, and what is written there. */
export interface Completion {
  readonly label: string;
  readonly kind: Word["kind"];
  readonly detail?: string;
  /** On one line, the cursor in it or at one of its ends. */
  readonly range: Range;
  /** Quoted for its place. */
  readonly newText: string;
  /** The stretch of `newText` that is typed next; empty for a mere place. */
  readonly hole?: Span;
  readonly deprecated?: boolean;
  /** Completions are shown in the order of these. */
  readonly sortText: string;
  /** To be handed to {@link documentationOf}. */
  readonly topic?: Topic;
  /** There is something to choose where the hole is. */
  readonly more?: boolean;
}

/**
 * What goes at a place, also on half-typed lines; nothing in unknown documents and where other text stands.
 * @param keywords whether nobody else completes a YAML file's keywords from its schema
 */
export function completion(
  service: Service,
  uri: string,
  position: Position,
  localize: Localize = english,
  keywords = true,
): readonly Completion[] {
  const document = service.document(uri);
  if (!document) return [];
  const { text, lines } = document;
  const offset = lines.offset(position);
  const line = lines.line(lines.position(offset).line);
  const place: Place = {
    document,
    text,
    offset,
    before: text.slice(line.start, offset),
    after: text.slice(offset, line.end),
    get host() {
      return service.host(uri);
    },
    options: service.options,
    keywords,
    localize,
  };
  const offer = offerAt(place);
  return offer ? offer.words.flatMap((word, at) => placed(offer, word, at, offset, lines) ?? []) : [];
}

/** What is to be read beside a completion; undefined where there is nothing to say. */
export function documentationOf(topic: Topic, localize: Localize): string | undefined {
  const meaning = meaningOf(topic);
  return meaning && localize(meaning);
}

function offerAt(place: Place): Offer | undefined {
  return completeScript(place) ?? completeValue(place) ?? byFormat(place);
}

function byFormat(place: Place): Offer | undefined {
  const { tree } = place.document;
  switch (tree.format) {
    case "runner-toml":
      return completeRunner(place, tree);
    case "cntlm-conf":
      return completeCntlm(place, tree);
    case "systemd-dropin":
      return completeSystemd(place, tree);
    case "docker-json":
      return completeDocker(place, tree);
    case "gitlab-ci":
      return completeCi(place);
  }
}

/** undefined where the place cannot say the word, or not in one edit of one line. */
function placed(offer: Offer, word: Word, index: number, offset: number, lines: LineIndex): Completion | undefined {
  const edit = onlyEdit(offer, word.text);
  if (!edit || edit.span.start > offset || offset > edit.span.end) return undefined;
  const range = lines.range(edit.span);
  if (range.start.line !== range.end.line) return undefined;
  const hole = word.hole && quotedHole(offer, word.text, word.hole, edit.newText);
  const { label, kind, detail, topic, deprecated, more, rank = 1 } = word;
  return {
    label,
    kind,
    range,
    newText: edit.newText,
    sortText: `${deprecated ? 9 : rank}${String(index).padStart(4, "0")}`,
    ...(detail !== undefined && { detail }),
    ...(hole && { hole }),
    ...(deprecated && { deprecated }),
    ...(topic && { topic }),
    ...(more && hole && { more }),
  };
}

function onlyEdit({ into, span }: Offer, text: string): TextEdit | undefined {
  const edits = into.replace(span, text);
  return edits?.length === 1 ? edits[0] : undefined;
}

/** Where the hole is once the text is quoted; undefined where quoting moves it in a way that cannot be told. */
function quotedHole(offer: Offer, text: string, hole: Span, quoted: string): Span | undefined {
  if (quoted === text) return hole;
  const [before, upTo] = [hole.start, hole.end].map((end) => onlyEdit(offer, text.slice(0, end))?.newText);
  if (before === undefined || upTo === undefined || !quoted.startsWith(before) || !quoted.startsWith(upTo)) {
    return undefined;
  }
  return { start: before.length, end: upTo.length };
}
