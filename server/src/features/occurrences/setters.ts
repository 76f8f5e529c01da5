import type { Scope } from "../../proxy/settings.js";
import { earlierScripts, ownCommands } from "../../shell/script.js";
import type { Host } from "./host.js";
import { type VariableOccurrence, variables } from "./variables.js";

/** The places that may give a variable the value that it has where it is used: of the nearest layer that sets it. */
export function settersOf(use: VariableOccurrence, host: Host): readonly VariableOccurrence[] {
  const here = variables(use.document).filter(
    (one) => one.definition && one.name === use.name && one.group === use.group,
  );
  const inShell = setBefore(use, here);
  if (inShell) return [inShell];
  for (let scope: Scope | undefined = use.scope; scope; scope = scope.inherits) {
    const found = here.filter((one) => one.scope === scope && !one.script);
    if (found.length > 0) return found.slice(-1);
  }
  if (use.group !== "jobs") return unitSetters(use, host);
  const ownScope = use.scope?.kind;
  if (ownScope === "runner-environment") return [];
  const global = here.filter(({ scope, script }) => !script && scope?.kind === "ci-global");
  if (ownScope === undefined && global.length > 0) return global.slice(-1);
  return host.documents
    .filter(({ format }) => format.id === "runner-toml")
    .flatMap((document) => variables(document))
    .filter(({ definition, name, script, scope }) => {
      return definition && name === use.name && !script && scope?.kind === "runner-environment";
    });
}

/** What the shell itself has set before it comes to the command. */
function setBefore(use: VariableOccurrence, here: readonly VariableOccurrence[]): VariableOccurrence | undefined {
  const { script, command } = use;
  if (!script || !command) return undefined;
  const earlier = earlierScripts(script, use.document.settings.scripts);
  const commands = [...earlier, script].flatMap(ownCommands);
  const at = commands.indexOf(command);
  const before = new Set(commands.slice(0, at));
  return here.findLast((one) => one.command !== undefined && one.kind !== "prefix" && before.has(one.command));
}

/** A unit's drop-ins and environment files add up. */
function unitSetters(use: VariableOccurrence, host: Host): readonly VariableOccurrence[] {
  return host.documents
    .flatMap((document) => variables(document))
    .filter(({ definition, name, group }) => definition && name === use.name && group === use.group);
}
