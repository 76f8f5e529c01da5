import type { Document } from "./document.js";
import { groupByHost } from "./hosts.js";

/** The documents, by URI and by host. A change of a document's text costs nothing here; a new or lost one a regrouping. */
export class Workspace {
  private readonly documents = new Map<string, Document>();
  private groups: Groups | undefined;

  constructor(documents: Iterable<Document> = []) {
    for (const document of documents) this.documents.set(document.uri, document);
  }

  get(uri: string): Document | undefined {
    return this.documents.get(uri);
  }

  uris(): readonly string[] {
    return [...this.documents.keys()];
  }

  all(): readonly Document[] {
    return [...this.documents.values()];
  }

  /** Adds a document, or puts a new version in the place of the old. */
  set(document: Document): void {
    const known = this.documents.has(document.uri);
    this.documents.set(document.uri, document);
    if (!known) this.groups = undefined;
    if (!this.groups) return;
    const key = this.groups.keys.get(document.uri) ?? "";
    this.groups.members.get(key)?.set(document.uri, document);
    this.groups.lists.delete(key);
  }

  delete(uri: string): void {
    if (this.documents.delete(uri)) this.groups = undefined;
  }

  /** All documents of the host that a document belongs to, itself included: the same list until one of them changes. */
  hostOf(uri: string): readonly Document[] {
    return this.listOf(this.grouped().keys.get(uri) ?? "");
  }

  /** The hosts, each with its root (with the final `/`; empty for files that show none) and its documents. */
  hosts(): readonly { readonly root: string; readonly documents: readonly Document[] }[] {
    return [...this.grouped().members.keys()].map((root) => ({ root, documents: this.listOf(root) }));
  }

  private listOf(key: string): readonly Document[] {
    const { members, lists } = this.grouped();
    const list = lists.get(key) ?? [...(members.get(key)?.values() ?? [])];
    lists.set(key, list);
    return list;
  }

  private grouped(): Groups {
    if (this.groups) return this.groups;
    const keys = groupByHost([...this.documents.keys()]);
    const members = new Map<string, Map<string, Document>>();
    for (const [uri, key] of keys) {
      const document = this.documents.get(uri);
      const group = members.get(key) ?? new Map<string, Document>();
      if (document) group.set(uri, document);
      members.set(key, group);
    }
    this.groups = { keys, members, lists: new Map() };
    return this.groups;
  }
}

interface Groups {
  /** URI → key of its host. */
  readonly keys: ReadonlyMap<string, string>;
  /** Key of a host → its documents by URI. */
  readonly members: ReadonlyMap<string, Map<string, Document>>;
  /** Key of a host → its documents as they were last asked for. */
  readonly lists: Map<string, readonly Document[]>;
}
