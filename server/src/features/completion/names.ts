import type { Reader, Scope } from "../../proxy/settings.js";
import { type ProxyVariable, proxyVariables } from "../../proxy/variables.js";
import { dockerVariables } from "../meaning/variables.js";
import { type Word, withHole } from "./offer.js";

/** Those that a person sets: http, https and what goes past them. */
const usual: readonly ProxyVariable[] = proxyVariables.filter((variable) => !/^(?:all|ftp)_/.test(variable));

/** What is written for a name: the text before its value, and the text after it. */
export type Write = (name: string) => readonly [before: string, after: string];

/**
 * The names of variables that are of use at a place and not set yet, in the letter cases that its readers want: Go programs
 * take both, so upper case does; of a job's tools some want lower case, and scripts mostly name upper case.
 * @param set names that the environment has
 */
export function nameWords(scope: Pick<Scope, "readers">, set: ReadonlySet<string>, write: Write): readonly Word[] {
  const proxies = usual.map((variable) => variable.toUpperCase());
  const names = inContainer(scope) ? [...proxies, ...usual, ...dockerVariables.map(({ name }) => name)] : proxies;
  return names
    .filter((name) => !set.has(name))
    .map((name) => ({
      label: name,
      kind: "variable",
      ...withHole(write(name)[0], "", write(name)[1]),
      topic: { about: "variable", name },
      rank: /proxy$/i.test(name) ? 0 : 1,
      more: true,
    }));
}

function inContainer(scope: Pick<Scope, "readers">): boolean {
  const readers: readonly Reader[] = ["job", "service", "helper"];
  return scope.readers.some((reader) => readers.includes(reader));
}

/** The readers of a job's environment. */
export const jobScope: Pick<Scope, "readers"> = { readers: ["helper", "job", "service"] };
