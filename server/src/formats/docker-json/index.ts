import { noSettings } from "../../proxy/settings.js";
import { MappedText } from "../../text/mapped-text.js";
import type { Format, TreeBase } from "../format.js";

export interface DockerJsonTree extends TreeBase {
  readonly format: "docker-json";
}

export const dockerJson: Format<DockerJsonTree> = {
  id: "docker-json",
  label: "docker-json",
  fileNames: [],
  match: () => false,
  parse: (text) => ({ format: "docker-json", source: MappedText.document(text), problems: [], template: false }),
  settings: () => noSettings,
  addAssignment: () => undefined,
  removeAssignment: () => undefined,
};
