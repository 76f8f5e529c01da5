import type { Service } from "../../service.js";
import type { Position, Range } from "../../text/line-index.js";
import type { Localize } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import { assignmentAt, scriptAt } from "../assignment-at.js";
import { assignmentSubject } from "./assignment.js";
import { findingSubject } from "./finding.js";
import { handedOver } from "./handed-over.js";
import { keySubject } from "./key.js";
import { routeSubject } from "./route.js";
import { scriptSubject } from "./script.js";
import { serviceSubject } from "./service.js";
import type { Subject } from "./subject.js";

/** What is shown of a place. */
export interface Hover {
  readonly range: Range;
  readonly markdown: string;
}

/** What stands at a place, and what is wrong with it; undefined where there is nothing to say. No secrets are in it. */
export function hover(service: Service, uri: string, position: Position, localize: Localize): Hover | undefined {
  const document = service.document(uri);
  if (!document) return undefined;
  const offset = document.lines.offset(position);
  const subjects = [
    meaning(service, document, offset, localize),
    routeSubject(service, document, offset, localize),
    findingSubject(service, document, offset, localize),
  ];
  const said = subjects.filter((subject) => subject !== undefined);
  const narrowest = said.toSorted((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  if (!narrowest) return undefined;
  return {
    range: document.lines.range(narrowest.span),
    markdown: said.map(({ markdown }) => markdown).join("\n\n---\n\n"),
  };
}

function meaning(service: Service, document: Document, offset: number, localize: Localize): Subject | undefined {
  const assigned = assignmentAt(document, offset);
  const variable = assigned && assignmentSubject(assigned, document, localize, handedOver(service, document, assigned));
  if (variable) return variable;
  const script = scriptAt(document, offset);
  if (script) return scriptSubject(script, document, offset, localize);
  return serviceSubject(document, offset, localize) ?? keySubject(document, offset, localize);
}
