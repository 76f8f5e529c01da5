import { pathOf } from "../text/uri.js";
import type { Document } from "./document.js";
import { nearestRoot } from "./hosts.js";

/** The documents, by URI and by host (see `groupByHost`). A change costs what its own host costs. */
export class Workspace {
  private readonly documents = new Map<string, Document>();
  /** URI → root of its host; empty for files without one. */
  private readonly rootOf = new Map<string, string>();
  /** Root of a host → its documents by URI. */
  private readonly members = new Map<string, Map<string, Document>>();
  /** Root of a host → its documents as they were last asked for. */
  private readonly lists = new Map<string, readonly Document[]>();
  /** The roots that paths show → how many documents show them. */
  private readonly shown = new Map<string, number>();
  /** The documents whose own path shows no root → their path. */
  private readonly guests = new Map<string, string>();

  constructor(documents: Iterable<Document> = []) {
    for (const document of documents) this.set(document);
  }

  get(uri: string): Document | undefined {
    return this.documents.get(uri);
  }

  uris(): readonly string[] {
    return [...this.documents.keys()];
  }

  get size(): number {
    return this.documents.size;
  }

  all(): readonly Document[] {
    return [...this.documents.values()];
  }

  /** Adds a document, or puts a new version in the place of the old. */
  set(document: Document): void {
    const { uri, hostRoot } = document;
    const known = this.rootOf.get(uri);
    this.documents.set(uri, document);
    if (known !== undefined) this.put(document, known);
    else if (hostRoot !== undefined) {
      this.put(document, hostRoot);
      this.show(hostRoot);
    } else {
      const path = pathOf(uri);
      this.guests.set(uri, path);
      this.put(document, nearestRoot(path, this.shown) ?? "");
    }
  }

  delete(uri: string): void {
    const document = this.documents.get(uri);
    if (!document) return;
    this.take(uri);
    this.documents.delete(uri);
    this.guests.delete(uri);
    if (document.hostRoot !== undefined) this.hide(document.hostRoot);
  }

  /** All documents of the host that a document belongs to, itself included: the same list until one of them changes. */
  hostOf(uri: string): readonly Document[] {
    return this.listOf(this.rootOf.get(uri) ?? "");
  }

  /** The hosts, each with its root (with the final `/`; empty for files that show none) and its documents. */
  hosts(): readonly { readonly root: string; readonly documents: readonly Document[] }[] {
    return [...this.members.keys()].map((root) => ({ root, documents: this.listOf(root) }));
  }

  private listOf(root: string): readonly Document[] {
    const list = this.lists.get(root) ?? [...(this.members.get(root)?.values() ?? [])];
    this.lists.set(root, list);
    return list;
  }

  private put(document: Document, root: string): void {
    const group = this.members.get(root) ?? new Map<string, Document>();
    group.set(document.uri, document);
    this.members.set(root, group);
    this.rootOf.set(document.uri, root);
    this.lists.delete(root);
  }

  private take(uri: string): void {
    const root = this.rootOf.get(uri) ?? "";
    const group = this.members.get(root);
    group?.delete(uri);
    if (group?.size === 0) this.members.delete(root);
    this.rootOf.delete(uri);
    this.lists.delete(root);
  }

  /** The guests below a new root go to it, but for those that have one nearer. */
  private show(root: string): void {
    const count = this.shown.get(root) ?? 0;
    this.shown.set(root, count + 1);
    if (count > 0) return;
    for (const [uri, path] of this.guests) {
      if (path.startsWith(root) && (this.rootOf.get(uri) ?? "").length < root.length) this.move(uri, root);
    }
  }

  private hide(root: string): void {
    const count = this.shown.get(root) ?? 0;
    if (count > 1) {
      this.shown.set(root, count - 1);
      return;
    }
    this.shown.delete(root);
    for (const [uri, path] of this.guests) {
      if (this.rootOf.get(uri) === root) this.move(uri, nearestRoot(path, this.shown) ?? "");
    }
  }

  private move(uri: string, root: string): void {
    const document = this.documents.get(uri);
    if (!document) return;
    this.take(uri);
    this.put(document, root);
  }
}
