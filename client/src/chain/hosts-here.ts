import { window } from "vscode";
import type { HostInfo } from "../../../server/src/protocol.js";

/** The host whose file is being edited; all hosts where that is none's. */
export function hostsHere(hosts: readonly HostInfo[]): readonly HostInfo[] {
  const uri = window.activeTextEditor?.document.uri.toString();
  const own = hosts.filter(({ uris }) => uri !== undefined && uris.includes(uri));
  return own.length > 0 ? own : hosts;
}
