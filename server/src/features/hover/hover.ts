import { ruleById } from "../../rules/index.js";
import type { Service } from "../../service.js";
import type { Position, Range } from "../../text/line-index.js";
import { type Localize, msg } from "../../text/message.js";
import { touches } from "../../text/span.js";

/** What is shown of a place. */
export interface Hover {
  readonly range: Range;
  readonly markdown: string;
}

/** The texts of the rules whose findings cover a place; undefined where there is nothing to say. */
export function hover(service: Service, uri: string, position: Position, localize: Localize): Hover | undefined {
  const document = service.document(uri);
  if (!document) return undefined;
  const offset = document.lines.offset(position);
  const found = service
    .findings(uri)
    .filter(({ range }) => touches(document.lines.span(range), offset))
    .flatMap((finding) => {
      const rule = ruleById(finding.rule);
      return rule ? [{ finding, text: rule.docs.summary }] : [];
    });
  const first = found[0];
  if (!first) return undefined;
  const parts = found.map(({ finding, text }) => {
    const more = localize(msg("More about {0}", `\`${finding.rule}\``));
    return `${text}\n\n[${more}](${finding.docs})`;
  });
  return { range: first.finding.range, markdown: [...new Set(parts)].join("\n\n---\n\n") };
}
