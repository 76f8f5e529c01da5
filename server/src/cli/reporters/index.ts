import { json } from "./json.js";
import { pretty } from "./pretty.js";
import type { Reporter } from "./report.js";

/** Every `--format`, one line each. */
export const reporters = { pretty, json } as const satisfies Record<string, Reporter>;
export type ReportFormat = keyof typeof reporters;
