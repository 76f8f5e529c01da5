import type { Finding, Service } from "../../service.js";
import type { Colors } from "../terminal.js";

/** A finding with the name of its file as the user knows it. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly file: string;
}

/** What a run found: by file, and in each file in the order of the text. */
export interface Report {
  /** How many files were checked. */
  readonly files: number;
  readonly findings: readonly ReportedFinding[];
  /** The name of a file of the call. */
  nameOf(uri: string): string;
  readonly service: Service;
}

export interface ReportStyle {
  readonly colors: Colors;
  /** The findings and nothing else. */
  readonly quiet: boolean;
}

/** Turns a report into what is printed, with a newline at its end; empty where nothing is to be printed. */
export type Reporter = (report: Report, style: ReportStyle) => string;
