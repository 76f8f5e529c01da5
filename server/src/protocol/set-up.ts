import type { Range } from "./places.js";
import { fieldOf, hasTexts, isMissingOr, isTexts } from "./validate.js";

/** What a host is to be set up for: a proxy, or a cntlm that hands on to the company's. */
export interface SetUpParams {
  /** URI of the folder that holds the host's `etc`. */
  readonly folder: string;
  readonly proxy?: string;
  readonly noProxy?: string;
  /** With cntlm: `host:port` of each of the company's proxies. */
  readonly parents?: readonly string[];
  readonly username?: string;
  readonly domain?: string;
  /** PassNTLMv2 as `cntlm -H` prints it. */
  readonly hash?: string;
  /** IPv4 address of docker0; the one of the settings unless given. */
  readonly docker0?: string;
  /** Root's `.docker/config.json` too. */
  readonly dockerConfig?: boolean;
}

/** A file that changes. */
export interface SetUpFileInfo {
  readonly uri: string;
  /** On the host, or in the workspace where it belongs to no host. */
  readonly path: string;
  /** The file's whole text, to be made where there is none. */
  readonly text: string;
  readonly creates: boolean;
  /** Of a file that is there. */
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/** The files that change, or the reason why nothing can be done, in the user's language. */
export type SetUpResult =
  | {
      readonly files: readonly SetUpFileInfo[];
      /** Files that cannot be written from here: lines for a shell that put them in place, texts and all. */
      readonly byHand?: { readonly paths: readonly string[]; readonly text: string };
    }
  | { readonly problem: string };

/** Whether a value from outside is a {@link SetUpParams}. */
export function isSetUpParams(value: unknown): value is SetUpParams {
  return (
    /^[a-z][a-z\d+.-]+:/i.test(String(fieldOf(value, "folder"))) &&
    hasTexts(value, ["folder"], ["proxy", "noProxy", "username", "domain", "hash", "docker0"]) &&
    isMissingOr(isTexts, fieldOf(value, "parents")) &&
    [undefined, true, false].some((known) => known === fieldOf(value, "dockerConfig"))
  );
}

/** A folder that can be set up, and what its files say already. */
export interface SetUpPlace {
  readonly folder: string;
  /** For people: the folder as the workspace has it. */
  readonly name: string;
  readonly known: Omit<SetUpParams, "folder" | "hash"> & { readonly docker0: string; readonly noProxy: string };
}

export interface InstallCommandsParams {
  readonly uris: readonly string[];
}

/** Whether a value from outside is an {@link InstallCommandsParams}. */
export function isInstallCommandsParams(value: unknown): value is InstallCommandsParams {
  return isTexts(fieldOf(value, "uris"));
}

/** Lines for a shell, or the reason why there are none, in the user's language. */
export type InstallCommandsResult = { readonly text: string } | { readonly problem: string };
