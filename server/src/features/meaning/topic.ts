import type { DockerJsonKind } from "../../formats/docker-json/index.js";
import type { Message } from "../../text/message.js";
import { cntlmOptionMeaning } from "./cntlm-options.js";
import { dockerKeyMeaning } from "./docker-keys.js";
import { runnerKeyMeaning } from "./runner-keys.js";
import { isServiceKey, serviceKeyMeaning } from "./service-keys.js";
import { directiveMeaning, isUnitSection, sectionMeaning } from "./systemd-directives.js";
import { variableMeaning } from "./variables.js";

/** Something that can be explained. Plain data: it goes to the editor with a completion and comes back when that is looked at. */
export type Topic =
  | { readonly about: "runner-key"; readonly table: string; readonly key: string }
  | { readonly about: "cntlm-option"; readonly name: string }
  | { readonly about: "docker-key"; readonly kind: DockerJsonKind; readonly path: readonly string[] }
  | { readonly about: "directive"; readonly section: string; readonly name: string }
  | { readonly about: "section"; readonly name: string }
  | { readonly about: "service-key"; readonly name: string }
  | { readonly about: "variable"; readonly name: string };

/** What is to be said of a topic; undefined where there is nothing. */
export function meaningOf(topic: Topic): Message | undefined {
  switch (topic.about) {
    case "runner-key":
      return runnerKeyMeaning(topic.table, topic.key);
    case "cntlm-option":
      return cntlmOptionMeaning(topic.name);
    case "docker-key":
      return dockerKeyMeaning(topic.kind, topic.path);
    case "directive":
      return directiveMeaning(topic.section, topic.name);
    case "section":
      return isUnitSection(topic.name) ? sectionMeaning(topic.name) : undefined;
    case "service-key":
      return isServiceKey(topic.name) ? serviceKeyMeaning(topic.name) : undefined;
    case "variable":
      return variableMeaning(topic.name);
  }
}

/** Whether a value from outside is a {@link Topic}. */
export function isTopic(value: unknown): value is Topic {
  if (typeof value !== "object" || value === null) return false;
  const field = (name: string): unknown => Reflect.get(value, name);
  const texts = (...names: string[]) => names.every((name) => typeof field(name) === "string");
  switch (field("about")) {
    case "runner-key":
      return texts("table", "key");
    case "cntlm-option":
    case "section":
    case "service-key":
    case "variable":
      return texts("name");
    case "directive":
      return texts("section", "name");
    case "docker-key": {
      const path = field("path");
      const kind = field("kind");
      return (
        (kind === "client" || kind === "daemon") && Array.isArray(path) && path.every((k) => typeof k === "string")
      );
    }
    default:
      return false;
  }
}
