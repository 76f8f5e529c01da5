import {
  type Disposable,
  DocumentLink,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import {
  type ExplainRouteParams,
  type ExplainRouteResult,
  isExplainRouteParams,
  methods,
  type PlaceInfo,
  type WayInfo,
} from "../../../server/src/protocol.js";
import type { Server } from "../server.js";
import type { ChainModel } from "./model.js";
import { placeText } from "./place.js";

const scheme = "runner-proxy-route";

/** Documents that say which way a request takes, with links to the lines that say so; kept up to date while open. */
export class RouteDocuments implements Disposable {
  private readonly changed = new EventEmitter<Uri>();
  private readonly links = new Map<string, DocumentLink[]>();
  private readonly disposables: Disposable[];

  constructor(
    private readonly server: Server,
    model: ChainModel,
  ) {
    this.disposables = [
      this.changed,
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.write(uri),
      }),
      languages.registerDocumentLinkProvider(
        { scheme },
        { provideDocumentLinks: ({ uri }) => this.links.get(uri.toString()) ?? [] },
      ),
      workspace.onDidCloseTextDocument(({ uri }) => this.links.delete(uri.toString())),
      model.onDidChange(() => {
        for (const { uri } of workspace.textDocuments) if (uri.scheme === scheme) this.changed.fire(uri);
      }),
    ];
  }

  open(params: ExplainRouteParams): Thenable<TextDocument> {
    const path = `/${l10n.t("Route")} ${params.url.replaceAll(/[^\w.:-]+/g, " ").trim()}`;
    return workspace.openTextDocument(Uri.from({ scheme, path, query: JSON.stringify(params) }));
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async write(uri: Uri): Promise<string> {
    const params: unknown = JSON.parse(uri.query);
    if (!isExplainRouteParams(params)) return "";
    const result = await this.server.request<ExplainRouteResult>(methods.explainRoute, params);
    const { text, links } = render(result);
    this.links.set(uri.toString(), links);
    return text;
  }
}

/** A block for each hop, a pair of lines for each way. */
function render({ url, hosts }: ExplainRouteResult): { readonly text: string; readonly links: DocumentLink[] } {
  const lines = [l10n.t("The way of {0}", url), ""];
  const links: DocumentLink[] = [];
  if (hosts.length === 0) lines.push(l10n.t("No file of this workspace says anything of a runner's proxies."));
  for (const { name, hops } of hosts) {
    if (hosts.length > 1) lines.push(`# ${name}`, "");
    for (const { title, ways } of hops) {
      lines.push(title);
      for (const way of ways) {
        lines.push(`    ${wayText(way)}: ${way.clients.join(", ")}`);
        const where = way.location ? placeText(way.location) : "";
        if (way.location) links.push(linkTo(way.location, lines.length, 8, where.length));
        lines.push(`        ${where === "" ? "" : `${where}  `}${way.because}`);
      }
      lines.push("");
    }
  }
  return { text: lines.join("\n"), links };
}

function wayText({ via, proxy }: WayInfo): string {
  switch (via) {
    case "proxy":
      return l10n.t("through {0}", proxy ?? "");
    case "direct":
      return l10n.t("direct");
    case "unknown":
      return l10n.t("not known");
  }
}

function linkTo({ uri, range: { start } }: PlaceInfo, line: number, column: number, length: number): DocumentLink {
  const target = Uri.parse(uri).with({ fragment: `L${start.line + 1},${start.character + 1}` });
  return new DocumentLink(new Range(line, column, line, column + length), target);
}
