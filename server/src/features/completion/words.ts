import { type ProxyVariable, proxyVariables } from "../../proxy/variables.js";
import type { Word } from "./offer.js";

/** Those that a person sets: http, https and what goes past them. */
const usual: readonly ProxyVariable[] = proxyVariables.filter((variable) => !/^(?:all|ftp)_/.test(variable));

/**
 * The names of the proxy variables that are not set yet.
 * @param cases letter cases that the readers of the place take
 * @param write what is written for a name
 */
export function variableWords(
  cases: readonly ("upper" | "lower")[],
  set: ReadonlySet<string>,
  write: (name: string) => string,
): readonly Word[] {
  return cases
    .flatMap((letters) => usual.map((variable) => (letters === "upper" ? variable.toUpperCase() : variable)))
    .filter((name) => !set.has(name))
    .map((name) => ({ label: name, kind: "variable", newText: write(name) }));
}
