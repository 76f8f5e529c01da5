import type { SystemdDropinTree } from "../../formats/systemd-dropin/index.js";
import type { ProxySettings } from "../../proxy/settings.js";
import { around, inOrder, type SymbolNode, variableNode } from "./node.js";

/** Sections with their directives and variables; of an environment file the variables alone. */
export function unitSymbols(tree: SystemdDropinTree, { scopes }: ProxySettings): readonly SymbolNode[] {
  const variables = scopes.flatMap(({ assignments }) => assignments).map(variableNode);
  const isIn = ({ span }: SymbolNode, start: number, end: number) => start <= span.start && span.start < end;
  const environment = new Set(tree.environment.directives);
  const directives = tree.directives
    .filter((directive) => !environment.has(directive))
    .map(({ key, keySpan, span }): SymbolNode => ({ name: key, kind: "option", span, nameSpan: keySpan }));
  const all = inOrder([...directives, ...variables]);
  const sections = tree.sections.map(({ name, span }, index): SymbolNode => {
    const end = tree.sections[index + 1]?.span.start ?? tree.source.text.length;
    const children = all.filter((node) => isIn(node, span.start, end));
    return { name, kind: "section", span: around(span, children.at(-1)?.span), nameSpan: span, children };
  });
  const first = tree.sections[0]?.span.start ?? tree.source.text.length;
  return [...all.filter((node) => isIn(node, 0, first)), ...sections];
}
