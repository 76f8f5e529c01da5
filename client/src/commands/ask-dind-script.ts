import { l10n, type QuickPickItem, window } from "vscode";
import {
  type DindDefaults,
  type DindDefaultsParams,
  type DindScriptRequest,
  methods,
} from "../../../server/src/protocol.js";
import type { Server } from "../server.js";

/** What a request needs, asked step by step and prefilled from the host's files; undefined when the user gives up. */
export async function askDindScript(
  server: Server,
  target: DindScriptRequest["target"],
  place: DindDefaultsParams,
): Promise<DindScriptRequest | undefined> {
  const known = await server.request<DindDefaults>(methods.dindDefaults, place);
  const fixed = await pick(l10n.t("Where do the values come from?"), [
    {
      label: l10n.t("The job's variables"),
      detail: l10n.t("$HTTP_PROXY, $HTTPS_PROXY and $NO_PROXY, read when the job runs"),
      value: false,
    },
    {
      label: l10n.t("Fixed values"),
      detail: l10n.t("Addresses and bypass list are written into the script"),
      value: true,
    },
  ]);
  if (fixed === undefined) return undefined;
  const shell = await pick(l10n.t("Which shell runs the script?"), shellsFrom(known.shell));
  if (shell === undefined) return undefined;
  // Only jq changes one part of a JSON file, and no script of PowerShell calls it.
  const keepAuths = shell !== "pwsh" && (await askForRest());
  if (keepAuths === undefined) return undefined;
  const request: DindScriptRequest = { target, shell, ...(keepAuths && { keepAuths }) };
  if (!fixed) return request;
  const httpProxy = await input(l10n.t("Proxy for http addresses"), known.httpProxy);
  if (httpProxy === undefined) return undefined;
  const sameForBoth = known.httpsProxy === known.httpProxy;
  const httpsProxy = await input(l10n.t("Proxy for https addresses"), sameForBoth ? httpProxy : known.httpsProxy);
  if (httpsProxy === undefined) return undefined;
  const noProxy = await input(l10n.t("Hosts to be reached without the proxy"), known.noProxy);
  return noProxy === undefined ? undefined : { ...request, httpProxy, httpsProxy, noProxy };
}

/** The likeliest first: it is what Enter chooses. */
function shellsFrom(likeliest: DindDefaults["shell"]): readonly Choice<DindDefaults["shell"]>[] {
  const shells: readonly Choice<DindDefaults["shell"]>[] = [
    { label: "sh", detail: l10n.t("Most images: dash, busybox and all others of POSIX"), value: "sh" },
    { label: "bash", value: "bash" },
    { label: "pwsh", detail: l10n.t("PowerShell, of Windows or of Linux"), value: "pwsh" },
  ];
  return [...shells.filter(({ value }) => value === likeliest), ...shells.filter(({ value }) => value !== likeliest)];
}

function askForRest(): Promise<boolean | undefined> {
  return pick(l10n.t("What of a .docker/config.json that is there already?"), [
    {
      label: l10n.t("Write it anew"),
      detail: l10n.t("Logins that it held are gone; docker login behind the script adds new ones"),
      value: false,
    },
    {
      label: l10n.t("Keep what it holds"),
      detail: l10n.t("Logins and other settings stay; needs jq in the job's image"),
      value: true,
    },
  ]);
}

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

async function pick<T>(placeHolder: string, choices: readonly Choice<T>[]): Promise<T | undefined> {
  const title = l10n.t("Docker-in-Docker Script");
  return (await window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true }))?.value;
}

function input(prompt: string, value: string): Thenable<string | undefined> {
  return window.showInputBox({ title: l10n.t("Docker-in-Docker Script"), prompt, value, ignoreFocusOut: true });
}
