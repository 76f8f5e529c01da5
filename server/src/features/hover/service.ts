import { type Localize, msg } from "../../text/message.js";
import { touches } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import { code } from "./markdown.js";
import type { Subject } from "./subject.js";

/** A Docker-in-Docker service: under which names jobs reach it, and what that means for their bypass list. */
export function serviceSubject({ settings }: Document, offset: number, localize: Localize): Subject | undefined {
  const service = settings.services.find(({ dind, image }) => dind && touches(image.contentSpan, offset));
  if (!service || service.aliases.length === 0) return undefined;
  const names = service.aliases.map((alias) => code(alias)).join(", ");
  const ports = service.tlsCertDir === "" ? "2375" : "2376";
  const text = msg(
    "Docker-in-Docker. Jobs reach it as {0}, port {1}. The docker client asks a proxy for it unless the bypass list of the job names it.",
    names,
    ports,
  );
  return { span: service.image.contentSpan, markdown: localize(text) };
}
