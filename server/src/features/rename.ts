import type { FileEdit, Service } from "../service.js";
import type { Position, Range } from "../text/line-index.js";
import { type Message, msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import { targetAt } from "./definition.js";
import { type EndpointOccurrence, endpoints } from "./occurrences/endpoints.js";
import type { Host } from "./occurrences/host.js";
import type { DocumentEdit, Occurrence } from "./occurrences/occurrence.js";
import { isVariableName, type VariableOccurrence, variables } from "./occurrences/variables.js";

/** What can be renamed at a place. */
export interface Renamable {
  readonly range: Range;
  /** What it is called now. */
  readonly placeholder: string;
}

/** Edits of all files of the host, or why there are none. */
export type Renaming = { readonly edits: readonly FileEdit[] } | { readonly problem: Message };

/** undefined: neither a variable nor the address of a proxy stands here. */
export function prepareRename(service: Service, uri: string, position: Position): Renamable | undefined {
  const target = targetAt(service, uri, position);
  const found = target?.endpoint ?? target?.variable;
  if (!target || !found) return undefined;
  const placeholder = target.endpoint
    ? written(target.endpoint)
    : found.document.text.slice(found.span.start, found.span.end);
  return { range: found.document.lines.range(found.span), placeholder: target.variable?.name ?? placeholder };
}

/**
 * Renames a variable wherever jobs, or one unit, set or use it; or moves a proxy: its port in all its addresses, its host
 * in those that name the same one. Everything else of the files keeps its meaning.
 */
export function rename(service: Service, uri: string, position: Position, newName: string): Renaming {
  const target = targetAt(service, uri, position);
  if (target?.endpoint) return moveEndpoint(target.endpoint, newName.trim(), target.host);
  if (target?.variable) return renameVariable(target.variable, newName, target.host);
  return { problem: msg("Put the cursor on a variable or on the address of a proxy.") };
}

function renameVariable(variable: VariableOccurrence, newName: string, host: Host): Renaming {
  if (!isVariableName(newName)) return { problem: msg("{0} is no name of a variable.", newName) };
  const all = host.documents.flatMap((document) => variables(document)).filter(({ group }) => group === variable.group);
  if (newName !== variable.name && all.some(({ name }) => name === newName)) {
    return { problem: msg("There is a variable {0} already.", newName) };
  }
  const same = all.filter(({ name }) => name === variable.name);
  return collected(same, ({ text }) => text.replace({ start: 0, end: text.text.length }, newName));
}

interface NewPlace {
  readonly host: string | undefined;
  readonly port: number;
}

function moveEndpoint(endpoint: EndpointOccurrence, newName: string, host: Host): Renaming {
  const place = readPlace(newName, endpoint);
  if (!place) return { problem: msg("Write host and port, as in 172.17.0.1:3128.") };
  const same = endpoints(host).filter(({ key }) => key === endpoint.key);
  return collected(same, (one) => moved(one, endpoint, place));
}

function readPlace(text: string, { host }: EndpointOccurrence): NewPlace | undefined {
  const match = /^(?:([A-Za-z\d](?:[\w.-]*\w)?):)?(\d{1,5})$/.exec(text);
  const bracketed = /^\[([\da-fA-F:.]+)\]:(\d{1,5})$/.exec(text);
  const port = Number(bracketed?.[2] ?? match?.[2] ?? 0);
  if (port < 1 || port > 65_535) return undefined;
  const name = bracketed ? `[${bracketed[1]}]` : match?.[1];
  // cntlm has no way to listen on an address of IPv6, and no port alone names a proxy.
  if (name === undefined && host !== undefined) return undefined;
  return { host: name, port };
}

function moved(one: EndpointOccurrence, from: EndpointOccurrence, to: NewPlace): readonly TextEdit[] | undefined {
  const { value, hostSpan, portSpan } = one;
  const sameHost = one.host === from.host && to.host !== undefined && to.host.toLowerCase() !== bracketless(one);
  if (!hostSpan) {
    const newText = sameHost || (one === from && to.host !== undefined) ? `${to.host}:${to.port}` : String(to.port);
    return portSpan && changed(one, newText) ? value.replace(portSpan, newText) : [];
  }
  const edits: TextEdit[] = [];
  if (sameHost && to.host !== undefined) {
    const made = value.replace(hostSpan, to.host);
    if (!made) return undefined;
    edits.push(...made);
  }
  if (to.port !== one.port) {
    const made = portSpan
      ? value.replace(portSpan, String(to.port))
      : value.replace({ start: hostSpan.end, end: hostSpan.end }, `:${to.port}`);
    if (!made) return undefined;
    edits.push(...made);
  }
  return edits;
}

function changed({ value, portSpan }: EndpointOccurrence, newText: string): boolean {
  return portSpan === undefined || value.text.slice(portSpan.start, portSpan.end) !== newText;
}

function bracketless({ value, hostSpan }: EndpointOccurrence): string {
  return hostSpan ? value.text.slice(hostSpan.start, hostSpan.end).toLowerCase() : "";
}

/** Host and port as they stand in the decoded text. */
function written({ value, hostSpan, portSpan, port }: EndpointOccurrence): string {
  const host = hostSpan ? value.text.slice(hostSpan.start, hostSpan.end) : undefined;
  const number = portSpan ? value.text.slice(portSpan.start, portSpan.end) : String(port);
  return host === undefined ? number : `${host}:${number}`;
}

/** All edits or none: half a rename would break the chain. */
function collected<T extends Occurrence>(
  occurrences: readonly T[],
  editsOf: (occurrence: T) => readonly TextEdit[] | undefined,
): Renaming {
  const found: DocumentEdit[] = [];
  for (const occurrence of occurrences) {
    const { document, span } = occurrence;
    const edits = editsOf(occurrence);
    if (!edits) {
      const line = document.lines.position(span.start).line + 1;
      return { problem: msg("{0}, line {1}: the quoting there has no way to write the new name.", document.uri, line) };
    }
    found.push(...edits.map((edit) => ({ document, edit })));
  }
  return {
    edits: found.map(({ document, edit: { span, newText } }) => {
      return { uri: document.uri, range: document.lines.range(span), newText };
    }),
  };
}
