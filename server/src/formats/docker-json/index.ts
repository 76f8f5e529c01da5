import type { Format } from "../format.js";
import { addJsonAssignment, removeJsonAssignment } from "./edit.js";
import { fileNames, matchDockerJson } from "./match.js";
import { parseDockerJson } from "./parse.js";
import { dockerJsonSettings } from "./settings.js";
import type { DockerJsonTree } from "./tree.js";

export * from "./keys.js";
export type { JsonProperty, JsonValue } from "./node.js";
export type { DockerJsonKind, DockerJsonTree } from "./tree.js";
export { mistypedValues } from "./types.js";

export const dockerJson: Format<DockerJsonTree> = {
  id: "docker-json",
  label: "Docker's config.json and daemon.json",
  fileNames,
  match: matchDockerJson,
  parse: parseDockerJson,
  settings: dockerJsonSettings,
  addAssignment: addJsonAssignment,
  removeAssignment: removeJsonAssignment,
};
