import { ruleById } from "../../rules/index.js";
import type { Service } from "../../service.js";
import { type Localize, msg } from "../../text/message.js";
import { touches } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import type { Subject } from "./subject.js";

/** The texts of the rules whose findings cover a place. */
export function findingSubject(
  service: Service,
  document: Document,
  offset: number,
  localize: Localize,
): Subject | undefined {
  const found = service.findings(document.uri).flatMap((finding) => {
    const span = document.lines.span(finding.range);
    const rule = touches(span, offset) ? ruleById(finding.rule) : undefined;
    return rule ? [{ finding, span, text: rule.docs.summary }] : [];
  });
  const first = found[0];
  if (!first) return undefined;
  const parts = found.map(({ finding, text }) => {
    const more = localize(msg("More about {0}", `\`${finding.rule}\``));
    return `${text}\n\n[${more}](${finding.docs})`;
  });
  return { span: first.span, markdown: [...new Set(parts)].join("\n\n---\n\n") };
}
