import {
  type Event,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from "vscode";
import type { ChainResult, HopInfo, HostInfo, ProblemInfo } from "../../../server/src/protocol.js";
import type { ChainModel } from "./model.js";
import { openCommand } from "./place.js";
import { addressesFrom, isBroken, stateText } from "./states.js";

/** What the view in the Explorer shows: hosts, their hops, and what is wrong with those. */
export type ChainNode =
  | { readonly kind: "host"; readonly host: HostInfo }
  | { readonly kind: "hop"; readonly host: HostInfo; readonly hop: HopInfo }
  | { readonly kind: "problem"; readonly problem: ProblemInfo };

export class ChainTree implements TreeDataProvider<ChainNode> {
  readonly onDidChangeTreeData: Event<void>;

  constructor(private readonly model: ChainModel) {
    this.onDidChangeTreeData = model.onDidChange;
  }

  async getChildren(node?: ChainNode): Promise<ChainNode[]> {
    if (!node) return rootsOf(await this.model.get());
    if (node.kind === "host") return hopsOf(node.host);
    return node.kind === "hop" ? distinct(node.hop.problems).map((problem) => ({ kind: "problem", problem })) : [];
  }

  getTreeItem(node: ChainNode): TreeItem {
    switch (node.kind) {
      case "host":
        return hostItem(node.host);
      case "hop":
        return hopItem(node.host, node.hop);
      case "problem":
        return problemItem(node.problem);
    }
  }
}

/** A single host is not named: its hops come first. */
function rootsOf({ hosts }: ChainResult): ChainNode[] {
  const [only, another] = hosts;
  if (only && !another) return hopsOf(only);
  return hosts.map((host) => ({ kind: "host", host }));
}

function hopsOf(host: HostInfo): ChainNode[] {
  return host.hops.map((hop) => ({ kind: "hop", host, hop }));
}

function hostItem({ name, hops }: HostInfo): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  const broken = hops.filter(({ state }) => state === "broken").length;
  item.iconPath = new ThemeIcon("server-environment");
  if (broken > 0) item.description = l10n.t("{0} of {1} broken", broken, hops.length);
  return item;
}

function hopItem(host: HostInfo, hop: HopInfo): TreeItem {
  const { title, problems, location } = hop;
  const item = new TreeItem(
    title,
    problems.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  const said = addressesFrom(host, hop) || stateText(host, hop);
  const messages = distinct(problems).map(({ message }) => message);
  item.id = `${host.name}/${hop.id}`;
  item.iconPath = iconOf(host, hop);
  item.description = said;
  item.tooltip = [`${title}: ${said}`, ...messages].join("\n");
  item.accessibilityInformation = { label: [title, said, ...messages].join(", ") };
  if (location) item.command = openCommand(location);
  return item;
}

function problemItem(problem: ProblemInfo): TreeItem {
  const item = new TreeItem(problem.message, TreeItemCollapsibleState.None);
  item.iconPath = problemIcon(problem.severity === "error");
  item.description = problem.rule;
  item.tooltip = problem.message;
  item.command = openCommand(problem);
  return item;
}

function iconOf(host: HostInfo, hop: HopInfo): ThemeIcon {
  switch (hop.state) {
    case "proxy":
      return new ThemeIcon("pass", new ThemeColor("testing.iconPassed"));
    case "direct":
      return new ThemeIcon("circle-outline");
    case "unknown":
      return new ThemeIcon("question");
    case "broken":
      return problemIcon(isBroken(host, hop));
  }
}

function problemIcon(error: boolean): ThemeIcon {
  return error
    ? new ThemeIcon("error", new ThemeColor("list.errorForeground"))
    : new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
}

/** Several links of a hop can be broken by one thing. */
function distinct(problems: readonly ProblemInfo[]): readonly ProblemInfo[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
