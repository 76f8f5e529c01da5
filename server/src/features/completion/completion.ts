import type { Service } from "../../service.js";
import type { Position, Range } from "../../text/line-index.js";
import type { Document } from "../../workspace/document.js";
import { completeCntlm } from "./cntlm-conf.js";
import { completeDocker } from "./docker-json.js";
import { completeCi } from "./gitlab-ci.js";
import type { Offer, Word } from "./offer.js";
import { completeRunner } from "./runner-toml.js";
import { completeSystemd } from "./systemd-dropin.js";

/** A {@link Word} and what it replaces. */
export interface Completion extends Word {
  readonly range: Range;
}

/** The keys and proxy variables that go at a place; none in unknown documents and where other text stands. */
export function completion(service: Service, uri: string, position: Position): readonly Completion[] {
  const document = service.document(uri);
  if (!document) return [];
  const offer = offerAt(document, document.lines.offset(position));
  if (!offer) return [];
  const range = document.lines.range(offer.span);
  return offer.words.map((word) => ({ ...word, range }));
}

function offerAt({ tree, settings, lines }: Document, offset: number): Offer | undefined {
  const before = tree.source.text.slice(lines.lineStart(offset), offset);
  switch (tree.format) {
    case "runner-toml":
      return completeRunner(tree, before, offset);
    case "cntlm-conf":
      return completeCntlm(tree, before, offset);
    case "systemd-dropin":
      return completeSystemd(settings, before, offset);
    case "docker-json":
      return completeDocker(tree, before, offset);
    case "gitlab-ci":
      return completeCi(tree.source.text, before, offset);
  }
}
