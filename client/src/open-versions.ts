import { workspace } from "vscode";

/** The versions of the open documents at one time, to tell whether edits that were made for them still fit. */
export class OpenVersions {
  private readonly versions = versionsOfOpen();

  /** @param uris what the edits are for */
  changed(uris: readonly string[]): boolean {
    const now = versionsOfOpen();
    return uris.some((uri) => this.versions.get(uri) !== now.get(uri));
  }
}

/** By URI; without those that only the server has read. */
function versionsOfOpen(): ReadonlyMap<string, number> {
  return new Map(workspace.textDocuments.map(({ uri, version }) => [uri.toString(), version]));
}
