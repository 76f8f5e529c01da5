import { parseBypassList } from "../../proxy/bypass/entry.js";
import { jobReads } from "../../proxy/readers.js";
import { assignmentsOf } from "../../proxy/scopes.js";
import type { Assignment } from "../../proxy/settings.js";
import { nameIn } from "../../proxy/variables.js";
import type { TextEdit } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import type { ReportedFix } from "../rule.js";
import type { Given, Part } from "./environments.js";

/** Edits by the document that they belong to. */
export interface PlacedEdits {
  readonly document: Document;
  readonly edits: readonly TextEdit[];
  /** They make a list. */
  readonly adds?: true;
}

/**
 * Adds entries to the bypass list of an environment, in every letter case that it has it in; where it has none, a new list
 * beside the proxy's address `beside`.
 * @param where two fixes that write to one place wait for each other
 * @returns undefined where some place cannot say it
 */
export function addEntries(
  parts: readonly Part[],
  beside: Given,
  entries: readonly string[],
  where: "front" | "end" = "end",
): readonly PlacedEdits[] | undefined {
  const holder = parts.find(({ scope }) => lists(scope.assignments).length > 0);
  if (!holder) return newList(beside, entries);
  const edits: TextEdit[] = [];
  for (const { value } of lists(holder.scope.assignments)) {
    const added = insert(value, entries, where);
    if (!added) return undefined;
    edits.push(...added);
  }
  return [{ document: holder.document, edits }];
}

function lists(assignments: readonly Assignment[]): readonly Assignment[] {
  return assignments.filter(({ variable, external }) => variable === "no_proxy" && !external);
}

function newList({ document, scope }: Given, entries: readonly string[]): readonly PlacedEdits[] | undefined {
  const addresses = [...assignmentsOf(scope, "http_proxy"), ...assignmentsOf(scope, "https_proxy")];
  const names = new Set(addresses.flatMap(({ spelling }) => nameIn("no_proxy", spelling) ?? []));
  // Without them a job's tools would ask the proxy for the job itself.
  const all = jobReads(scope) ? [...new Set(["localhost", "127.0.0.1", ...entries])] : entries;
  const edits: TextEdit[] = [];
  for (const name of names) {
    // A list that is none stands there already.
    if (scope.assignments.some((assignment) => assignment.name.text === name)) return undefined;
    const added = document.format.addAssignment(document.tree, scope, name, all.join(","));
    if (!added) return undefined;
    edits.push(...added);
  }
  return edits.length > 0 ? [{ document, edits, adds: true }] : undefined;
}

function insert(
  value: Assignment["value"],
  entries: readonly string[],
  where: "front" | "end",
): readonly TextEdit[] | undefined {
  const present = new Set(parseBypassList(value.text).map(({ text }) => text.toLowerCase()));
  const missing = entries.filter((entry) => !present.has(entry.toLowerCase())).join(",");
  if (missing === "") return [];
  const text = value.text.trimEnd();
  if (where === "front") return value.replace({ start: 0, end: 0 }, text === "" ? missing : `${missing},`);
  const separator = text === "" || text.endsWith(",") ? "" : ",";
  return value.replace({ start: text.length, end: text.length }, separator + missing);
}

/** The edits as a fix that `document` reports, made when somebody asks for it. */
export function asFix(
  document: Document,
  title: ReportedFix["title"],
  write: () => readonly PlacedEdits[] | undefined,
): { readonly fixes: () => readonly ReportedFix[] } {
  const fixes = () => {
    const placed = write();
    if (!placed?.some(({ edits }) => edits.length > 0)) return [];
    const own = placed.flatMap((place) => (place.document === document ? place.edits : []));
    const elsewhere = placed
      .filter((place) => place.document !== document)
      .map((place) => ({ uri: place.document.uri, edits: place.edits }));
    const adds = placed.some((place) => place.adds);
    return [
      {
        title,
        edits: own,
        ...(elsewhere.length > 0 && { elsewhere }),
        safe: true,
        ...(adds && { adds: true as const }),
      },
    ];
  };
  return { fixes };
}
