import type { Format } from "../format.js";
import { plainComments } from "../plain-comments.js";
import { addSystemdAssignment, removeSystemdAssignment } from "./edit.js";
import { matchesSystemd, systemdFileNames } from "./match.js";
import { parseSystemd } from "./parse.js";
import { systemdSettings } from "./settings.js";
import type { SystemdDropinTree } from "./tree.js";

export type { SystemdDropinTree } from "./tree.js";

export const systemdDropin: Format<SystemdDropinTree> = {
  id: "systemd-dropin",
  label: "systemd unit or drop-in",
  fileNames: systemdFileNames,
  match: matchesSystemd,
  parse: parseSystemd,
  settings: systemdSettings,
  addAssignment: addSystemdAssignment,
  removeAssignment: removeSystemdAssignment,
  asides: (text) => plainComments(text, "# or ;"),
  comment: (text) => `# ${text}`,
};
