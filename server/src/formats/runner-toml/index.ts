import { noSettings } from "../../proxy/settings.js";
import { MappedText } from "../../text/mapped-text.js";
import type { Format, TreeBase } from "../format.js";

export interface RunnerTomlTree extends TreeBase {
  readonly format: "runner-toml";
}

export const runnerToml: Format<RunnerTomlTree> = {
  id: "runner-toml",
  label: "runner-toml",
  fileNames: [],
  match: () => false,
  parse: (text) => ({ format: "runner-toml", source: MappedText.document(text), problems: [], template: false }),
  settings: () => noSettings,
  addAssignment: () => undefined,
  removeAssignment: () => undefined,
};
