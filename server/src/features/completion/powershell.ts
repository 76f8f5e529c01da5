import { proxyVariables } from "../../proxy/variables.js";
import type { ScriptAt } from "../assignment-at.js";
import type { Offer, Place, Word } from "./offer.js";
import { valueOffer, valueWords } from "./value.js";

/**
 * In a script of PowerShell: `$env:NAME`, and the value that one is given. What is offered goes into quotes as it is: no
 * address and no entry of a bypass list holds a quote, a backtick or `$` (about_Quoting_Rules).
 */
export function completePowerShell(place: Place, found: ScriptAt): Offer | undefined {
  const { text, at, script } = found;
  const before = text.text.slice(text.text.lastIndexOf("\n", at - 1) + 1, at);
  const after = /^[^\r\n]*/.exec(text.text.slice(at))?.[0] ?? "";
  const container = script.scope?.container;
  const [, name, quote, typed = ""] = /\$env:(\w+)[ \t]*=[ \t]*(?:(['"])([^'"$`]*))?$/i.exec(before) ?? [];
  if (name !== undefined && quote !== undefined) {
    const rest = /^[^'"$`]*/.exec(after)?.[0] ?? "";
    if (!after.slice(rest.length).startsWith(quote)) return undefined;
    const value = text.slice(at - typed.length, at + rest.length);
    return valueOffer(place, name, value, typed.length, container);
  }
  if (name !== undefined && after.trim() === "") {
    const words = valueWords(place, name, container).map((word) => ({ ...word, text: `'${word.text}'` }));
    return words.length > 0 ? { words, into: text, span: { start: at, end: at } } : undefined;
  }
  return reference(found, before, after);
}

/** Where PowerShell expands it: not between single quotes. */
function reference({ script, text, at }: ScriptAt, before: string, after: string): Offer | undefined {
  const typed = /(?<!`)\$\{?((?:e|en|env|env:\w*)?)$/i.exec(before)?.[1];
  if (typed === undefined || before.replace(/"[^"]*"?/g, "").split("'").length % 2 === 0) return undefined;
  const names = new Set([...proxyVariables.map((variable) => variable.toUpperCase()), ...proxyVariables]);
  for (let scope = script.scope; scope; scope = scope.inherits) {
    for (const { name } of scope.assignments) if (/^\w+$/.test(name.text)) names.add(name.text);
  }
  const rest = /^[\w:]*/.exec(after)?.[0] ?? "";
  const words = [...names].map(
    (name): Word => ({
      label: `env:${name}`,
      kind: "variable",
      text: `env:${name}`,
      topic: { about: "variable", name },
    }),
  );
  return { words, into: text, span: { start: at - typed.length, end: at + rest.length } };
}
