import type { Format } from "../format.js";
import { asides } from "./asides.js";
import { addAssignment, removeAssignment } from "./edit.js";
import { fileNames, matchRunnerToml } from "./match.js";
import { parts } from "./parts.js";
import { settingsOf } from "./settings.js";
import { parseRunnerToml, type RunnerTomlTree } from "./tree.js";

export type { RunnerTomlTree } from "./tree.js";

export const runnerToml: Format<RunnerTomlTree> = {
  id: "runner-toml",
  label: "GitLab Runner's config.toml",
  fileNames,
  match: matchRunnerToml,
  parse: parseRunnerToml,
  settings: settingsOf,
  addAssignment,
  removeAssignment,
  parts,
  asides,
  comment: (text) => `# ${text}`,
};
