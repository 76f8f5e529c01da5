import type { Position, Range } from "./places.js";
import { fieldOf, hasTexts, isMissingOr, isPosition } from "./validate.js";

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

/** What one program reads of a script; the title names it in the user's language. No secrets are in it. */
export interface PreviewLayerInfo {
  readonly title: string;
  readonly language: "json" | "sh" | "powershell" | "toml" | "yaml";
  readonly text: string;
}

/** What a script comes to, from the innermost layer to the file, or the reason why there is none. */
export type PreviewResult = { readonly layers: readonly PreviewLayerInfo[] } | { readonly problem: string };

export interface DindDefaultsParams {
  readonly uri: string;
  /** Where the cursor stands: which runner is meant. */
  readonly position?: Position;
}

/** What the files of the host already say, to start a {@link DindScriptRequest} from. */
export interface DindDefaults {
  readonly shell: "sh" | "bash" | "pwsh";
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

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
  return (
    hasTexts(value, ["target"], ["shell", "httpProxy", "httpsProxy", "noProxy"]) &&
    targets.includes(fieldOf(value, "target")) &&
    shells.includes(fieldOf(value, "shell")) &&
    [undefined, true, false].some((known) => known === fieldOf(value, "keepAuths"))
  );
}

export interface DindScriptParams {
  readonly uri: string;
  readonly position?: Position;
  readonly request: DindScriptRequest;
}

/** Whether a value from outside is a {@link SnippetsParams}. */
export function isSnippetsParams(value: unknown): value is SnippetsParams {
  return hasTexts(value, [], ["uri"]);
}

/** Whether a value from outside is an {@link InsertSnippetParams}. */
export function isInsertSnippetParams(value: unknown): value is InsertSnippetParams {
  return hasTexts(value, ["uri", "id"]) && isMissingOr(isPosition, fieldOf(value, "position"));
}

/** Whether a value from outside is a {@link DindDefaultsParams}. */
export function isDindDefaultsParams(value: unknown): value is DindDefaultsParams {
  return hasTexts(value, ["uri"]) && isMissingOr(isPosition, fieldOf(value, "position"));
}

/** Whether a value from outside is a {@link DindScriptParams}. */
export function isDindScriptParams(value: unknown): value is DindScriptParams {
  return isDindDefaultsParams(value) && isDindScriptRequest(fieldOf(value, "request"));
}
