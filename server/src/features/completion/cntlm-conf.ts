import { type CntlmValueKind, cntlmAuthMethods, cntlmOptions } from "../../formats/cntlm-conf/options.js";
import type { CntlmConfTree, CntlmOption } from "../../formats/cntlm-conf/tree.js";
import { cntlmPort } from "../../generate/values.js";
import { parseAddress } from "../../proxy/address.js";
import { isLoopback } from "../../proxy/host.js";
import { msg } from "../../text/message.js";
import { touches } from "../../text/span.js";
import { docker0Address } from "../../workspace/docker-network.js";
import { knownBypasses } from "./known.js";
import { inDocument, type Offer, type Place, type Word, withHole } from "./offer.js";

/** Options at the beginning of a line, those that count once where they are not given yet, and values of some. */
export function completeCntlm(place: Place, tree: CntlmConfTree): Offer | undefined {
  const option = optionAt(tree, place.offset);
  const typed = /^[ \t]*(\w*)$/.exec(place.before)?.[1];
  if (typed !== undefined && (!option || touches(option.nameSpan, place.offset))) {
    return names(place, tree, option, typed.length);
  }
  return option && values(place, option);
}

function optionAt({ options, source }: CntlmConfTree, offset: number): CntlmOption | undefined {
  return options.findLast(({ nameSpan, line: { end } }) => {
    const lineOver = offset === end && source.text.charAt(end - 1) === "\n";
    return nameSpan.start <= offset && offset <= end && !lineOver;
  });
}

function names(place: Place, tree: CntlmConfTree, here: CntlmOption | undefined, typed: number): Offer | undefined {
  const { offset, after } = place;
  const rest = /^\w*/.exec(after)?.[0] ?? "";
  const behind = after.slice(rest.length);
  if (!/^(?:\s|$)/.test(behind) || (rest === "" && behind.trim() !== "" && typed === 0)) return undefined;
  const given = new Set(
    tree.options.filter((o) => o !== here && o.state !== "ignored").map((o) => o.name.toLowerCase()),
  );
  const words = cntlmOptions
    .filter(({ name, repeatable }) => repeatable || !given.has(name.toLowerCase()))
    .map(({ name, value }): Word => {
      const renames = behind.trim() !== "";
      return {
        label: name,
        kind: "key",
        ...(renames ? { text: name } : withHole(`${name} `, "", "")),
        topic: { about: "cntlm-option", name },
        more: ["auth", "yes-no", "listen", "endpoint", "hosts"].includes(value),
      };
    });
  const blanks = behind.trim() === "" ? behind.length : 0;
  return inDocument(place, { start: offset - typed, end: offset + rest.length + blanks }, words);
}

function values(place: Place, option: CntlmOption): Offer | undefined {
  const { kind, form, raw, value, nameSpan } = option;
  const { offset, text } = place;
  if (!kind || form === "empty" || form === "unclosed" || value.hasUnknown()) return undefined;
  if (raw.start === raw.end) {
    // Nothing stands there yet: the cursor must be behind a blank, and only blanks behind it.
    if (offset <= nameSpan.end || place.after.trim() !== "") return undefined;
    return inDocument(place, { start: offset, end: offset }, wordsFor(place, kind.value));
  }
  if (!touches(raw, offset)) return undefined;
  if (kind.value !== "hosts") return inDocument(place, raw, wordsFor(place, kind.value));
  const start = Math.max(text.lastIndexOf(",", offset - 1), text.lastIndexOf(" ", offset - 1), raw.start - 1) + 1;
  const length = /^[^\s,"#]*/.exec(text.slice(offset, raw.end))?.[0].length ?? 0;
  const others = new Set(value.text.split(/[\s,]+/));
  const words = wordsFor(place, "hosts").filter(({ text: entry }) => !others.has(entry));
  return inDocument(place, { start: Math.max(start, value.contentSpan.start), end: offset + length }, words);
}

function wordsFor(place: Place, kind: CntlmValueKind): readonly Word[] {
  const word = (text: string, detail?: string): Word => ({
    label: text,
    kind: "value",
    text,
    ...(detail !== undefined && { detail }),
  });
  switch (kind) {
    case "auth":
      return cntlmAuthMethods.map((method) => word(method));
    case "yes-no":
      return [word("yes"), word("no")];
    case "listen": {
      const address = docker0Address(place);
      return [
        word(`${address}:${cntlmPort}`, place.localize(msg("docker0 of the host"))),
        word(String(cntlmPort), place.localize(msg("127.0.0.1 alone"))),
      ];
    }
    case "endpoint":
      return parents(place).map((text) => word(text));
    case "hosts":
      return [
        ...new Set([
          "localhost",
          "127.0.0.*",
          ...knownBypasses(place, false).flatMap(({ text }) => inItsLanguage(text)),
        ]),
      ].map((text) => ({ label: text, kind: "host", text }));
    default:
      return [];
  }
}

/** Proxies that the host's files name and that lie elsewhere. */
function parents(place: Place): readonly string[] {
  const own = docker0Address(place);
  const found = place.host
    .flatMap(({ settings }) => settings.scopes.flatMap(({ assignments }) => assignments))
    .flatMap(({ variable, value }) => {
      if (!variable || variable === "no_proxy" || value.hasUnknown()) return [];
      const { host, port } = parseAddress(value.text);
      if (!host || !port || host.text === own || isLoopback(host.text)) return [];
      return [`${host.text}:${port.text}`];
    });
  return [...new Set(found)];
}

/** An entry of NO_PROXY as cntlm says it: a name covers itself alone, blocks and ports are unknown. */
function inItsLanguage(entry: string): readonly string[] {
  if (/[/:]/.test(entry)) return [];
  return entry.startsWith(".") ? [`*${entry}`] : [entry];
}
