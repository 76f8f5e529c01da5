import type { CntlmConfTree } from "../../formats/cntlm-conf/index.js";
import type { DockerJsonTree } from "../../formats/docker-json/index.js";
import type { RunnerTomlTree } from "../../formats/runner-toml/index.js";
import { keyInfo, tableInfo } from "../../formats/runner-toml/keys/index.js";
import { pathAt } from "../../formats/runner-toml/path-at.js";
import type { SystemdDropinTree } from "../../formats/systemd-dropin/index.js";
import { type Localize, msg } from "../../text/message.js";
import { touches } from "../../text/span.js";
import type { Document } from "../../workspace/document.js";
import { jsonPlaceAt } from "../completion/json-place.js";
import { cntlmOptionMeaning } from "../meaning/cntlm-options.js";
import { dockerKeyMeaning } from "../meaning/docker-keys.js";
import { runnerKeyMeaning } from "../meaning/runner-keys.js";
import { directiveMeaning, isUnitSection, sectionMeaning } from "../meaning/systemd-directives.js";
import { typeText } from "../meaning/types.js";
import { code } from "./markdown.js";
import type { Subject } from "./subject.js";

/** A key, an option, a directive or a header at a place: what it does. */
export function keySubject({ tree }: Document, offset: number, localize: Localize): Subject | undefined {
  switch (tree.format) {
    case "runner-toml":
      return tomlKey(tree, offset, localize);
    case "cntlm-conf":
      return cntlmOption(tree, offset, localize);
    case "docker-json":
      return jsonKey(tree, offset, localize);
    case "systemd-dropin":
      return directive(tree, offset, localize);
    case "gitlab-ci":
      return undefined;
  }
}

function tomlKey(tree: RunnerTomlTree, offset: number, localize: Localize): Subject | undefined {
  const at = pathAt(tree, offset);
  if (at.path === undefined) return undefined;
  if (at.part === "header" && at.header && at.key === at.header.parts.at(-1)) {
    const info = tableInfo(at.path);
    const meaning = info && runnerKeyMeaning(info.table, info.key);
    return (
      meaning && {
        span: at.header,
        markdown: `**${at.header.parts.map(({ text }) => text).join(".")}** — ${localize(meaning)}`,
      }
    );
  }
  if (at.part !== "key" || !at.key || at.key !== at.entry?.key) return undefined;
  const info = keyInfo(at.path, at.key.text);
  if (!info) return undefined;
  const meaning = runnerKeyMeaning(info.table, info.key);
  const head = `**${info.key}** — ${typeText(info, localize)}`;
  return { span: at.key, markdown: meaning ? `${head}\n\n${localize(meaning)}` : head };
}

/** Values that may be shown: not passwords, hashes, accounts and headers. */
const shown: ReadonlySet<string> = new Set(["endpoint", "listen", "hosts", "network", "auth", "yes-no", "number"]);

function cntlmOption(tree: CntlmConfTree, offset: number, localize: Localize): Subject | undefined {
  const option = tree.options.find(({ span }) => touches(span, offset));
  const meaning = option?.kind && cntlmOptionMeaning(option.kind.name);
  if (!option?.kind || !meaning) return undefined;
  const parts = [`**${option.kind.name}** — ${localize(meaning)}`];
  const read = option.state === "effective" && shown.has(option.kind.value);
  if (read && (option.form !== "bare" || option.dropped)) {
    parts.push(localize(msg("cntlm takes {0}.", code(option.value.text))));
  }
  return { span: option.nameSpan, markdown: parts.join("\n\n") };
}

function jsonKey({ source, kind }: DockerJsonTree, offset: number, localize: Localize): Subject | undefined {
  const place = jsonPlaceAt(source.text, offset);
  if (place?.at !== "key" || place.token.start === place.token.end) return undefined;
  const key = source.text.slice(place.token.start, place.token.end).replace(/^"|"$/g, "");
  const inside = place.path.map((name, level) => (kind === "client" && level === 1 ? "*" : name));
  const free = kind === "client" && inside.length === 1 && inside[0] === "proxies";
  const meaning = dockerKeyMeaning(kind, [...inside, free ? "*" : key]);
  return meaning && { span: place.token, markdown: `**${key}** — ${localize(meaning)}` };
}

function directive(tree: SystemdDropinTree, offset: number, localize: Localize): Subject | undefined {
  const section = tree.sections.find(({ span }) => touches(span, offset));
  if (section) {
    const known = isUnitSection(section.name) ? section.name : undefined;
    return known && { span: section.span, markdown: `**[${known}]** — ${localize(sectionMeaning(known))}` };
  }
  const found = tree.directives.find(({ keySpan }) => touches(keySpan, offset));
  const meaning = found?.section && directiveMeaning(found.section.name, found.key);
  return found && meaning && { span: found.keySpan, markdown: `**${found.key}** — ${localize(meaning)}` };
}
