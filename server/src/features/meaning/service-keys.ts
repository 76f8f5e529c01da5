import { type Message, msg } from "../../text/message.js";

export const serviceKeys = ["name", "alias", "command", "entrypoint", "variables", "pull_policy"] as const;
export type ServiceKey = (typeof serviceKeys)[number];

export function isServiceKey(name: string): name is ServiceKey {
  return serviceKeys.some((key) => key === name);
}

/** What a key of a service of .gitlab-ci.yml in its long form does. */
export function serviceKeyMeaning(name: ServiceKey): Message {
  switch (name) {
    case "name":
      return msg("The image of the service.");
    case "alias":
      return msg("Names under which jobs reach the service. The bypass list of the job has to name them.");
    case "command":
      return msg("What the container runs. For Docker-in-Docker: options of its dockerd, such as --registry-mirror.");
    case "entrypoint":
      return msg("Replaces the entrypoint of the image.");
    case "variables":
      return msg(
        "Variables of this service alone, over those of the job. The dockerd of Docker-in-Docker takes its proxies from them.",
      );
    case "pull_policy":
      return msg("When the image is pulled. The runner has to allow it.");
  }
}
