import { bypasses } from "../../proxy/bypass/index.js";
import type { ClientName } from "../../proxy/clients.js";
import { bareHost } from "../../proxy/host.js";
import type { HostIn } from "../../proxy/named-hosts.js";
import type { MappedText } from "../../text/mapped-text.js";
import { type Message, msg } from "../../text/message.js";
import type { RuleContext } from "../rule.js";
import { addEntries, asFix } from "./bypass-edits.js";
import { type Given, givenTo, isOpen, isSetHere, listFor, type Part } from "./environments.js";
import { listing } from "./listing.js";

/** A host that a client asks its proxy for, since the bypass list does not cover it. */
export interface UncoveredHost {
  /** Where the document names the host. */
  readonly named: MappedText;
  readonly target: HostIn;
  readonly parts: readonly Part[];
  readonly proxy: Given;
  readonly message: Message;
}

/** The proxy that the client asks for the host; undefined where it goes direct, or that is not known. */
export function proxyAsked(client: ClientName, { url }: HostIn, parts: readonly Part[]): Given | undefined {
  const proxy = givenTo(client, url.startsWith("https:") ? "https" : "http", parts);
  const list = listFor(client, parts);
  if (!proxy || !isSetHere(proxy) || list === undefined || isOpen(parts)) return undefined;
  return bypasses(client, url, list)?.direct === false ? proxy : undefined;
}

/** One finding for each host of an environment, in the order of the text; the fix of each adds all that the environment lacks. */
export function reportUncovered(context: RuleContext, found: Iterable<UncoveredHost>): void {
  const environments = new Map<string, Map<string, UncoveredHost>>();
  const start = ({ named, target }: UncoveredHost) => named.toSource(target.span).start;
  for (const uncovered of [...found].sort((a, b) => start(a) - start(b))) {
    const [first] = uncovered.parts;
    if (first && first.document !== context.document) context.needsWhole();
    const key = `${first?.document.uri} ${first?.scope.id}`;
    const hosts = environments.get(key) ?? new Map<string, UncoveredHost>();
    environments.set(key, hosts);
    const host = bareHost(uncovered.target.host);
    if (!hosts.has(host)) hosts.set(host, uncovered);
  }
  for (const hosts of environments.values()) {
    const entries = [...hosts.keys()];
    for (const { named, target, parts, proxy, message } of hosts.values()) {
      const list = givenTo("go", "noProxy", parts) ?? proxy;
      context.report({
        span: named.toSource(target.span),
        message,
        related: [
          {
            uri: list.document.uri,
            span: list.assignment.span,
            message: list === proxy ? msg("The proxy, with no bypass list.") : msg("The bypass list."),
          },
        ],
        ...asFix(context.document, msg("Add {0} to the bypass list", listing(entries)), () =>
          addEntries(parts, proxy, entries),
        ),
      });
    }
  }
}
