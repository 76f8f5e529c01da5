import type { AddressProblem, AddressProblemKind } from "../proxy/address.js";
import { clientsFailing } from "../proxy/outcome.js";
import { clientsOf } from "../proxy/readers.js";
import { type Message, msg } from "../text/message.js";
import { nearest } from "../text/nearest.js";
import type { Span, TextEdit } from "../text/span.js";
import type { ReportedFix, Rule, RuleContext } from "./rule.js";
import { isReal, type ProxyPlace, proxyPlaces } from "./support/addresses.js";
import { whoOf } from "./support/who.js";

/** Schemes that some program takes in front of a proxy. */
const schemes = /^(?:https?|socks[45]?[ah]?|quic)$/;
const repairs: Readonly<Partial<Record<AddressProblemKind, string>>> = {
  "bad-scheme": "http://",
  blank: "",
  quote: "",
  comma: "",
};
const judged: readonly AddressProblemKind[] = [
  "bad-scheme",
  "no-host",
  "bad-host",
  "bad-port",
  "blank",
  "quote",
  "comma",
];

export const proxyAddressInvalid: Rule = {
  id: "proxy-address-invalid",
  severity: "error",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: {
    summary: "An address of a proxy that programs cannot use: no host, a wrong port, a blank, a stray quote or comma.",
  },
  check(context) {
    for (const place of proxyPlaces(context.settings)) {
      if (place.glued.length > 0) reportGlued(context, place);
      else reportProblems(context, place);
    }
  },
};

function reportProblems(context: RuleContext, place: ProxyPlace): void {
  const problems = problemsOf(context, place);
  const [first] = problems;
  if (!first) return;
  const { value, scope, address } = place;
  const who = whoOf(scope, clientsFailing({ ...address, problems }, clientsOf(scope)));
  context.report({
    span: value.toSource(first.span),
    message: messageFor(first, place, who),
    ...fixOf(place, problems),
  });
}

function problemsOf(context: RuleContext, place: ProxyPlace): AddressProblem[] {
  const { address, value, scope } = place;
  const found = address.problems.filter(({ kind, span }) => {
    if (!judged.includes(kind) || !isReal(place, span)) return false;
    // An empty port is each program's own default.
    if (kind === "bad-port" && span.start === span.end) return false;
    const ofSystemd = context.document.format.id === "systemd-dropin" && scope.kind === "unit";
    // systemd-typographic-quote's.
    return !(kind === "quote" && ofSystemd && /[^"'`]/.test(value.text.slice(span.start, span.end)));
  });
  const scheme = { start: 0, end: (address.scheme?.length ?? 0) + 3 };
  const named =
    address.scheme !== undefined && value.text.slice(0, scheme.end).toLowerCase() === `${address.scheme}://`;
  if (named && !schemes.test(address.scheme ?? "") && isReal(place, scheme)) {
    found.unshift({ kind: "bad-scheme", span: scheme });
  }
  return found;
}

function messageFor({ kind, span }: AddressProblem, { value }: ProxyPlace, who: string): Message {
  const marked = value.text.slice(span.start, span.end);
  switch (kind) {
    case "bad-scheme":
      return msg("An address begins with http://, not with {0}: it does not work in {1}.", marked, who);
    case "no-host":
      return msg("The address has no host: it does not work in {0}.", who);
    case "bad-port":
      // What stands there instead may be a password.
      return /^\d+$/.test(marked)
        ? msg("There is no port {0}, they go from 1 to 65535: the address does not work in {1}.", marked, who)
        : msg("A port is a number from 1 to 65535: the address does not work in {0}.", who);
    case "blank":
      return msg("There is a blank in the address: it does not work in {0}.", who);
    case "quote":
      return msg("The quote is part of the address: it does not work in {0}.", who);
    case "comma":
      return msg("{0} is part of the address: it does not work in {1}.", marked, who);
    default:
      return msg("No host has {0} in its name: the address does not work in {1}.", marked, who);
  }
}

function fixOf(
  { value, address }: ProxyPlace,
  problems: readonly AddressProblem[],
): { fixes?: readonly ReportedFix[] } {
  const edits: TextEdit[] = [];
  for (const { kind, span } of problems) {
    const atEdge =
      span.start === 0 ||
      span.end === address.text.length ||
      kind === "bad-scheme" ||
      touchesEnd(address.text, span.end);
    const slash = kind === "bad-port" && span.start === address.rest?.start;
    const mended = slash ? "" : kind === "bad-scheme" && address.scheme ? scheme(address.scheme) : repairs[kind];
    const written = mended === undefined || !(atEdge || slash) ? undefined : value.replace(span, mended);
    if (!written) return {};
    edits.push(...written);
  }
  return edits.length > 0 ? { fixes: [{ title: msg("Repair the address"), edits, safe: true }] } : {};
}

function scheme(written: string): string | undefined {
  if (schemes.test(written)) return `${written}://`;
  const near = nearest(written, ["http", "https"]);
  return near && `${near}://`;
}

/** Only blanks, quotes and commas follow. */
function touchesEnd(text: string, end: number): boolean {
  return /^[\s"'`\u2018-\u201f\u2032\u2033\u00ab\u00bb,;]*$/.test(text.slice(end));
}

/** One pair of quotes around several assignments: all of it is the value of the first. */
function reportGlued(context: RuleContext, { assignment, glued }: ProxyPlace): void {
  const { name, value } = assignment;
  const [first] = glued;
  if (!first) return;
  const edits = separate(
    context,
    assignment.span,
    glued.map((span) => value.toSource(span)),
  );
  context.report({
    span: value.toSource({ start: first.start, end: value.text.length }),
    message: value.text.slice(first.start, first.end).includes(",")
      ? msg("A comma does not part assignments: all of this is the value of {0}.", name.text)
      : msg("All of this is the value of {0}: each assignment needs quotes of its own.", name.text),
    ...(edits && { fixes: [{ title: msg("Quote each assignment by itself"), edits, safe: true }] }),
  });
}

/** Closes and opens the quotes at the blanks or commas; undefined where the file's way of quoting has no such form. */
function separate(
  { document, text }: RuleContext,
  { start, end }: Span,
  gaps: readonly Span[],
): TextEdit[] | undefined {
  const quote = text.charAt(start);
  if (!/["']/.test(quote) || text.charAt(start + 1) === quote) return undefined;
  const format = document.format.id;
  if (format !== "systemd-dropin" && format !== "runner-toml") return undefined;
  const between = format === "systemd-dropin" ? `${quote} ` : `${quote}, `;
  return gaps.map((span) => {
    // Two pieces that touch.
    const touching = span.start === span.end && text.slice(span.end - 2, span.end) === quote + quote;
    if (touching) return { span: { start: span.end - 1, end: span.end - 1 }, newText: between.slice(1) };
    if (text.charAt(span.end) !== quote) return { span, newText: between + quote };
    // systemd takes the quotes off each of several quoted pieces that make one word.
    if (format === "systemd-dropin" && text.charAt(span.start - 1) === quote) return { span, newText: " " };
    // The quote behind the blank was meant to open what follows, where another one closes it.
    const opens =
      text.slice(span.end, format === "systemd-dropin" ? lineEnd(text, end) : end).split(quote).length % 2 === 1;
    return { span: { start: span.start, end: opens ? span.end : span.end + 1 }, newText: between };
  });
}

/** A blank inside the quotes that were meant may have ended the word before they close. */
function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}
