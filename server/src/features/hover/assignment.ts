import { clientsOf } from "../../proxy/readers.js";
import { type Localize, type Message, msg } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import type { AssignmentAt } from "../assignment-at.js";
import { variableMeaning } from "../meaning/variables.js";
import { bypassTable } from "./bypass-table.js";
import { code } from "./markdown.js";
import { readersText, spellingText } from "./readers.js";
import type { Subject } from "./subject.js";

/**
 * A variable, or a key that stands for one: what it is for, who reads it, what its value means to them.
 * @param instead what the program gets in the place of the value
 */
export function assignmentSubject(
  found: AssignmentAt,
  document: Document,
  localize: Localize,
  instead?: Message,
): Subject | undefined {
  const { assignment, scope, inValue } = found;
  const { variable, name, value } = assignment;
  const meaning = variableMeaning(variable ?? name.text);
  if (!meaning) return undefined;
  const parts = [`**${name.text}** — ${localize(meaning)}`, readersText(scope, localize)];
  const spelling = spellingText(scope, assignment, localize);
  if (spelling !== undefined) parts.push(spelling);
  const written = document.text.slice(value.contentSpan.start, value.contentSpan.end);
  // A list is shown by its entries.
  const told = written !== value.text || (document.format.id === "systemd-dropin" && variable !== "no_proxy");
  if (instead) parts.push(localize(instead));
  else if (assignment.external) parts.push(localize(msg("Its value comes from outside this file.")));
  else if (value.text === "") parts.push(localize(msg("Empty: the same as not set for most programs.")));
  else if (assignment.dropped) parts.push(localize(droppedText(document.format.id === "systemd-dropin")));
  else if (told && variable) parts.push(localize(msg("The program gets {0}.", code(value.text))));
  if (variable === "no_proxy" && !assignment.external) {
    const clients = clientsOf(scope);
    const shown = clients.length > 0 ? bypassTable(value, inValue, clients, localize) : undefined;
    if (shown !== undefined) parts.push(shown);
  }
  return { span: inValue === undefined ? name.contentSpan : assignment.span, markdown: parts.join("\n\n") };
}

function droppedText(systemd: boolean): Message {
  return systemd
    ? msg("As it is written, systemd drops it.")
    : msg("As it is written, it sets no variable of that name.");
}
