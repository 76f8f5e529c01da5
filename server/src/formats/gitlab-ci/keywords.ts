/** Keywords of the root: everything else that is a mapping is a job (`pages` is one). */
export const rootKeywords: ReadonlySet<string> = new Set([
  "after_script",
  "before_script",
  "cache",
  "default",
  "image",
  "include",
  "services",
  "spec",
  "stages",
  "types",
  "variables",
  "workflow",
]);
