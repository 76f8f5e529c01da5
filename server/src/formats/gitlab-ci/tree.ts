import type { Span } from "../../text/span.js";
import type { TreeBase } from "../format.js";
import type { CiJob } from "./job.js";
import type { CiVariables } from "./nodes.js";
import type { YamlEntry, YamlFile } from "./yaml-file.js";

export interface CiInclude {
  readonly keySpan: Span;
}

export interface GitlabCiTree extends TreeBase {
  readonly format: "gitlab-ci";
  /** The YAML under it. */
  readonly file: YamlFile;
  /** The entries of the root mapping; of two documents, the one after the `spec:` header. */
  readonly entries: readonly YamlEntry[];
  /** Global `variables:`. */
  readonly variables: CiVariables | undefined;
  /** `default:` and the keywords at the root that mean the same. */
  readonly default: CiJob;
  /** Jobs and hidden jobs (`.name`), in the order of the text. */
  readonly jobs: readonly CiJob[];
  /** `include:`, if there is one: what it brings is not known here. */
  readonly include: CiInclude | undefined;
  /** Names of the variables that `workflow: rules:` set for some pipelines. */
  readonly varied: readonly string[];
  /** Not a project's own .gitlab-ci.yml but a part that another file includes. */
  readonly part: boolean;
  /** An `image:` or `services:` is given somewhere, so that jobs run in containers. */
  readonly containers: boolean;
  job(name: string): CiJob | undefined;
}
