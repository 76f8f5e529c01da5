import type { Script } from "../../server/src/proxy/settings.js";
import { MappedText } from "../../server/src/text/mapped-text.js";

/** A script of a job, whose texts are documents of their own. */
export function scriptOf(texts: readonly string[], more: Partial<Script> = {}): Script {
  return {
    key: "script",
    keySpan: { start: 0, end: 0 },
    group: "job",
    place: "job",
    shell: "posix",
    texts: texts.map((text) => MappedText.document(text)),
    ...more,
  };
}
