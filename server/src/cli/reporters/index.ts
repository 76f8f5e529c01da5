import { github } from "./github.js";
import { gitlab } from "./gitlab.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { pretty } from "./pretty.js";
import type { Reporter } from "./report.js";
import { sarif } from "./sarif.js";

/** Every `--format`, one line each. */
export const reporters = { pretty, json, sarif, gitlab, junit, github } as const satisfies Record<string, Reporter>;
export type ReportFormat = keyof typeof reporters;
