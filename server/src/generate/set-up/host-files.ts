import type { FormatId } from "../../formats/format.js";
import { type AnyFormat, formatById } from "../../formats/index.js";
import type { Service } from "../../service.js";
import { pathOf } from "../../text/uri.js";
import { Document } from "../../workspace/document.js";
import { groupByHost } from "../../workspace/hosts.js";

/** A file of the host as it should be. */
export interface SetUpFile {
  readonly uri: string;
  /** On the host; of a file that belongs to no host, as it lies in the workspace. */
  readonly path: string;
  readonly text: string;
  /** undefined: there is none yet. */
  readonly before: string | undefined;
}

/** The files below a host's root: those that the service knows, and those to be made. What is written is read from then on. */
export class HostFiles {
  private readonly changed = new Map<string, SetUpFile>();
  private readonly service: Service;
  private readonly root: string;

  /** @param root URI of the folder that holds `etc` */
  constructor(original: Service, root: string) {
    this.service = original.fork();
    this.root = root.endsWith("/") ? root : `${root}/`;
  }

  get files(): readonly SetUpFile[] {
    return [...this.changed.values()].filter(({ text, before }) => text !== before);
  }

  /** The documents as they are with all that was written. */
  get written(): Service {
    return this.service;
  }

  /** All documents of the host, its projects' among them. */
  get documents(): readonly Document[] {
    const own = `${this.root}etc/cntlm.conf`;
    const groups = groupByHost([...this.service.uris(), own]);
    const below = pathOf(this.root);
    return this.service.uris().flatMap((uri) => {
      const document = this.service.document(uri);
      return document && groups.get(uri) === groups.get(own) && pathOf(uri).startsWith(below) ? [document] : [];
    });
  }

  /** @param path below the root */
  document(path: string): Document | undefined {
    return this.service.document(this.root + path);
  }

  /** @param textOf the file as it should be; a file of another format is left alone */
  write(path: string, format: FormatId, textOf: (document: Document | undefined) => string): void {
    const document = this.document(path);
    if (document && document.format.id !== format) return;
    this.put(this.root + path, `/${path}`, textOf(document), document?.text);
  }

  /** A file that is there. */
  rewrite(document: Document, text: string): void {
    const { uri } = document;
    const below = pathOf(uri).slice(pathOf(this.root).length);
    this.put(uri, document.hostRoot === undefined ? below : `/${below}`, text, document.text);
  }

  /** A file of no format. */
  writePlain(uri: string, path: string, text: string, before: string | undefined): void {
    this.changed.set(uri, { uri, path, text, before });
  }

  make(path: string, format: FormatId, text: string): Document {
    const made: AnyFormat = formatById(format);
    return new Document(this.root + path, text, 0, made);
  }

  /** The drop-in of a folder that already sets a proxy, below the root. */
  dropin(folder: string): string | undefined {
    const start = pathOf(this.root);
    const uri = this.service.uris().find((one) => {
      const settings = this.service.document(one)?.settings;
      return (
        pathOf(one).startsWith(`${start}${folder}/`) &&
        settings?.scopes.some(({ assignments }) => assignments.some(({ variable }) => variable))
      );
    });
    return uri === undefined ? undefined : pathOf(uri).slice(start.length);
  }

  private put(uri: string, path: string, text: string, current: string | undefined): void {
    const before = this.changed.has(uri) ? this.changed.get(uri)?.before : current;
    if (text === current) return;
    this.changed.set(uri, { uri, path, text, before });
    this.service.setDocument(uri, text, this.service.document(uri)?.version ?? 0);
  }
}
