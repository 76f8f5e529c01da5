/** What adapters load when a machine is to be checked. */
export { check, countOf } from "./check.js";
export { usualFiles } from "./places.js";
export { markdown, resultMarkdown } from "./report/markdown.js";
export { worded } from "./report/worded.js";
