import { type ClientName, clients } from "../../proxy/clients.js";
import { environmentOf, isOfUser } from "../../proxy/scopes.js";
import type { Assignment, Scope } from "../../proxy/settings.js";
import { variableOf } from "../../proxy/variables.js";
import type { Document } from "../../workspace/document.js";
import { asMeant } from "./as-meant.js";

/** A scope and the document that it stands in. */
export interface Part {
  readonly document: Document;
  readonly scope: Scope;
}

/** {@link environmentOf} with the documents: the scope, what it inherits, and the unit's other drop-ins. */
export function partsOf(document: Document, scope: Scope, host: readonly Document[]): readonly Part[] {
  return environmentOf(scope, host).map((part) => ({
    scope: part,
    document: host.find(({ settings }) => settings.scopes.includes(part)) ?? document,
  }));
}

/** The environments of the host's systemd units of this reader, drop-ins of one unit together. */
export function unitsOf(host: readonly Document[], reader: "runner" | "dockerd"): readonly (readonly Part[])[] {
  const units = new Map<string, readonly Part[]>();
  for (const document of host) {
    for (const scope of document.settings.scopes) {
      if (scope.kind !== "unit" || !scope.readers.includes(reader)) continue;
      const key = `${isOfUser(document)} ${scope.label}`;
      if (!units.has(key)) units.set(key, partsOf(document, scope, host));
    }
  }
  return [...units.values()];
}

/**
 * What dockerd of the host goes by: `proxies` of daemon.json before its service's environment. Where the host has none for all,
 * that of a user. Undefined where the host shows neither, or more variables may come from a place that is not shown.
 */
export function dockerdParts(host: readonly Document[]): readonly Part[] | undefined {
  const ofSystem = partsOfDockerd(host.filter((document) => !isOfUser(document)));
  const parts = ofSystem.length > 0 ? ofSystem : partsOfDockerd(host.filter(isOfUser));
  if (parts.length === 0 || parts.some(({ scope }) => scope.kind === "unit" && scope.open)) return undefined;
  return parts;
}

function partsOfDockerd(documents: readonly Document[]): readonly Part[] {
  const daemon = documents.flatMap((document) =>
    document.settings.scopes.filter(({ kind }) => kind === "docker-daemon").map((scope) => ({ document, scope })),
  );
  const service = unitsOf(documents, "dockerd").find(
    ([first]) => !/^(?:containerd|buildkit)/.test(first?.scope.label ?? ""),
  );
  return [...daemon, ...(service ?? [])];
}

/** Whether other variables may come from a place that is not shown. daemon.json's own add up with the service's. */
export function isOpen(parts: readonly Part[]): boolean {
  return parts.some(({ scope }) => scope.open && scope.kind !== "docker-daemon");
}

/** An assignment and where it stands. */
export interface Given extends Part {
  readonly assignment: Assignment;
}

/**
 * The assignment that counts for a client: its first name that is set to something, from the nearest part. A key of Docker's
 * JSON becomes a variable in both letter cases.
 */
export function givenTo(
  client: ClientName,
  use: "http" | "https" | "noProxy",
  parts: readonly Part[],
): Given | undefined {
  for (const name of clients[client].variables[use]) {
    for (const part of parts) {
      const all = part.scope.assignments.filter((candidate) => isNamed(candidate, name));
      const assignment = all.findLast(({ value }) => value.text.trim() !== "");
      if (assignment) return { ...part, assignment };
      // A job that sets it to nothing takes away what it inherits.
      if (all.length > 0 && part.scope.inherits) break;
    }
  }
  return undefined;
}

function isNamed({ name, spelling, variable }: Assignment, wanted: string): boolean {
  if (spelling === "client-key" || spelling === "daemon-key") return variable === variableOf(wanted);
  return name.text === wanted;
}

/** Whether a proxy is set here for sure: a variable that takes its whole value from another may be empty. */
export function isSetHere({ assignment: { external, value } }: Given): boolean {
  if (external) return false;
  const unknown = value.unknownSpans().reduce((sum, { start, end }) => sum + end - start, 0);
  return unknown < value.text.trim().length;
}

/** The client's bypass list as it is meant: empty where none is set, undefined where it is not known in full. */
export function listFor(client: ClientName, parts: readonly Part[]): string | undefined {
  const given = givenTo(client, "noProxy", parts);
  if (!given) return "";
  const { external, value } = given.assignment;
  return external || value.hasUnknown() ? undefined : asMeant(value.text);
}
