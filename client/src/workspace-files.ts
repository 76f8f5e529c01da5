import { type Disposable, FilePermission, FileType, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type CanWriteParams,
  type CanWriteResult,
  type FindFilesParams,
  type FindFilesResult,
  methods,
  type ReadFileParams,
  type ReadFileResult,
} from "../../server/src/protocol.js";

/** A byte-order mark is a part of the text: Docker's JSON may not have one. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Lets a server without a file system of its own look into the workspace, whatever the workspace lies on. */
export function serveWorkspaceFiles(client: BaseLanguageClient): Disposable[] {
  return [
    client.onRequest(methods.findFiles, findFiles),
    client.onRequest(methods.readFile, readFile),
    client.onRequest(methods.canWrite, canWrite),
  ];
}

async function findFiles({ include, limit }: FindFilesParams): Promise<FindFilesResult> {
  const found = new Set<string>();
  for (const pattern of include) {
    if (found.size >= limit) break;
    for (const uri of await workspace.findFiles(pattern, "**/node_modules/**", limit - found.size)) {
      found.add(uri.toString());
    }
  }
  if (found.size === 0) for (const uri of await walk(limit)) found.add(uri.toString());
  return { uris: [...found] };
}

/** What a search leaves unseen: file systems without a search of their own find nothing. Names only, no text is read. */
async function walk(limit: number): Promise<Uri[]> {
  const files: Uri[] = [];
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(({ scheme }) => scheme !== "file");
  for (
    let folder = folders.shift();
    folder && files.length < limit && folders.length < limit;
    folder = folders.shift()
  ) {
    for (const [name, type] of await entriesOf(folder)) {
      const uri = Uri.joinPath(folder, name);
      if (type === FileType.File) files.push(uri);
      // Links may lead in circles.
      else if (type === FileType.Directory && name !== "node_modules" && name !== ".git") folders.push(uri);
    }
  }
  return files;
}

async function entriesOf(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}

async function readFile({ uri, limit }: ReadFileParams): Promise<ReadFileResult> {
  try {
    const file = Uri.parse(uri, true);
    const { size } = await workspace.fs.stat(file);
    if (size > limit) return { text: null };
    return { text: decoder.decode(await workspace.fs.readFile(file)) };
  } catch {
    return { text: null };
  }
}

/** As far as VS Code knows: who owns a file on disk it does not. */
async function canWrite({ uri }: CanWriteParams): Promise<CanWriteResult> {
  const file = Uri.parse(uri, true);
  if (workspace.fs.isWritableFileSystem(file.scheme) === false) return { canWrite: false };
  try {
    const { permissions = 0 } = await workspace.fs.stat(file);
    return { canWrite: (permissions & FilePermission.Readonly) === 0 };
  } catch {
    // There is none yet.
    return { canWrite: true };
  }
}
