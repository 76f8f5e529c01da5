import type { Assignment, Scope } from "../proxy/settings.js";
import { nameIn, type ProxyVariable, spellingOf } from "../proxy/variables.js";
import { scriptAssignments } from "../shell/facts/assignments.js";
import type { MappedText } from "../text/mapped-text.js";
import { msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";

/** Where any name may stand, so that a near miss is a slip. */
const kinds: readonly Scope["kind"][] = [
  "runner-environment",
  "unit",
  "environment-file",
  "ci-global",
  "ci-job",
  "service",
];

export const proxyVariableTypo: Rule = {
  id: "proxy-variable-typo",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "gitlab-ci"],
  docs: { summary: "A name that is nearly a proxy variable, which no program reads." },
  check(context) {
    for (const scope of context.settings.scopes) {
      if (!kinds.includes(scope.kind)) continue;
      const windows = scope.windows === true;
      for (const assignment of scope.assignments) {
        const slip = slipOf(assignment, windows);
        if (slip) report(context, slip, !scope.assignments.some((other) => rivals(assignment, slip, other, windows)));
      }
    }
    for (const script of context.settings.scripts) {
      if (script.repeated || script.shell !== "posix" || !script.texts.some(({ text }) => likely.test(text))) continue;
      for (const assignment of scriptAssignments(script).assignments) {
        const slip = assignment.kind !== "plain" && isForOthers(assignment) ? slipOf(assignment, false) : undefined;
        if (slip) report(context, slip, true);
      }
    }
  },
};

interface Slip {
  readonly name: MappedText;
  readonly meant: ProxyVariable;
  /** The right letters in a letter case that nobody reads. */
  readonly mixed: boolean;
}

function slipOf({ name, variable, spelling }: Assignment, windows: boolean): Slip | undefined {
  const mixed = variable !== undefined && spelling === "mixed" && !windows;
  const meant = mixed ? variable : variable === undefined ? meantBy(name.text) : undefined;
  // Blanks around a name are environment-entry's.
  return meant && !/\s/.test(name.text) ? { name, meant, mixed } : undefined;
}

/** Whether the other assignment is of the same name then, or of the other letter case with another value: one of the two has to go. */
function rivals(assignment: Assignment, slip: Slip, other: Assignment, windows: boolean): boolean {
  if (other === assignment) return false;
  const otherSlip = slipOf(other, windows);
  const name = otherSlip ? nameOf(otherSlip) : other.name.text;
  if ((otherSlip?.meant ?? other.variable) !== slip.meant) return false;
  return name === nameOf(slip) || other.value.text !== assignment.value.text;
}

/** The name that was meant, in the letter case of what is written. */
function nameOf({ name, meant }: Slip): string {
  return nameIn(meant, spellingOf(name.text) === "lower" ? "lower" : "upper") ?? meant;
}

/** @param sole nothing in its place is of that name */
function report(context: RuleContext, slip: Slip, sole: boolean): void {
  const { name, mixed } = slip;
  // A variable of the file's own making, which a script or another value takes up.
  context.needsWhole();
  if (!mixed && isExpanded(name.text, context.text)) return;
  const wanted = nameOf(slip);
  const edits = name.replace({ start: 0, end: name.text.length }, wanted);
  context.report({
    span: name.contentSpan,
    message: mixed
      ? msg("curl, wget, git and Go do not read {0}: it is {1}.", name.text, wanted)
      : msg("No program reads {0}: it is {1}.", name.text, wanted),
    ...(edits && { fixes: [{ title: msg("Rename to {0}", wanted), edits, safe: sole }] }),
  });
}

/** `$NAME`, `${NAME}`, `$env:NAME`, `%NAME%`. */
function isExpanded(name: string, text: string): boolean {
  if (!/^\w+$/.test(name)) return false;
  return new RegExp(`\\$(?:\\{?|\\{?env:)${name}\\b|%${name}%`, "i").test(text);
}

/** What a script's text has in it where a slip may be. */
const likely = /p\w{1,3}x\w*=/i;

/** A script may have a variable of its own under such a name: one that holds no address and no list. */
function isForOthers({ name, value }: Assignment): boolean {
  return /^no/i.test(name.text) || value.hasUnknown() || /:\/\/|:\d/.test(value.text);
}

/** `http_proxy` and its kin written without the underscore, with a hyphen, or with one slip of the fingers. */
const joined: Readonly<Record<string, ProxyVariable>> = {
  httpproxy: "http_proxy",
  httpsproxy: "https_proxy",
  httpproxys: "https_proxy",
  noproxy: "no_proxy",
  allproxy: "all_proxy",
};

/** The proxy variable that a name is a slip of. A name that only contains one (GOPROXY, HAPROXY_PORT) is none. */
export function meantBy(name: string): ProxyVariable | undefined {
  const lower = name.toLowerCase();
  const plain = joined[lower.replace(/[-_. ]/g, "")];
  if (plain) return plain;
  // Plurals of the list are common: NO_PROXIES, NO_PROXYS.
  if (/^no[-_]?prox(?:ies|ys)$/.test(lower)) return "no_proxy";
  const candidates: readonly ProxyVariable[] = ["https_proxy", "http_proxy", "no_proxy"];
  return candidates.find((candidate) => isOneSlip(lower.replace(/-/g, "_"), candidate));
}

/** Two neighbours swapped, or one letter left out or doubled. A replaced letter makes too many other words. */
function isOneSlip(text: string, word: string): boolean {
  if (text.length === word.length) {
    const i = firstDifference(text, word);
    return (
      text[i] === word[i + 1] &&
      text[i + 1] === word[i] &&
      text.slice(i + 2) === word.slice(i + 2) &&
      i < word.length - 1
    );
  }
  if (text.length + 1 === word.length) {
    const i = firstDifference(text, word);
    return text.slice(i) === word.slice(i + 1);
  }
  if (text.length === word.length + 1) {
    const i = firstDifference(text, word);
    return text.slice(i + 1) === word.slice(i) && (text[i] === text[i - 1] || text[i] === text[i + 1]);
  }
  return false;
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}
