import { type AnyFormat, detectFormat, formatById } from "./formats/index.js";
import { defaultOptions, type EngineOptions } from "./options.js";
import { Checks } from "./rules/checks.js";
import type { Finding } from "./rules/finding.js";
import { globMatches } from "./text/glob.js";
import { english, type Localize } from "./text/message.js";
import { pathOf } from "./text/uri.js";
import { forgetChain } from "./workspace/chain.js";
import { Document } from "./workspace/document.js";
import { Workspace } from "./workspace/workspace.js";

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
  /** How many they are. */
  readonly size: number;
  /** All documents of the host or repository that a document belongs to, itself included. */
  host(uri: string): readonly Document[];
  /** The documents by host, each list the same until one of its documents changes. `root` is empty where paths show none. */
  hosts(): readonly { readonly root: string; readonly documents: readonly Document[] }[];
  /** The findings of one document, in the order of the text. Unknown documents have none. */
  findings(uri: string): readonly Finding[];
  /** New settings; all findings are made anew when next asked for. */
  configure(options: EngineOptions): void;
  /**
   * Lets go of what was read of documents that were not checked lately; it is read again when needed, and findings stay.
   * To be called when nobody holds a part of a {@link Document}.
   */
  trim(): void;
  /** A service of its own with the same documents, to try edits on. What was read already is not read again. */
  fork(): Service;
  readonly options: EngineOptions;
}

const nothing: readonly Finding[] = [];

/** How much text a service holds as read, in UTF-16 units; what was read of it takes about fifty times as much. */
const heldText = 64 * 1024;

/** @param localize puts messages into the user's language */
export function createService(options: EngineOptions = defaultOptions, localize: Localize = english): Service {
  return serviceOver(new Workspace(), options, localize);
}

function serviceOver(workspace: Workspace, options: EngineOptions, localize: Localize): Service {
  /** Documents that were read for a check, the last of them at the end. */
  const recent = new Set<Document>();
  const wasRead = (document: Document) => {
    recent.delete(document);
    recent.add(document);
  };
  let checks = new Checks(wasRead);
  let current = options;
  const inputOf = ({ uri }: Document) => ({ options: current, localize, host: workspace.hostOf(uri) });

  const formatOf = (uri: string, text: string): AnyFormat | undefined => {
    const named = current.files.find(([glob]) => globMatches(glob, pathOf(uri)))?.[1];
    if (named === "none") return undefined;
    return named ? formatById(named) : detectFormat(uri, text);
  };

  return {
    get options() {
      return current;
    },
    setDocument(uri, text, version = 0) {
      const format = formatOf(uri, text);
      if (format) workspace.set(new Document(uri, text, version, format));
      else workspace.delete(uri);
      return format !== undefined;
    },
    removeDocument(uri) {
      workspace.delete(uri);
      checks.forget(uri);
    },
    document: (uri) => workspace.get(uri),
    uris: () => workspace.uris(),
    get size() {
      return workspace.size;
    },
    host: (uri) => workspace.hostOf(uri),
    hosts: () => workspace.hosts(),
    findings(uri) {
      const document = workspace.get(uri);
      if (!document) return nothing;
      return checks.findings(document, inputOf(document));
    },
    trim() {
      let held = 0;
      for (const document of [...recent].reverse()) {
        const current = workspace.get(document.uri) === document;
        if (current && (held === 0 || held + document.text.length <= heldText)) {
          held += document.text.length;
          continue;
        }
        recent.delete(document);
        if (current) {
          forgetChain(workspace.hostOf(document.uri));
          checks.forget(document.uri);
        }
        document.release();
        checks.release(document, () => inputOf(document), current);
      }
    },
    configure(next) {
      current = next;
      checks = new Checks(wasRead);
      for (const { uri, text, version } of workspace.all()) {
        workspace.delete(uri);
        this.setDocument(uri, text, version);
      }
    },
    fork: () => serviceOver(new Workspace(workspace.all()), current, localize),
  };
}
