import type { MappedText } from "../../text/mapped-text.js";
import type { TreeBase } from "../format.js";
import type { JsonProperty, JsonValue } from "./node.js";

/** Which of the two files it is: the docker client's config.json or dockerd's daemon.json. */
export type DockerJsonKind = "client" | "daemon";

/** An entry under `proxies` of the client's config.json: the settings for one daemon address, or `default`. */
export interface ProxyEndpoint {
  /** `default`, or a daemon's address; compared letter by letter. */
  readonly name: MappedText;
  readonly property: JsonProperty;
  /** The properties of its object; none where it is something else. */
  readonly properties: readonly JsonProperty[];
  /** A later entry of the same name takes its place, or a later `proxies` that is null. */
  readonly replaced: boolean;
}

export interface DockerJsonTree extends TreeBase {
  readonly format: "docker-json";
  readonly kind: DockerJsonKind;
  /** undefined where the document is empty, which both programs accept, or cannot be read at all. */
  readonly root: JsonValue | undefined;
  /** The properties of the root object. */
  readonly keys: readonly JsonProperty[];
  /** `proxies` in the order of the text: the client adds their endpoints up, in any letter case; dockerd takes the last. */
  readonly proxies: readonly JsonProperty[];
  /** The client's endpoints; none in daemon.json. */
  readonly endpoints: readonly ProxyEndpoint[];
}
