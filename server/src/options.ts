import type { FormatId } from "./formats/format.js";
import type { Severity } from "./rules/finding.js";

/** A rule's severity as settings name it. */
export type RuleSetting = Severity | "off";

/** The settings that the engine goes by: `runnerProxy.*` of the editor and `.runner-proxy.json`, resolved. */
export interface EngineOptions {
  /** IPv4 address of docker0 on the host. */
  readonly docker0Address: string;
  /** Domains of the company: hosts below them are internal. Written with or without a leading dot. */
  readonly internalDomains: readonly string[];
  /** `MAJOR.MINOR` of GitLab Runner; undefined is the newest. */
  readonly runnerVersion: string | undefined;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Glob → format, or `none` for a file to be left alone; the first that matches counts. */
  readonly files: readonly (readonly [glob: string, format: FormatId | "none"])[];
}

export const defaultOptions: EngineOptions = {
  docker0Address: "172.17.0.1",
  internalDomains: [],
  runnerVersion: undefined,
  rules: {},
  files: [],
};
