import type { CntlmConfTree } from "../../formats/cntlm-conf/index.js";
import { lineEndingOf } from "../../text/eol.js";
import type { MappedText } from "../../text/mapped-text.js";
import { applyEdits } from "../../text/span.js";
import { Document } from "../../workspace/document.js";
import { cntlmPort } from "../values.js";
import type { SetUpRequest } from "./request.js";

/** docker0 is there once docker.service has started. */
export const afterDocker = `# /etc/systemd/system/cntlm.service.d/after-docker.conf
# cntlm exits where the address that it listens on is not there yet
[Unit]
After=docker.service
Wants=docker.service
`;

/** A cntlm.conf that listens where containers reach it and hands on to the company's proxies. */
export function withCntlm(document: Document | undefined, request: SetUpRequest, docker0: string): string {
  const { parents = [], username = "", domain = "", hash = "" } = request;
  const account = [
    { name: "Username", value: username },
    { name: "Domain", value: domain },
    { name: "PassNTLMv2", value: hash },
  ].filter(({ value }) => value !== "");
  const listen = `${docker0}:${cntlmPort}`;
  const ended = document && withEnd(document);
  if (ended?.tree.format === "cntlm-conf") return amended(ended, ended.tree, account, parents, docker0);
  return [
    ...account.map(line),
    ...(hash === "" ? ["# Add the line PassNTLMv2 that `cntlm -H -u USER -d DOMAIN` prints"] : []),
    ...parents.map((value) => line({ name: "Proxy", value })),
    line({ name: "Listen", value: listen }),
    "",
  ].join("\n");
}

/** cntlm passes over a last line that does not end. */
function withEnd(document: Document): Document {
  const { uri, text, version, format } = document;
  return text === "" || text.endsWith("\n") ? document : new Document(uri, text + lineEndingOf(text), version, format);
}

interface Option {
  readonly name: string;
  readonly value: string;
}

function line({ name, value }: Option): string {
  return `${name.padEnd(12)} ${value}`;
}

function amended(
  { text }: Document,
  tree: CntlmConfTree,
  account: readonly Option[],
  parents: readonly string[],
  docker0: string,
): string {
  const serves = tree.addresses.some(({ role, host, port }) => {
    return role === "listen" && port === cntlmPort && (host === docker0 || host === "0.0.0.0");
  });
  const asMeant = (parent: string) => tree.all("Proxy").find(({ value }) => meant(value) === parent)?.value;
  const missing = [
    ...account.filter(({ name }) => !tree.option(name)),
    ...parents.filter((parent) => !asMeant(parent)).map((value) => ({ name: "Proxy", value })),
    ...(serves ? [] : [{ name: "Listen", value: `${docker0}:${cntlmPort}` }]),
  ];
  const changes = [
    ...account.map(({ name, value }) => ({ old: tree.option(name)?.value, value })),
    ...parents.map((value) => ({ old: asMeant(value), value })),
  ].flatMap(
    ({ old, value }) => (old && old.text !== value && old.replace({ start: 0, end: old.text.length }, value)) || [],
  );
  const changed = applyEdits(text, changes);
  if (missing.length === 0) return changed;
  const eol = lineEndingOf(text);
  return changed + missing.map((option) => line(option) + eol).join("");
}

/** A value without the signs around it that other files want, and that cntlm takes for a part of it. */
export function meant(value: MappedText): string {
  return value.text.replace(/^[=:]\s*/, "").replace(/^(['"])(.*)\1$/, "$2");
}

/** Whether a unit file of cntlm says that it starts after docker. */
export function ordersCntlm(documents: readonly Document[]): boolean {
  return documents.some(({ tree }) => {
    if (tree.format !== "systemd-dropin" || tree.file.program !== "cntlm") return false;
    return tree.dependencies("After").some(({ text }) => text === "docker.service");
  });
}
