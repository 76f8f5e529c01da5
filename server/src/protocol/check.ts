import { fieldOf, hasTexts, isMissingOr, isTexts } from "./validate.js";

export interface CheckHostParams {
  /** A document of the host that is checked; without one the workspace has but one host, or none. */
  readonly uri?: string;
  /** How the editor is connected to the server's machine: `ssh-remote`, `dev-container` … */
  readonly remote?: string;
  /** {@link CheckProgress} is sent for it by `$/progress`. */
  readonly progressToken?: string;
  /** The ids of the steps that are wanted; all, where it is missing. */
  readonly steps?: readonly string[];
}

/** What is being done: a step, before which `done` of `total` are over, or a command, a request or a wait, which have neither. */
export interface CheckProgress {
  /** The step's title, the command as typed, or a sentence. */
  readonly text: string;
  readonly step?: string;
  readonly done?: number;
  readonly total?: number;
}

/** One thing that a step found. */
export interface CheckedResult {
  /** `unknown`: it cannot be told there. */
  readonly verdict: "ok" | "problem" | "unknown";
  /** One sentence. */
  readonly message: string;
  /** The same with the reason and what to do. */
  readonly markdown: string;
}

export interface CheckedStep {
  readonly id: string;
  readonly title: string;
  readonly results: readonly CheckedResult[];
}

/** What was found, redacted and in the user's language. */
export interface CheckHostReport {
  /** The report as a page. */
  readonly markdown: string;
  /** Where it ran: "this machine, build-01". */
  readonly where: string;
  readonly steps: readonly CheckedStep[];
  readonly problems: number;
  readonly unknown: number;
}

/** The report, or why there is none. */
export type CheckHostResult = CheckHostReport | { readonly problem: string } | { readonly cancelled: true };

/** Whether a value from outside is a {@link CheckHostParams}. */
export function isCheckHostParams(value: unknown): value is CheckHostParams {
  return hasTexts(value, [], ["uri", "remote", "progressToken"]) && isMissingOr(isTexts, fieldOf(value, "steps"));
}
