import { type ClientName, labelsOf } from "../../proxy/clients.js";
import { onlyGoReads, programOf } from "../../proxy/readers.js";
import type { Scope } from "../../proxy/settings.js";

/** Who a message is about: the one Go program that reads the scope, or the first of the clients. */
export function whoOf(scope: Scope, failing: readonly ClientName[]): string {
  if (onlyGoReads(scope)) return programOf(scope);
  return labelsOf(failing.length > 0 ? failing.slice(0, 4) : ["curl", "wget", "git", "go"]);
}
