import type { SystemdDropinTree } from "../../formats/systemd-dropin/index.js";
import type { Directive } from "../../formats/systemd-dropin/tree.js";
import { touches } from "../../text/span.js";
import { directivesOf, isUnitSection, type UnitSection } from "../meaning/systemd-directives.js";
import { nameWords } from "./names.js";
import { inDocument, type Offer, type Place, tailLength, type Word } from "./offer.js";

/** What runs on the host: no container. */
const service = { readers: [] };

const sections: readonly UnitSection[] = ["Service", "Unit", "Install"];

/** Sections, directives, variables in `Environment=`, and values of some directives. */
export function completeSystemd(place: Place, tree: SystemdDropinTree): Offer | undefined {
  const { offset } = place;
  if (tree.comments.some((comment) => comment.start < offset && offset <= comment.end)) return undefined;
  if (tree.entries) return environmentFileName(place, tree);
  const directive = tree.directives.findLast(({ whole }) => whole.start <= offset && offset <= whole.end);
  const inValue = directive && directive.line.whole.start <= offset && equalsBefore(place, directive);
  if (directive && inValue) return values(place, tree, directive);
  return section(place) ?? key(place, tree, directive);
}

/** Whether the cursor is behind the directive's `=`, on any of its lines. */
function equalsBefore({ text, offset }: Place, { keySpan, whole }: Directive): boolean {
  const equals = text.indexOf("=", keySpan.end);
  const lineOver = offset === whole.end && /[\r\n]$/.test(text.slice(whole.start, whole.end));
  return equals >= 0 && offset > equals && !lineOver;
}

function section(place: Place): Offer | undefined {
  const typed = /^(\[\w*)$/.exec(place.before)?.[1];
  if (typed === undefined) return undefined;
  const rest = /^\w*\]?/.exec(place.after)?.[0] ?? "";
  if (place.after.slice(rest.length).trim() !== "") return undefined;
  const words = sections.map(
    (name): Word => ({
      label: `[${name}]`,
      kind: "table",
      text: `[${name}]`,
      topic: { about: "section", name },
    }),
  );
  return inDocument(place, { start: place.offset - typed.length, end: place.offset + rest.length }, words);
}

function key(place: Place, tree: SystemdDropinTree, here: Directive | undefined): Offer | undefined {
  const { before, after, offset } = place;
  const typed = /^[ \t]*(\w*)$/.exec(before)?.[1];
  const rest = /^\w*/.exec(after)?.[0] ?? "";
  const behind = after.slice(rest.length);
  const assigned = /^[ \t]*=/.test(behind);
  if (typed === undefined || !(assigned || behind.trim() === "") || isContinued(place)) return undefined;
  const current = here?.section ?? tree.sections.findLast(({ span }) => span.end <= offset);
  if (current && !isUnitSection(current.name)) return undefined;
  const span = { start: offset - typed.length, end: offset + rest.length };
  if (!current) {
    return inDocument(
      place,
      span,
      assigned
        ? []
        : sections.map(
            (name): Word => ({
              label: `[${name}]`,
              kind: "table",
              text: `[${name}]`,
              topic: { about: "section", name },
            }),
          ),
    );
  }
  const name = isUnitSection(current.name) ? current.name : "Service";
  const words = directivesOf(name).map((directive): Word => {
    const text = assigned ? directive.name : `${directive.name}=`;
    return {
      label: directive.name,
      kind: "key",
      text,
      hole: { start: text.length, end: text.length },
      topic: { about: "directive", section: name, name: directive.name },
      more: !assigned,
    };
  });
  return inDocument(place, span, words);
}

/** The line above ends with a backslash, so that this one belongs to it. */
function isContinued({ text, offset, before }: Place): boolean {
  return /\\\r?\n$/.test(text.slice(Math.max(0, offset - before.length - 3), offset - before.length));
}

const usual: Readonly<Record<string, readonly string[]>> = {
  After: ["docker.service", "network-online.target", "cntlm.service"],
  Wants: ["docker.service", "network-online.target", "cntlm.service"],
  Requires: ["docker.service"],
  WantedBy: ["multi-user.target"],
  Restart: ["on-failure", "always", "no"],
  EnvironmentFile: ["-/etc/environment", "-/etc/default/docker"],
  UnsetEnvironment: ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"],
  PassEnvironment: ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"],
};

function values(place: Place, tree: SystemdDropinTree, directive: Directive): Offer | undefined {
  if (directive.key === "Environment") return variables(place, tree, directive);
  const typed = tailLength(place.before, /[^\s=]/);
  const rest = /^\S*/.exec(place.after)?.[0] ?? "";
  const words = (usual[directive.key] ?? []).map((text): Word => ({ label: text, kind: "value", text }));
  if (words.length === 0) return undefined;
  return inDocument(place, { start: place.offset - typed, end: place.offset + rest.length }, words);
}

/** The name of a word, or a whole new word in quotes. */
function variables(place: Place, tree: SystemdDropinTree, directive: Directive): Offer | undefined {
  const { offset } = place;
  const { words } = tree.environment;
  const word = words.find((other) => other.directive === directive && touches(other.span, offset));
  const set = new Set(
    words.flatMap((other) => (other !== word && other.state === "kept" ? (other.name?.text ?? []) : [])),
  );
  if (!word) {
    if (!/[\s=]$/.test(place.before) || !/^\s*\\?\s*$|^\s/.test(place.after)) return undefined;
    return inDocument(
      place,
      { start: offset, end: offset },
      nameWords(service, set, (name) => [`"${name}=`, '"']),
    );
  }
  const at = word.text.fromSource(offset);
  const { text } = word.text;
  const equals = text.indexOf("=");
  const end = equals < 0 ? text.length : equals;
  if (at === undefined || at > end || !/^\w*$/.test(text.slice(0, end))) return undefined;
  const bare = word.quote === "" && equals < 0;
  const before = bare ? '"' : "";
  const into = bare ? tree.source : word.text;
  const span = bare ? word.span : { start: 0, end };
  return { words: nameWords(service, set, (name) => [`${before}${name}${equals < 0 ? "=" : ""}`, before]), into, span };
}

/** A file of `NAME=value` lines. */
function environmentFileName(place: Place, tree: SystemdDropinTree): Offer | undefined {
  const typed = /^[ \t]*(\w*)$/.exec(place.before)?.[1];
  const rest = /^\w*/.exec(place.after)?.[0] ?? "";
  const behind = place.after.slice(rest.length);
  if (typed === undefined || !(behind === "" || behind.startsWith("=")) || isContinued(place)) return undefined;
  const span = { start: place.offset - typed.length, end: place.offset + rest.length };
  const set = new Set(tree.entries?.flatMap(({ name, span: own }) => (touches(own, place.offset) ? [] : name.text)));
  return inDocument(
    place,
    span,
    nameWords(service, set, (name) => (behind === "" ? [`${name}=`, ""] : [name, ""])),
  );
}
