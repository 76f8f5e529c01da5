import type { Service } from "../../service.js";
import { type Message, msg } from "../../text/message.js";
import { pathOf } from "../../text/uri.js";
import { chainOf } from "../../workspace/chain.js";
import type { Document } from "../../workspace/document.js";
import { environmentFiles, unitEnvironment } from "../../workspace/units.js";
import type { AssignmentAt } from "../assignment-at.js";
import { code } from "./markdown.js";

/**
 * What systemd hands over under the name of a unit's variable, where that is not the value that stands here: a later file of the unit,
 * or an environment file, sets another, or takes the variable away. undefined where this value counts, or nothing is known.
 */
export function handedOver(
  service: Service,
  document: Document,
  { scope, assignment }: AssignmentAt,
): Message | undefined {
  const { tree } = document;
  if (tree.format !== "systemd-dropin" || scope.kind !== "unit" || assignment.dropped) return undefined;
  const { program } = tree.file;
  const host = service.host(document.uri);
  const chain = chainOf(host);
  const units = program ? chain.units(program) : [];
  if (!program || !units.some((unit) => unit.document === document)) return undefined;
  const own = host.filter(({ hostRoot }) => chain.root === undefined || hostRoot !== undefined);
  const { given } = unitEnvironment(program, units, environmentFiles(own, chain.root ?? "/"));
  const last = given.findLast(({ assignment: { name, dropped } }) => name.text === assignment.name.text && !dropped);
  if (last?.assignment === assignment) return undefined;
  if (!last) return msg("systemd takes {0} away again: the program does not get it.", assignment.name.text);
  const { document: other, assignment: later } = last;
  const line = other.lines.position(later.name.sourceSpan.start).line + 1;
  return msg(
    "The program gets {0} instead, which {1} sets, line {2}.",
    code(later.value.text),
    pathOf(other.uri),
    line,
  );
}
