import { variableOf } from "../proxy/variables.js";
import type { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import type { Document } from "./document.js";
import type { Environment, Given } from "./environment.js";

/** A value in full, with the places where its parts stand. */
export interface Said {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** A stretch of a text, from `start` in the value on. */
interface Part extends Source {
  readonly start: number;
  readonly span: Span;
}

/** A text and the document that says it. */
interface Source {
  readonly document: Document;
  readonly value: MappedText;
}

/** The value of a variable, with those of the variables that it names; undefined where the files do not say it in full. */
export function saidBy(given: Given, environment: Environment): Said | undefined {
  if (given.assignment.external) return undefined;
  return new Resolver(environment).ofGiven(given);
}

/** The same for a text that is no variable's value. */
export function resolve(source: Source, environment: Environment): Said | undefined {
  return new Resolver(environment).of(source, environment.given);
}

/** The value as it stands there, whatever is not known of it. */
export function asWritten({ document, assignment: { value } }: Given): Said {
  return { text: value.text, parts: [{ document, value, start: 0, span: { start: 0, end: value.text.length } }] };
}

/** Where the stretch of a value stands: what of it is in the part where it begins. */
export function placeIn(
  { parts }: Said,
  { start, end }: Span,
): { readonly document: Document; readonly span: Span } | undefined {
  const part = parts.findLast((one) => one.start <= start);
  if (!part) return undefined;
  const shift = part.span.start - part.start;
  return {
    document: part.document,
    span: part.value.toSource({ start: start + shift, end: Math.min(end + shift, part.span.end) }),
  };
}

/** How often one variable may stand for another, and how many references are followed in all. */
const depthLimit = 8;
const referenceLimit = 64;

class Resolver {
  private references = 0;

  constructor(private readonly environment: Environment) {}

  ofGiven(given: Given, depth = 0, names: readonly string[] = []): Said | undefined {
    const { document, assignment, exported } = given;
    const { given: all } = this.environment;
    // In a script a variable is what it was until then; elsewhere one that names itself is not known.
    const others = exported ? all.slice(0, Math.max(0, all.indexOf(given))) : all.filter((one) => !one.exported);
    const own = exported ? names : [...names, assignment.name.text];
    return this.of({ document, value: assignment.value }, others, depth, own);
  }

  of(
    { document, value }: Source,
    others: readonly Given[],
    depth = 0,
    names: readonly string[] = [],
  ): Said | undefined {
    let text = "";
    const parts: Part[] = [];
    let at = 0;
    const take = (end: number) => {
      if (end > at) parts.push({ document, value, start: text.length, span: { start: at, end } });
      text += value.text.slice(at, end);
      at = end;
    };
    for (const { start, end } of value.unknownSpans()) {
      take(start);
      const found = referencesIn(value.text.slice(start, end));
      for (const name of found ?? []) {
        const said = names.includes(name) ? undefined : this.variable(name, others, depth, names);
        if (!said) return undefined;
        parts.push(...said.parts.map((part) => ({ ...part, start: text.length + part.start })));
        text += said.text;
      }
      if (!found) return undefined;
      at = end;
    }
    take(value.text.length);
    return { text, parts };
  }

  private variable(name: string, others: readonly Given[], depth: number, names: readonly string[]): Said | undefined {
    if (depth >= depthLimit || ++this.references > referenceLimit) return undefined;
    const given = others.findLast((one) => one.names.includes(name) && !one.assignment.dropped);
    if (!given) return variableOf(name) && !this.environment.open ? { text: "", parts: [] } : undefined;
    if (given.conditional || given.overridable || given.assignment.external) return undefined;
    return this.ofGiven(given, depth + 1, names);
  }
}

/** The variables that a stretch names, if it is nothing but `$NAME` and `${NAME}`. */
function referencesIn(text: string): readonly string[] | undefined {
  if (!/^(?:\$\w+|\$\{\w+\})+$/.test(text)) return undefined;
  return [...text.matchAll(/\w+/g)].map(([name]) => name);
}
