import { hasTexts } from "./validate.js";

export interface CheckHostParams {
  /** A document of the host that is checked; without one the workspace has but one host, or none. */
  readonly uri?: string;
  /** How the editor is connected to the server's machine: `ssh-remote`, `dev-container` … */
  readonly remote?: string;
  /** {@link CheckProgress} is sent for it by `$/progress`. */
  readonly progressToken?: string;
}

/** What is being done; `done` of `total` steps are over. A command about to be run has no count. */
export interface CheckProgress {
  readonly text: string;
  readonly done?: number;
  readonly total?: number;
}

/** The report, redacted and in the user's language; or why there is none. */
export type CheckHostResult =
  | { readonly markdown: string; readonly problems: number; readonly unknown: number }
  | { readonly problem: string }
  | { readonly cancelled: true };

/** Whether a value from outside is a {@link CheckHostParams}. */
export function isCheckHostParams(value: unknown): value is CheckHostParams {
  return hasTexts(value, [], ["uri", "remote", "progressToken"]);
}
