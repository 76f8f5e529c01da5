import { noSettings } from "../../proxy/settings.js";
import { MappedText } from "../../text/mapped-text.js";
import type { Format, TreeBase } from "../format.js";

export interface GitlabCiTree extends TreeBase {
  readonly format: "gitlab-ci";
}

export const gitlabCi: Format<GitlabCiTree> = {
  id: "gitlab-ci",
  label: "gitlab-ci",
  fileNames: [],
  match: () => false,
  parse: (text) => ({ format: "gitlab-ci", source: MappedText.document(text), problems: [], template: false }),
  settings: () => noSettings,
  addAssignment: () => undefined,
  removeAssignment: () => undefined,
};
