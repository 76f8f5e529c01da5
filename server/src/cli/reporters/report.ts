import type { Finding, Service, Severity } from "../../service.js";
import type { Colors } from "../terminal.js";

/** A finding with the name of its file as the user knows it. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly file: string;
  /** `runner-proxy fix` mends it. */
  readonly fixable: boolean;
}

/** What a run found: by file, and in each file in the order of the text. */
export interface Report {
  /** The files that were checked, as the service knows them. */
  readonly checked: readonly string[];
  /** What is reported. */
  readonly findings: readonly ReportedFinding[];
  /** With the findings that a baseline accepts. */
  readonly all: readonly ReportedFinding[];
  /** The name of a file of the call. */
  nameOf(uri: string): string;
  readonly service: Service;
}

export interface ReportStyle {
  readonly colors: Colors;
  /** The findings and nothing else. */
  readonly quiet: boolean;
  /** Whether a finding of a severity makes the exit code 1. */
  fails(severity: Severity): boolean;
}

/** Turns a report into what is printed, with a newline at its end; empty where nothing is to be printed. */
export type Reporter = (report: Report, style: ReportStyle) => string;
