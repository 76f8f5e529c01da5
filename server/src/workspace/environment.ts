import { type ClientName, clients, readsVariable } from "../proxy/clients.js";
import type { Assignment, Scope } from "../proxy/settings.js";
import { nameIn, type ProxyVariable } from "../proxy/variables.js";
import type { Message } from "../text/message.js";
import type { Document } from "./document.js";

/** An assignment and where it stands. */
export interface Given {
  readonly document: Document;
  readonly scope: Scope;
  readonly assignment: Assignment;
  /** The names under which the process has it: a key of Docker's JSON becomes a variable in both letter cases. */
  readonly names: readonly string[];
  /** It may not happen: a branch of a script. */
  readonly conditional?: boolean;
  /** A script exports it: the variables that it names are what they were until then. */
  readonly exported?: boolean;
  /** Why something that no file shows may take its place. */
  readonly overridable?: Message;
}

/** What one process is given, over all files that give it something. */
export interface Environment {
  /** The weakest first: of two with one name the later counts. */
  readonly given: readonly Given[];
  /** Why there may be more than the files show; undefined where there is not. */
  readonly open: Message | undefined;
}

export const nothing: Environment = { given: [], open: undefined };

/** What a client asks its environment for. */
export type Use = "http" | "https" | "noProxy";

/** The scope's own assignments. */
export function givenBy(document: Document, scope: Scope): readonly Given[] {
  return scope.assignments.map((assignment) => ({ document, scope, assignment, names: namesOf(assignment) }));
}

/** The assignments of a scope and of those that it inherits, the weakest first. */
export function givenWithInherited(document: Document, scope: Scope): readonly Given[] {
  const layers: Scope[] = [];
  for (let at: Scope | undefined = scope; at; at = at.inherits) layers.push(at);
  return layers.reverse().flatMap((layer) => givenBy(document, layer));
}

function namesOf({ name, spelling, variable }: Assignment): readonly string[] {
  if (spelling !== "client-key" && spelling !== "daemon-key") return [name.text];
  return variable ? [variable, variable.toUpperCase()] : [];
}

/**
 * The assignment that counts for a client: that of the first of its names that is set to something. What its program drops
 * does not count.
 */
export function readBy(client: ClientName, use: Use, { given }: Environment): Given | undefined {
  const { variables } = clients[client];
  const names = [...variables[use], ...(variables.anyCase ? otherSpellings(client, use, given) : [])];
  for (const name of names) {
    const found = given.findLast((one) => one.names.includes(name) && !one.assignment.dropped);
    if (found && (found.assignment.external || found.assignment.value.text.trim() !== "")) return found;
  }
  return undefined;
}

/** Mixed spellings of what a client reads in any letter case. */
function otherSpellings(client: ClientName, use: Use, given: readonly Given[]): readonly string[] {
  const { variables } = clients[client];
  return given
    .flatMap(({ names }) => names)
    .filter((name) => !variables[use].includes(name) && readsVariable(client, use, name));
}

/** Everything that gives the variable a value in some spelling, also what its program drops: what was meant. */
export function meantFor(variable: ProxyVariable, { given }: Environment): readonly Given[] {
  return given.filter(
    ({ assignment }) =>
      assignment.variable === variable && (assignment.external || assignment.value.text.trim() !== ""),
  );
}

/** Whether a proxy is given, or was meant to be. */
export function hasProxy(environment: Environment): boolean {
  return (["http_proxy", "https_proxy", "all_proxy"] as const).some(
    (variable) => meantFor(variable, environment).length > 0,
  );
}

/** The names of a variable in both letter cases, upper case first as files have it. */
export function bothNames(variable: ProxyVariable): readonly string[] {
  return [nameIn(variable, "upper") ?? variable, variable];
}
