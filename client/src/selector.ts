import { workspace } from "vscode";
import { documentPatterns } from "../../server/src/protocol.js";

/** A filter that VS Code and the protocol both take. */
export type DocumentFilter =
  | { readonly scheme: string; readonly pattern: string }
  | { readonly scheme: string; readonly language: string };

/**
 * The documents that are sent to the server. They are told by their path, so that they keep the language, grammar and
 * settings that other extensions give them. Of the schemes only those count in which files are edited: no copies of a
 * source control's, no output.
 */
export function documentSelector(): DocumentFilter[] {
  const schemes = new Set(["file", "untitled", ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]);
  const patterns = [...documentPatterns, ...configuredPatterns()];
  return [...schemes].flatMap((scheme) => [
    { scheme, language: "cntlm" },
    ...patterns.map((pattern) => ({ scheme, pattern })),
  ]);
}

/** The globs of `runnerProxy.files` as VS Code's matcher takes them: those without a root begin at any folder. */
function configuredPatterns(): string[] {
  const files: unknown = workspace.getConfiguration("runnerProxy").get("files");
  if (typeof files !== "object" || files === null) return [];
  return Object.keys(files).map((glob) => (/^(?:\/|\*\*\/)/.test(glob) ? glob : `**/${glob}`));
}
