import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  l10n,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  workspace,
} from "vscode";
import dockerConfigSchema from "../../schemas/docker-config.schema.json";
import {
  methods,
  type ReadEmbeddedParams,
  type ReadEmbeddedResult,
  type WriteEmbeddedParams,
  type WriteEmbeddedResult,
} from "../../server/src/protocol.js";
import type { Server } from "./server.js";

/** The scheme of the JSON inside of scripts. */
const embeddedScheme = "runner-proxy-embedded";

/** Where package.json sends VS Code for the schema of such JSON: from the Web, where the extension may lie, it takes none. */
const schemaPath = "/docker-config.schema.json";

const schemaFile = { text: new TextEncoder().encode(JSON.stringify(dockerConfigSchema)), mtime: 0 };

interface Entry {
  readonly file: Uri;
  readonly id: string;
  version: string;
  text: Uint8Array;
  /** Counts up when the JSON in the file has changed: VS Code compares it to tell that. */
  mtime: number;
}

/**
 * The JSON inside of scripts as files: saving one writes it into its script. One whose script has changed meanwhile is shown
 * anew, and where it was edited too, VS Code asks what to do.
 */
export class EmbeddedFiles implements FileSystemProvider, Disposable {
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly entries = new Map<string, Entry>();
  private readonly subscriptions: Disposable[];

  constructor(private readonly server: Server) {
    this.subscriptions = [
      workspace.registerFileSystemProvider(embeddedScheme, this, { isCaseSensitive: true }),
      workspace.onDidChangeTextDocument(({ document }) => void this.follow(document)),
      workspace.onDidCloseTextDocument(({ uri }) => void this.entries.delete(uri.toString())),
    ];
  }

  /** The file of the JSON at a place. @throws with the reason where there is none */
  async find(document: TextDocument, position: NonNullable<ReadEmbeddedParams["position"]>): Promise<Uri> {
    const found = await this.ask({ uri: document.uri.toString(), position });
    const query = JSON.stringify([document.uri.toString(), found.id]);
    const name = document.uri.path.slice(document.uri.path.lastIndexOf("/"));
    return Uri.from({ scheme: embeddedScheme, path: `${name}/${found.label}.docker-config.json`, query });
  }

  async stat(uri: Uri) {
    const { text, mtime } = uri.path === schemaPath ? schemaFile : await this.load(uri);
    return { type: FileType.File, ctime: 0, mtime, size: text.length };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return (uri.path === schemaPath ? schemaFile : await this.load(uri)).text;
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const entry = this.entries.get(uri.toString()) ?? (await this.load(uri));
    const document = await workspace.openTextDocument(entry.file);
    const { isDirty, version } = document;
    const params: WriteEmbeddedParams = {
      uri: entry.file.toString(),
      id: entry.id,
      version: entry.version,
      text: new TextDecoder().decode(content),
    };
    const result = await this.server.request<WriteEmbeddedResult>(methods.writeEmbedded, params);
    if ("problem" in result) throw FileSystemError.Unavailable(result.problem);
    if (document.version !== version) {
      throw FileSystemError.Unavailable(l10n.t("The document has changed meanwhile. Try again."));
    }
    const edit = new WorkspaceEdit();
    for (const { range, newText } of result.edits) {
      edit.replace(
        entry.file,
        new Range(range.start.line, range.start.character, range.end.line, range.end.character),
        newText,
      );
    }
    entry.version = result.version;
    entry.text = content;
    entry.mtime++;
    if (!(await workspace.applyEdit(edit))) throw FileSystemError.Unavailable(l10n.t("The file cannot be edited."));
    // What else was changed in the file is for the user to save.
    if (!isDirty) await document.save();
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  readDirectory(): never {
    throw FileSystemError.NoPermissions();
  }

  createDirectory(): never {
    throw FileSystemError.NoPermissions();
  }

  delete(): never {
    throw FileSystemError.NoPermissions();
  }

  rename(): never {
    throw FileSystemError.NoPermissions();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private async load(uri: Uri): Promise<Entry> {
    const key = uri.toString();
    const known = this.entries.get(key);
    const [file, id] = known ? [known.file, known.id] : readQuery(uri);
    // The server knows the files that are open.
    await workspace.openTextDocument(file);
    const found = await this.ask({ uri: file.toString(), id });
    if (known?.version === found.version) return known;
    const entry: Entry = {
      file,
      id,
      version: found.version,
      text: new TextEncoder().encode(found.text),
      mtime: (known?.mtime ?? 0) + 1,
    };
    this.entries.set(key, entry);
    return entry;
  }

  private async ask(params: ReadEmbeddedParams) {
    const found = await this.server.request<ReadEmbeddedResult>(methods.readEmbedded, params);
    if ("problem" in found) throw FileSystemError.FileNotFound(found.problem);
    return found;
  }

  /** Tells VS Code of JSON that has changed in its file. */
  private async follow({ uri }: TextDocument): Promise<void> {
    const touched = [...this.entries].filter(([, { file }]) => file.toString() === uri.toString());
    for (const [key, { version, id }] of touched) {
      const found = await this.ask({ uri: uri.toString(), id }).catch(() => undefined);
      const now = this.entries.get(key)?.version;
      if (now !== undefined && now === version && found?.version !== version) {
        this.changed.fire([
          { type: found ? FileChangeType.Changed : FileChangeType.Deleted, uri: Uri.parse(key, true) },
        ]);
      }
    }
  }
}

/** @throws where the address is none of ours */
function readQuery(uri: Uri): readonly [file: Uri, id: string] {
  const parts: unknown = JSON.parse(uri.query);
  const [file, id]: readonly unknown[] = Array.isArray(parts) ? parts : [];
  if (typeof file !== "string" || typeof id !== "string") throw FileSystemError.FileNotFound(uri);
  return [Uri.parse(file, true), id];
}
