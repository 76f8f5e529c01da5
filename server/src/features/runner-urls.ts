import type { Range } from "../text/line-index.js";
import type { Document } from "../workspace/document.js";

/** Where a runner finds GitLab. */
export interface RunnerUrl {
  readonly url: string;
  /** Of the value. */
  readonly range: Range;
}

/** The `url` of each runner of a config.toml; none of another file, and none that another tool fills in. */
export function runnerUrls({ tree, lines }: Document): readonly RunnerUrl[] {
  if (tree.format !== "runner-toml") return [];
  return tree.runners.flatMap(({ url }) => {
    if (!url || url.text.hasUnknown() || !/^https?:\/\/[^/]/i.test(url.text.text)) return [];
    return [{ url: url.text.text, range: lines.range(url.text.sourceSpan) }];
  });
}
