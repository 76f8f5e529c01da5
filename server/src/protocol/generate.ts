import type { Position, Range } from "./places.js";

export interface SnippetsParams {
  /** The document that is being edited. */
  readonly uri?: string;
}

export interface SnippetInfo {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** It belongs into the document asked about. */
  readonly fits: boolean;
}

export interface InsertSnippetParams {
  readonly uri: string;
  readonly id: string;
  /** Where the cursor stands. */
  readonly position?: Position;
}

/** An edit whose text may hold tab stops. */
export interface InsertionEdit {
  readonly range: Range;
  readonly newText: string;
  /** `newText` is in snippet syntax. */
  readonly snippet: boolean;
}

/** Edits of the document asked about, or the reason why there are none, in the user's language. */
export type InsertionResult = { readonly edits: readonly InsertionEdit[] } | { readonly problem: string };

/** What a script comes to, layer by layer, as Markdown, or the reason why there is none. */
export type PreviewResult = { readonly text: string } | { readonly problem: string };

/** What to write to `.docker/config.json`. With no address and no list given, the script takes the job's variables. */
export interface DindScriptRequest {
  readonly target: "config.toml" | ".gitlab-ci.yml";
  /** `sh` unless given. */
  readonly shell?: "sh" | "bash" | "pwsh";
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
  /** Keep what the file already holds, logins among it; needs jq where the job runs. */
  readonly keepAuths?: boolean;
}

const targets: readonly unknown[] = ["config.toml", ".gitlab-ci.yml"];
const shells: readonly unknown[] = [undefined, "sh", "bash", "pwsh"];

/** Whether a value from outside is a {@link DindScriptRequest}. */
export function isDindScriptRequest(value: unknown): value is DindScriptRequest {
  if (typeof value !== "object" || value === null) return false;
  const field = (name: string): unknown => Reflect.get(value, name);
  const texts = ["httpProxy", "httpsProxy", "noProxy"].map(field);
  return (
    targets.includes(field("target")) &&
    shells.includes(field("shell")) &&
    texts.every((text) => text === undefined || typeof text === "string") &&
    [undefined, true, false].some((known) => known === field("keepAuths"))
  );
}

export interface DindScriptParams {
  readonly uri: string;
  readonly position?: Position;
  readonly request: DindScriptRequest;
}
