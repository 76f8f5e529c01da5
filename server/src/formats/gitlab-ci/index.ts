import type { Format } from "../format.js";
import { addCiAssignment, removeCiAssignment } from "./edit.js";
import { fileNames, matchGitlabCi } from "./match.js";
import { parseGitlabCi } from "./parse.js";
import { parts } from "./parts.js";
import { gitlabCiSettings } from "./settings.js";
import type { GitlabCiTree } from "./tree.js";

export type { CiJob } from "./job.js";
export type * from "./nodes.js";
export type * from "./tree.js";

export const gitlabCi: Format<GitlabCiTree> = {
  id: "gitlab-ci",
  label: "GitLab's .gitlab-ci.yml",
  fileNames,
  match: matchGitlabCi,
  parse: parseGitlabCi,
  settings: gitlabCiSettings,
  addAssignment: addCiAssignment,
  removeAssignment: removeCiAssignment,
  parts,
  comment: (text) => `# ${text}`,
};
