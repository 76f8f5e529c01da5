import type { Directive, EnvironmentWord } from "../formats/systemd-dropin/tree.js";
import { quoteSystemdWord } from "../quoting/systemd.js";
import { msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";

export const systemdUnquotedBlank: Rule = {
  id: "systemd-unquoted-blank",
  severity: "error",
  formats: ["systemd-dropin"],
  docs: { summary: "A blank in an unquoted value: systemd splits the value there and drops the rest." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "systemd-dropin") return;
    for (const words of wordsByLine(tree.environment.words)) {
      for (let i = 0; i < words.length; ) {
        const first = words[i];
        let end = i + 1;
        while (end < words.length && isRest(words[end])) end++;
        const rest = words.slice(i + 1, end);
        if (first && isQuotedSpaced(first)) reportQuoted(context, first);
        else if (first?.name && first.state === "kept" && areSigns(rest)) reportSigns(context, first, rest);
        else if (first?.name && first.state === "kept" && rest.length > 0) report(context, first, rest);
        else if (first && isSpacedName(first, words[i + 1])) {
          report(context, first, words.slice(i + 1, Math.max(end, i + 3)));
          return;
        }
        i = end;
      }
    }
  },
};

function wordsByLine(words: readonly EnvironmentWord[]): Iterable<readonly EnvironmentWord[]> {
  const lines = new Map<Directive, EnvironmentWord[]>();
  for (const word of words) {
    const line = lines.get(word.directive);
    if (line) line.push(word);
    else lines.set(word.directive, [word]);
  }
  return lines.values();
}

/** A word without `=`, which systemd drops. Comments and `export` have rules of their own. */
function isRest(word: EnvironmentWord | undefined): boolean {
  const faults = word?.faults ?? [];
  return (
    faults.some(({ kind }) => kind === "no-assignment") &&
    !faults.some(({ kind }) => kind === "comment" || kind === "unclosed-quote")
  );
}

/** `NAME = value`. */
function isSpacedName(word: EnvironmentWord, next: EnvironmentWord | undefined): boolean {
  return /^[A-Za-z_]\w*$/.test(word.text.text) && word.state === "dropped" && next?.text.text.startsWith("=") === true;
}

/** `"NAME = value"`: the blank belongs to the name, which systemd takes for none. */
function isQuotedSpaced({ nameText, state }: EnvironmentWord): boolean {
  return state === "dropped" && nameText !== undefined && /^[ \t]*[A-Za-z_]\w*[ \t]+$/.test(nameText);
}

function reportQuoted(context: RuleContext, { name, value }: EnvironmentWord): void {
  if (!name || !value) return;
  const { text } = name;
  const nameEdits = name.replace({ start: 0, end: text.length }, text.trim());
  const blanks = value.text.length - value.text.trimStart().length;
  const valueEdits = blanks > 0 ? value.replace({ start: 0, end: blanks }, "") : [];
  context.report({
    span: name.toSource({ start: 0, end: text.length }),
    message: msg("The blank is part of the name, and systemd drops the assignment: there is no blank around =."),
    ...(nameEdits &&
      valueEdits && {
        fixes: [{ title: msg("Remove the blank"), edits: [...nameEdits, ...valueEdits], safe: true }],
      }),
  });
}

/** `&&`, `;` or a comma between two assignments: systemd drops it, and both count. */
function areSigns(rest: readonly EnvironmentWord[]): boolean {
  return rest.length > 0 && rest.every(({ text }) => /^[&;|,+]+$/.test(text.text));
}

function reportSigns(context: RuleContext, first: EnvironmentWord, rest: readonly EnvironmentWord[]): void {
  const [sign] = rest;
  const end = rest.at(-1)?.span.end;
  if (!sign || end === undefined) return;
  context.report({
    span: { start: sign.span.start, end },
    severity: "warning",
    message: msg("systemd drops {0} with a warning: nothing but blanks stands between assignments.", sign.text.text),
    fixes: [
      {
        title: msg("Remove {0}", sign.text.text),
        edits: [{ span: { start: first.span.end, end }, newText: "" }],
        safe: true,
      },
    ],
  });
}

function report(context: RuleContext, first: EnvironmentWord, rest: readonly EnvironmentWord[]): void {
  const last = rest.at(-1) ?? first;
  const whole = { start: first.span.start, end: last.span.end };
  const known = ![first, ...rest].some(({ text }) => text.hasUnknown());
  const spaced = first.name === undefined;
  const meant = [first, ...rest].map(({ text }) => text.text).join(spaced ? "" : " ");
  const quoted = known ? quoteSystemdWord(meant) : undefined;
  const name = (first.name ?? first.text).text;
  context.report({
    span: spaced ? first.span : { start: rest[0]?.span.start ?? whole.start, end: whole.end },
    message: spaced
      ? msg("systemd splits the line at blanks and sets nothing: there is no blank around =.")
      : msg(
          "systemd splits the value of {0} at the blank and drops this: put quotes around the whole assignment.",
          name,
        ),
    ...(quoted !== undefined && {
      fixes: [{ title: msg("Put double quotes around it"), edits: [{ span: whole, newText: quoted }], safe: true }],
    }),
  });
}
