import { detectFormat, formatById } from "./formats/index.js";
import { defaultOptions, type EngineOptions } from "./options.js";
import { check } from "./rules/check.js";
import type { Finding } from "./rules/finding.js";
import { globMatches } from "./text/glob.js";
import { english, type Localize } from "./text/message.js";
import { pathOf } from "./text/uri.js";
import { Document } from "./workspace/document.js";
import { groupByHost } from "./workspace/hosts.js";

export type { EngineOptions, RuleSetting } from "./options.js";
export { defaultOptions } from "./options.js";
export type { FileEdit, Finding, Fix, RelatedLocation, RuleId, Severity } from "./rules/finding.js";
export type { Position, Range } from "./text/line-index.js";

/**
 * The whole engine. It holds the documents that it is given and answers about them; it opens nothing itself, knows no
 * clock and never throws on a document's text.
 */
export interface Service {
  /** Gives a document or a new version of it. @returns whether it is of one of the five formats. */
  setDocument(uri: string, text: string, version?: number): boolean;
  removeDocument(uri: string): void;
  /** The document as the engine has read it; undefined if it was not given or is of no format. */
  document(uri: string): Document | undefined;
  /** The URIs of all documents of the five formats. */
  uris(): readonly string[];
  /** The findings of one document, in the order of the text. Unknown documents have none. */
  findings(uri: string): readonly Finding[];
  /** New settings; all findings are made anew when next asked for. */
  configure(options: EngineOptions): void;
  readonly options: EngineOptions;
}

interface Cached {
  readonly own: readonly Finding[];
  shared: readonly Finding[] | undefined;
}

/** @param localize puts messages into the user's language */
export function createService(options: EngineOptions = defaultOptions, localize: Localize = english): Service {
  const documents = new Map<string, Document>();
  const cache = new Map<Document, Cached>();
  let hosts: ReadonlyMap<string, string> | undefined;
  let current = options;

  const hostOf = (document: Document): readonly Document[] => {
    hosts ??= groupByHost([...documents.keys()]);
    const key = hosts.get(document.uri);
    return [...documents.values()].filter((other) => hosts?.get(other.uri) === key);
  };
  const forgetShared = () => {
    for (const entry of cache.values()) entry.shared = undefined;
  };

  return {
    get options() {
      return current;
    },
    setDocument(uri, text, version = 0) {
      const before = documents.get(uri);
      const named = current.files.find(([glob]) => globMatches(glob, pathOf(uri)))?.[1];
      const format = named === "none" ? undefined : named ? formatById(named) : detectFormat(uri, text);
      if (before) cache.delete(before);
      if (!before !== !format) hosts = undefined;
      forgetShared();
      if (!format) {
        documents.delete(uri);
        return false;
      }
      documents.set(uri, new Document(uri, text, version, format));
      return true;
    },
    removeDocument(uri) {
      const before = documents.get(uri);
      if (!before) return;
      documents.delete(uri);
      cache.delete(before);
      hosts = undefined;
      forgetShared();
    },
    document: (uri) => documents.get(uri),
    uris: () => [...documents.keys()],
    findings(uri) {
      const document = documents.get(uri);
      if (!document) return [];
      const input = { options: current, localize, host: hostOf(document) };
      const entry = cache.get(document) ?? { own: check(document, input, (rule) => !rule.host), shared: undefined };
      entry.shared ??= check(document, input, (rule) => rule.host === true);
      cache.set(document, entry);
      return [...entry.own, ...entry.shared].sort(
        (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
      );
    },
    configure(next) {
      current = next;
      cache.clear();
      for (const document of [...documents.values()]) this.setDocument(document.uri, document.text, document.version);
    },
  };
}
