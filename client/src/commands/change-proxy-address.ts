import { l10n, type QuickPickItem, TextEdit, Uri, WorkspaceEdit, window, workspace } from "vscode";
import {
  type ChangeAddressParams,
  type ChangeAddressResult,
  type HostInfo,
  isChangeAddressParams,
  methods,
} from "../../../server/src/protocol.js";
import { hostsHere } from "../chain/hosts-here.js";
import type { ChainModel } from "../chain/model.js";
import { rangeOf } from "../chain/place.js";
import { OpenVersions } from "../open-versions.js";
import type { Server } from "../server.js";

/** @param argument a {@link ChangeAddressParams}; anything else asks the user. @returns whether files were changed */
export async function changeProxyAddress(server: Server, model: ChainModel, argument: unknown): Promise<boolean> {
  const params = isChangeAddressParams(argument) ? argument : await ask(model);
  if (!params) return false;
  const versions = new OpenVersions();
  const result = await server.request<ChangeAddressResult>(methods.changeAddress, params);
  if ("problem" in result) {
    void window.showWarningMessage(result.problem);
    return false;
  }
  const uris = [...new Set(result.edits.map(({ uri }) => uri))];
  if (versions.changed(uris)) {
    void window.showWarningMessage(l10n.t("The document has changed meanwhile. Try again."));
    return false;
  }
  const edit = new WorkspaceEdit();
  for (const uri of uris) {
    const own = result.edits.filter((one) => one.uri === uri);
    edit.set(
      Uri.parse(uri),
      own.map((one) => new TextEdit(rangeOf(one), one.newText)),
    );
  }
  const done = await workspace.applyEdit(edit);
  if (done) void window.showInformationMessage(l10n.t("Changed files, not saved yet: {0}", uris.length));
  return done;
}

async function ask(model: ChainModel): Promise<ChangeAddressParams | undefined> {
  const { hosts } = await model.get();
  const items = hostsHere(hosts).flatMap((host) => addressItems(host, hosts.length > 1));
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t("No file of this workspace names the address of a proxy."));
    return undefined;
  }
  const chosen = await window.showQuickPick(items, { placeHolder: l10n.t("Which address changes?") });
  if (!chosen) return undefined;
  const { label: from, uri } = chosen;
  const to = await window.showInputBox({
    title: l10n.t("Change the address of the proxy {0}", from),
    prompt: l10n.t("New host and port"),
    value: from,
    validateInput: (text) =>
      /^\S+:\d+\/?$/.test(text.trim()) ? undefined : l10n.t("Host and port, such as 172.17.0.1:3128"),
  });
  return to === undefined || to.trim() === from ? undefined : { from, to: to.trim(), uri };
}

function addressItems(
  { name, uris: [uri], hops, links }: HostInfo,
  named: boolean,
): (QuickPickItem & { readonly uri: string })[] {
  if (uri === undefined) return [];
  return [...new Set(links.map(({ address }) => address))].map((label) => {
    const from = new Set(links.flatMap((link) => (link.address === label ? [link.from] : [])));
    const detail = hops.flatMap(({ id, title }) => (from.has(id) ? [title] : [])).join(", ");
    return { label, detail, uri, ...(named && { description: name }) };
  });
}
