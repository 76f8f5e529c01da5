import { type Disposable, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type FindFilesParams,
  type FindFilesResult,
  methods,
  type ReadFileParams,
  type ReadFileResult,
} from "../../server/src/protocol.js";

/** Lets a server without a file system of its own look into the workspace, whatever the workspace lies on. */
export function serveWorkspaceFiles(client: BaseLanguageClient): Disposable[] {
  return [client.onRequest(methods.findFiles, findFiles), client.onRequest(methods.readFile, readFile)];
}

async function findFiles({ include, limit }: FindFilesParams): Promise<FindFilesResult> {
  const found = new Set<string>();
  for (const pattern of include) {
    if (found.size >= limit) break;
    for (const uri of await workspace.findFiles(pattern, "**/node_modules/**", limit - found.size)) {
      found.add(uri.toString());
    }
  }
  return { uris: [...found] };
}

async function readFile({ uri, limit }: ReadFileParams): Promise<ReadFileResult> {
  try {
    const file = Uri.parse(uri, true);
    const { size } = await workspace.fs.stat(file);
    if (size > limit) return { text: null };
    return { text: new TextDecoder().decode(await workspace.fs.readFile(file)) };
  } catch {
    return { text: null };
  }
}
