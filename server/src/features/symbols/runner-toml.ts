import type { RunnerTomlTree } from "../../formats/runner-toml/index.js";
import type { Runner } from "../../formats/runner-toml/runner.js";
import type { Section } from "../../formats/runner-toml/toml/nodes.js";
import type { ProxySettings, Scope } from "../../proxy/settings.js";
import { inOrder, type SymbolNode, scriptNode, variableNode } from "./node.js";

/** Runners with their variables, scripts and tables; the tables outside of runners. */
export function tomlSymbols(tree: RunnerTomlTree, settings: ProxySettings): readonly SymbolNode[] {
  const starts = tree.runners.map(({ span }) => span.start);
  const owner = (at: number) => starts.findLastIndex((start) => start <= at);
  const sections = new Map<number, Section[]>();
  for (const section of tree.sections) {
    const { header } = section;
    if (!header || starts.includes(header.start)) continue;
    const index = header.parts[0]?.text === "runners" ? owner(header.start) : -1;
    sections.set(index, [...(sections.get(index) ?? []), section]);
  }
  const runners = tree.runners.map((runner) => {
    const own = sections.get(runner.index) ?? [];
    return runnerNode(runner, own, settings);
  });
  return inOrder([...runners, ...(sections.get(-1) ?? []).map(sectionNode)]);
}

function runnerNode(runner: Runner, sections: readonly Section[], settings: ProxySettings): SymbolNode {
  const { name, executor, span, index, table } = runner;
  const ends = [...table.sections, ...sections].map(trimmedEnd);
  const end = ends.reduce((most, one) => Math.max(most, one), span.end);
  const children = [
    ...settings.scopes.flatMap((scope) =>
      scope.id === `runners[${index}].environment` ? [environmentNode(scope, runner)] : [],
    ),
    ...settings.scripts.filter(({ group }) => group.startsWith(`runners[${index}].`)).map(scriptNode),
    ...sections.map(sectionNode),
  ];
  return {
    name: name?.value || "[[runners]]",
    kind: "runner",
    ...(executor && { detail: executor.value }),
    span: { start: span.start, end },
    nameSpan: name && name.start < end ? name : span,
    children: inOrder(children.filter((child) => child.span.end > child.span.start)),
  };
}

function environmentNode({ assignments }: Scope, { environment, span }: Runner): SymbolNode {
  const entry = environment?.entry ?? { start: span.start, end: span.start, key: span };
  const { start, end } = entry;
  return {
    name: "environment",
    kind: "section",
    span: { start, end },
    nameSpan: entry.key,
    children: assignments.map(variableNode),
  };
}

function sectionNode(section: Section): SymbolNode {
  const header = section.header ?? section;
  const name = section.header?.parts.map(({ text }) => text).join(".") ?? "";
  return { name, kind: "section", span: { start: section.start, end: trimmedEnd(section) }, nameSpan: header };
}

/** A section reaches to the next header; what it holds ends before. */
function trimmedEnd({ entries, header, start }: Section): number {
  return Math.max(header?.end ?? start, entries.at(-1)?.end ?? 0);
}
