import { l10n, type QuickPickItem, window } from "vscode";
import { methods, type SetUpParams, type SetUpPlace } from "../../../server/src/protocol.js";
import type { Server } from "../server.js";

/** What a set-up needs, asked step by step and prefilled from what the files say; undefined when the user gives up. */
export async function askSetUp(server: Server): Promise<SetUpParams | undefined> {
  const place = await askPlace(await server.request<readonly SetUpPlace[]>(methods.setUpPlaces));
  if (!place) return undefined;
  const { folder, known } = place;
  const way = await askWay(known);
  const proxy = way && (way === "cntlm" ? await askCntlm(known) : await askProxy(known));
  if (!proxy) return undefined;
  const docker0 = await input(l10n.t("Address of docker0, where containers reach the host"), known.docker0, isAddress);
  if (docker0 === undefined) return undefined;
  const noProxy = await input(l10n.t("Hosts to be reached without the proxy"), known.noProxy);
  if (noProxy === undefined) return undefined;
  const dockerConfig = known.dockerConfig === true || (await askDockerConfig());
  if (dockerConfig === undefined) return undefined;
  return { folder, ...proxy, docker0, noProxy, dockerConfig };
}

async function askPlace(places: readonly SetUpPlace[]): Promise<SetUpPlace | undefined> {
  const [only, another] = places;
  if (!only) {
    void window.showInformationMessage(l10n.t("Open the folder that holds the host's files."));
    return undefined;
  }
  if (!another) return only;
  const choices = places.map((value) => ({ label: value.name, value }));
  return pick(l10n.t("Which folder holds the host's etc?"), choices);
}

/** What the files have already comes first: it is what Enter chooses. */
function askWay({ parents }: SetUpPlace["known"]): Promise<"proxy" | "cntlm" | undefined> {
  const ways: readonly Choice<"proxy" | "cntlm">[] = [
    {
      label: l10n.t("A proxy without an account"),
      detail: l10n.t("Everyone on the host asks it directly"),
      value: "proxy",
    },
    {
      label: l10n.t("cntlm on this host"),
      detail: l10n.t("It logs in to the company's proxy and listens on docker0"),
      value: "cntlm",
    },
  ];
  return pick(l10n.t("How do requests leave the host?"), parents ? ways.toReversed() : ways);
}

async function askProxy({ proxy = "" }: SetUpPlace["known"]): Promise<Pick<SetUpParams, "proxy"> | undefined> {
  const address = await input(l10n.t("Address of the proxy"), proxy, (text) =>
    /^https?:\/\/[^\s@/]+:\d{1,5}\/?$/.test(text) ? undefined : l10n.t("Such as http://proxy.example:8080"),
  );
  return address === undefined ? undefined : { proxy: address };
}

type CntlmParams = Pick<SetUpParams, "parents" | "username" | "domain" | "hash">;

async function askCntlm(known: SetUpPlace["known"]): Promise<CntlmParams | undefined> {
  const list = await input(
    l10n.t("Proxies of the company, separated by commas"),
    (known.parents ?? []).join(", "),
    (text) =>
      split(text).length > 0 && split(text).every((one) => /^[\w.-]+:\d{1,5}$/.test(one))
        ? undefined
        : l10n.t("Host and port of each, such as proxy1.example:8080, proxy2.example:8080"),
  );
  if (list === undefined) return undefined;
  const username = await input(l10n.t("Account"), known.username ?? "");
  if (username === undefined) return undefined;
  const domain = await input(l10n.t("Domain of the account"), known.domain ?? "");
  if (domain === undefined) return undefined;
  const hash = await window.showInputBox({
    title: title(),
    prompt: l10n.t("PassNTLMv2 as cntlm -H prints it; may be left empty and added later"),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (/^(?:[\dA-Fa-f]{32})?$/.test(text.trim()) ? undefined : l10n.t("32 hexadecimal digits")),
  });
  if (hash === undefined) return undefined;
  return { parents: split(list), username, domain, ...(hash.trim() !== "" && { hash: hash.trim() }) };
}

function askDockerConfig(): Promise<boolean | undefined> {
  return pick(l10n.t("Does root's docker client on the host need the proxy for its containers and builds?"), [
    { label: l10n.t("No"), detail: l10n.t("Jobs of GitLab Runner take nothing from it"), value: false },
    { label: l10n.t("Yes"), detail: l10n.t("Written to /root/.docker/config.json"), value: true },
  ]);
}

function split(list: string): readonly string[] {
  return list.split(/[\s,]+/).filter((one) => one !== "");
}

function isAddress(text: string): string | undefined {
  const octets = text.split(".");
  const valid = octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255);
  return valid ? undefined : l10n.t("An IPv4 address, such as 172.17.0.1");
}

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

function title(): string {
  return l10n.t("Set Up Proxy");
}

async function pick<T>(placeHolder: string, choices: readonly Choice<T>[]): Promise<T | undefined> {
  return (await window.showQuickPick(choices, { title: title(), placeHolder, ignoreFocusOut: true }))?.value;
}

async function input(
  prompt: string,
  value: string,
  check: (text: string) => string | undefined = () => undefined,
): Promise<string | undefined> {
  const text = await window.showInputBox({
    title: title(),
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => check(typed.trim()),
  });
  return text?.trim();
}
