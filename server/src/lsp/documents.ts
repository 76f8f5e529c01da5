import { type Connection, FileChangeType, type FileEvent, type FileRename, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { isCandidate } from "../features/candidates.js";
import { configFileName, documentPatterns } from "../protocol.js";
import type { Service } from "../service.js";
import { baseName, pathOf } from "../text/uri.js";
import { nearestRoot } from "../workspace/hosts.js";
import type { FileAccess } from "./files.js";

/** How many files are asked for at once. */
const batch = 16;

/**
 * The documents of the service: the open ones as they are edited, and the other files of the workspace as they lie on
 * disk, so that each host is complete. An open document stands before its file, under whatever URI the two are known.
 */
export class DocumentStore {
  private readonly open = new TextDocuments(TextDocument);
  /** Files on disk that the service has, by path. */
  private readonly onDisk = new Map<string, string>();
  private folders: readonly string[] = [];
  private scanning: Promise<void> = Promise.resolve();

  /**
   * @param changed is told of every change, with the open document that it was made in, if it was
   */
  constructor(
    private readonly service: Service,
    private readonly files: FileAccess,
    private readonly changed: (uri?: string) => void,
  ) {
    this.open.onDidChangeContent(({ document }) => this.edited(document));
    this.open.onDidClose(({ document }) => this.closed(document.uri));
  }

  listen(connection: Connection): void {
    this.open.listen(connection);
  }

  /** The URIs of all open documents, of whatever format. */
  openUris(): readonly string[] {
    return this.open.keys();
  }

  isOpen(uri: string): boolean {
    return this.open.get(uri) !== undefined;
  }

  /** Fulfilled when the files of the last {@link scan} are read. */
  get scanned(): Promise<void> {
    return this.scanning;
  }

  /** Reads the workspace's files anew. */
  scan(folders: readonly string[]): Promise<void> {
    this.scanning = this.readAll(folders);
    return this.scanning;
  }

  private async readAll(folders: readonly string[]): Promise<void> {
    this.folders = folders;
    for (const uri of this.onDisk.values()) if (!this.isOpen(uri)) this.service.removeDocument(uri);
    this.onDisk.clear();
    for (const document of this.open.all())
      this.service.setDocument(document.uri, document.getText(), document.version);
    if (folders.length > 0) await this.find(folders);
    this.changed();
  }

  /** Follows changes on disk. A folder that is gone takes its files with it. */
  async filesChanged(events: readonly FileEvent[]): Promise<void> {
    const wanted = events.filter(({ uri }) => !this.isOpen(uri) && isCandidate(uri, this.service.options));
    const gone = events.filter(({ type }) => type === FileChangeType.Deleted).map(({ uri }) => uri);
    const emptied = this.forgetBelow(gone);
    for (let at = 0; at < wanted.length; at += batch) {
      await Promise.all(
        wanted.slice(at, at + batch).map(async ({ uri, type }) => {
          if (type === FileChangeType.Deleted) this.forget(uri);
          else await this.read(uri);
        }),
      );
    }
    if (wanted.length > 0 || emptied) this.changed();
  }

  /** Follows folders that the user has given other names. */
  async foldersMoved(moves: readonly FileRename[]): Promise<void> {
    const emptied = this.forgetBelow(moves.map(({ oldUri }) => oldUri));
    const added = await this.find(moves.map(({ newUri }) => newUri));
    if (emptied || added) this.changed();
  }

  /** Reads the files below folders of the workspace. @returns whether there are any */
  private async find(folders: readonly string[]): Promise<boolean> {
    const named = this.service.options.files.filter(([, format]) => format !== "none").map(([glob]) => anywhere(glob));
    const found = await this.files.find(folders, [...documentPatterns, ...named]);
    const wanted = found.filter((uri) => {
      return isCandidate(uri, this.service.options) && isBelowAny(pathOf(uri), folders);
    });
    wanted.sort();
    for (let at = 0; at < wanted.length; at += batch) {
      const uris = wanted.slice(at, at + batch);
      const texts = await Promise.all(uris.map((uri) => this.files.read(uri)));
      // In an order of its own, whichever came first.
      for (const [i, uri] of uris.entries()) this.take(uri, texts[i]);
    }
    return wanted.length > 0;
  }

  /** @returns whether there was a file */
  private forgetBelow(folders: readonly string[]): boolean {
    const gone = new Set(folders.map((folder) => `${pathOf(folder).replace(/\/$/, "")}/`));
    if (gone.size === 0) return false;
    const files = [...this.onDisk].filter(([path]) => nearestRoot(path, gone) !== undefined);
    for (const [, uri] of files) this.forget(uri);
    return files.length > 0;
  }

  private edited(document: TextDocument): void {
    const path = pathOf(document.uri);
    const file = this.onDisk.get(path);
    if (file !== undefined && file !== document.uri) this.service.removeDocument(file);
    this.onDisk.delete(path);
    this.service.setDocument(document.uri, document.getText(), document.version);
    this.changed(document.uri);
  }

  private closed(uri: string): void {
    this.service.removeDocument(uri);
    this.changed(uri);
    if (isBelowAny(pathOf(uri), this.folders) && isCandidate(uri, this.service.options))
      void this.read(uri).then(() => this.changed());
  }

  private async read(uri: string): Promise<void> {
    this.take(uri, await this.files.read(uri));
  }

  private take(uri: string, text: string | undefined): void {
    const path = pathOf(uri);
    if (this.open.all().some((document) => pathOf(document.uri) === path)) return;
    this.forget(uri);
    if (text !== undefined && this.service.setDocument(uri, text)) this.onDisk.set(path, uri);
  }

  private forget(uri: string): void {
    const known = this.onDisk.get(pathOf(uri));
    if (known === undefined) return;
    this.service.removeDocument(known);
    this.onDisk.delete(pathOf(uri));
  }
}

/** Whether a file is the one with the settings. */
export function isConfigFile(uri: string): boolean {
  return baseName(pathOf(uri)) === configFileName;
}

/** A glob of the settings as one relative to a folder: without a root it begins at any folder. */
function anywhere(glob: string): string {
  return glob.startsWith("/") || glob.startsWith("**") ? glob : `**/${glob}`;
}

/** @param folders their URIs */
function isBelowAny(path: string, folders: readonly string[]): boolean {
  return folders.map(pathOf).some((folder) => path.startsWith(folder.endsWith("/") ? folder : `${folder}/`));
}
