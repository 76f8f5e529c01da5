import type { CiJob, CiVariables, GitlabCiTree } from "../../formats/gitlab-ci/index.js";
import type { ProxySettings, Scope } from "../../proxy/settings.js";
import { around, inOrder, type SymbolNode, scriptNode, variableNode } from "./node.js";

/** The pipeline's variables, then jobs with their variables, services and scripts as far as they are written there. */
export function ciSymbols(tree: GitlabCiTree, settings: ProxySettings): readonly SymbolNode[] {
  const global = tree.variables && variablesNode(tree.variables, settings.scopes);
  return inOrder([...(global ? [global] : []), ...tree.jobs.map((job) => jobNode(job, settings))]);
}

function jobNode(job: CiJob, { scopes, scripts }: ProxySettings): SymbolNode {
  const { name, keySpan, span, variables, services } = job;
  const isOwn = (node: SymbolNode) => span.start <= node.span.start && node.span.end <= span.end;
  const children = [
    ...(variables ? [variablesNode(variables, scopes)] : []),
    ...services.map((service): SymbolNode => {
      const { image } = service;
      return {
        name: image.text,
        kind: "service",
        span: around(service.span, image.contentSpan),
        nameSpan: image.contentSpan,
      };
    }),
    ...scripts.map(scriptNode),
  ].filter(isOwn);
  return { name, kind: "job", span, nameSpan: keySpan, children: inOrder(children) };
}

function variablesNode({ keySpan, variables }: CiVariables, scopes: readonly Scope[]): SymbolNode {
  const places = new Set(variables.map(({ span }) => span.start));
  const assignments = scopes.flatMap((scope) => scope.assignments).filter(({ span }) => places.has(span.start));
  const children = inOrder(assignments.map(variableNode));
  const span = around(keySpan, ...variables.map((variable) => variable.span));
  return { name: "variables", kind: "section", span, nameSpan: keySpan, children };
}
