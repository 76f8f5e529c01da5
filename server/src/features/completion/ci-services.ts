import { isDind as isDindImage } from "../../formats/gitlab-ci/services.js";
import { hostOfUrl } from "../../proxy/named-hosts.js";
import { lineEndingOf } from "../../text/eol.js";
import { type Message, msg } from "../../text/message.js";
import { type ServiceKey, serviceKeys } from "../meaning/service-keys.js";
import { inDocument, type Offer, type Place, type Word, withHole } from "./offer.js";
import { indentedBelow, yamlPathAt } from "./yaml-path.js";

const images = ["docker:dind", "docker:dind-rootless"] as const;

/**
 * Docker-in-Docker as a service, in one word and in its long form, and that form's values. Its keys are the schema's: they are
 * offered where no YAML server offers them.
 */
export function completeService(place: Place): Offer | undefined {
  return item(place) ?? key(place) ?? value(place);
}

/** Behind a dash below `services:`. */
function item(place: Place): Offer | undefined {
  const { before, after, offset, text } = place;
  const [, indentation, name = "", typed] = /^( *)- +(name:[ \t]+)?([\w.:/-]*)$/.exec(before) ?? [];
  if (indentation === undefined || typed === undefined || !isFree(after)) return undefined;
  const found = yamlPathAt(text, offset - before.length, indentation.length, true);
  if (!isService(found?.path ?? [])) return undefined;
  if (name === "" && indentedBelow(text, offset, indentation.length)) return undefined;
  const words = images.map((image): Word => ({ label: image, kind: "value", text: image }));
  const inner = `${lineEndingOf(text)}${" ".repeat(before.length - typed.length)}`;
  const forms = name === "" ? [longForm(place, inner), ...(place.keywords ? [keyWord("name")] : [])] : [];
  return inDocument(place, { start: offset - typed.length, end: offset }, [...words, ...forms]);
}

/** With a name of its own for the job's bypass list. */
function longForm({ localize }: Place, newLine: string): Word {
  return {
    label: "name: docker:dind",
    kind: "table",
    detail: localize(msg("with an alias")),
    ...withHole(`name: docker:dind${newLine}alias: `, "docker", ""),
  };
}

/** A key of the long form that it has not yet. */
function key(place: Place): Offer | undefined {
  if (!place.keywords) return undefined;
  const { before, after, offset, text } = place;
  const [, indentation, typed] = /^( *)(\w*)$/.exec(before) ?? [];
  if (indentation === undefined || typed === undefined || after.trim() !== "") return undefined;
  const found = yamlPathAt(text, offset - before.length, indentation.length, false);
  if (!found || !isService(found.path) || found.siblings.size === 0) return undefined;
  const below = `${lineEndingOf(text)}${indentation}  `;
  const words = serviceKeys.filter((name) => !found.siblings.has(name)).map((name) => keyWord(name, below));
  return inDocument(place, { start: offset - typed.length, end: offset }, words);
}

/** @param below what begins a line of the key's own mapping */
function keyWord(name: ServiceKey, below = " "): Word {
  const before = `${name}:${name === "variables" ? below : " "}`;
  return { label: name, kind: "key", ...withHole(before, "", ""), topic: { about: "service-key", name }, more: true };
}

/** Of `alias:` and `command:` of Docker-in-Docker. */
function value(place: Place): Offer | undefined {
  const { before, after, offset, text } = place;
  const [, indentation = "", name] = /^( *)(alias|command)[ \t]*:[ \t]+$/.exec(before) ?? [];
  if (name === undefined || !isFree(after) || indentedBelow(text, offset, indentation.length)) return undefined;
  const found = yamlPathAt(text, offset - before.length, indentation.length, false);
  if (!found || !isService(found.path) || !isDind(found.siblings.get("name"))) return undefined;
  const words = name === "alias" ? [{ label: "docker", kind: "value" as const, text: "docker" }] : options(place);
  return words.length > 0 ? inDocument(place, { start: offset, end: offset }, words) : undefined;
}

/** Options for dockerd with what the host's daemon.json has: its mirrors, and the registries that it does not verify. */
function options({ host, localize }: Place): readonly Word[] {
  return host.flatMap(({ tree }) => {
    if (tree.format !== "docker-json" || tree.kind !== "daemon") return [];
    const texts = (name: string) => (tree.root?.property(name)?.value?.items ?? []).flatMap(({ text }) => text ?? []);
    const mirrors = texts("registry-mirrors").flatMap((text) => (hostOfUrl(text) ? [text.text] : []));
    const insecure = texts("insecure-registries").flatMap(({ text }) => (/^[\w.:/-]+$/.test(text) ? [text] : []));
    return [
      ...mirrors.map((url) =>
        option("--registry-mirror", url, msg("mirror of Docker Hub, in {0}", "daemon.json"), localize),
      ),
      ...insecure.map((name) => option("--insecure-registry", name, msg("in {0}", "daemon.json"), localize)),
    ];
  });
}

function option(name: string, text: string, from: Message, localize: Place["localize"]): Word {
  return { label: `${name}=${text}`, kind: "value", text: JSON.stringify([`${name}=${text}`]), detail: localize(from) };
}

/** Whether what stands behind `name:` is an image of Docker-in-Docker. */
function isDind(image: string | undefined): boolean {
  return image !== undefined && isDindImage(image.replace(/[ \t]+#.*$/, "").replace(/^["']|["']$/g, ""));
}

function isFree(after: string): boolean {
  return after === "" || /^[ \t]+(?:#|$)/.test(after);
}

function isService(path: readonly string[]): boolean {
  return path.at(-1) === "-" && path.at(-2) === "services" && path.length <= 3;
}
