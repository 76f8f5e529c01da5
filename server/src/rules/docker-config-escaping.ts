import { parseDockerJson } from "../formats/docker-json/parse.js";
import type { SyntaxProblem } from "../formats/format.js";
import { mendJson } from "../generate/mend-json.js";
import { variableOf } from "../proxy/variables.js";
import type { Dialect } from "../quoting/shell.js";
import { dialectsOf } from "../shell/dialects.js";
import { type DockerConfigWrite, dockerConfigWrites } from "../shell/facts/docker-config.js";
import { masked, printAs, rewrite } from "../shell/reprint.js";
import { earlierScripts, readScript } from "../shell/script.js";
import type { MappedText } from "../text/mapped-text.js";
import { remembering } from "../text/memo.js";
import { type Message, msg } from "../text/message.js";
import { applyEdits, type Span, type TextEdit } from "../text/span.js";
import type { ReportedFix, Rule, RuleContext } from "./rule.js";
import { once } from "./support/once.js";
import { oneEdit } from "./support/one-edit.js";

export const dockerConfigEscaping: Rule = {
  id: "docker-config-escaping",
  severity: "error",
  formats: ["runner-toml", "gitlab-ci"],
  docs: {
    summary: "The JSON that a script writes to .docker/config.json is not valid once all quoting is undone.",
  },
  check(context) {
    const { scripts } = context.settings;
    const first = once();
    for (const script of scripts) {
      const writes = dockerConfigWrites(script, earlierScripts(script, scripts));
      for (const { kind, source, span, message } of readScript(script).problems) {
        // A here-document that the end of the script closes works all the same.
        if (kind === "here-document" || !/\.docker\/config\.json/.test(source.text)) continue;
        const place = source.toSource(span);
        if (first(place)) context.report({ span: place, message });
      }
      for (const write of writes) {
        const fault = writtenInParts(write, writes) ? undefined : faultOf(write, dialectsOf(script));
        if (!fault || !first(fault.span)) continue;
        context.report({ span: fault.span, message: fault.message, fixes: () => fixesOf(context, write, fault) });
      }
    }
  },
};

/** One command begins the file and others add to it. */
function writtenInParts(write: DockerConfigWrite, all: readonly DockerConfigWrite[]): boolean {
  return write.append || all.some((other) => other.append && other.target.text.text === write.target.text.text);
}

interface Fault {
  /** In the document. */
  readonly span: Span;
  readonly message: Message;
  readonly content: MappedText;
  readonly problem: SyntaxProblem;
}

/** What is wrong with the JSON that a command writes, in the first of the shells that gets it wrong. */
export function faultOf(write: DockerConfigWrite, dialects: readonly Dialect[]): Fault | undefined {
  for (const dialect of dialects) {
    const content = write.content[dialect];
    const fault = content && faultIn(content);
    if (content && fault) return { ...fault, span: content.toSource(fault.span) };
  }
  return undefined;
}

/** The span is the content's. */
function faultIn(content: MappedText): Fault | undefined {
  const { text } = content;
  const [problem] = problemsOf(text);
  if (!problem) return undefined;
  const span = within(problem.span, text);
  const unknown = unknownOutsideStrings(content, span.end);
  if (unknown.some(({ start, end }) => !isProxyVariable(text.slice(start, end)))) return undefined;
  return { span, message: messageFor(problem, text, span), content, problem };
}

/** What the docker client rejects in its config.json. Shells mostly write the same, and so do the scripts of a host. */
export const problemsOf = remembering(
  (text: string): readonly SyntaxProblem[] => parseDockerJson(text, "file:///.docker/config.json").problems,
);

function messageFor(problem: SyntaxProblem, text: string, span: Span): Message {
  const marked = text.slice(span.start, span.end);
  if (problem.span.start >= text.trimEnd().length) {
    return msg("The JSON written here ends too early: docker ignores the whole file.");
  }
  if (marked === "\\")
    return msg("A backslash too many is left in the JSON written here: docker ignores the whole file.");
  if (/^[\w$]/.test(marked)) {
    return msg(
      'The shell takes the quotes around this, which the JSON needs: docker ignores the whole file. Write \\" inside "…".',
    );
  }
  return msg("The JSON written here is not valid from here on: docker ignores the whole file.");
}

/** The first line of a problem, the last character where it stands at the end, and of several one where it is a backslash. */
function within({ start, end }: Span, text: string): Span {
  const last = text.trimEnd().length;
  if (start >= last) return { start: Math.max(0, last - 1), end: last };
  if (text.charAt(start) === "\\") return { start, end: start + 1 };
  const length = /^[^\n]*/.exec(text.slice(start, end))?.[0].trimEnd().length ?? 0;
  return { start, end: start + Math.max(1, length) };
}

/** What is put in outside of strings, up to a place: it may be anything. */
function unknownOutsideStrings(content: MappedText, until: number): readonly Span[] {
  const { text } = content;
  const inside: Span[] = [];
  const string = /"(?:[^"\\\n]|\\.)*"?/g;
  const head = text.slice(0, until);
  for (const found of head.matchAll(string)) {
    inside.push({ start: found.index, end: found.index + found[0].length });
  }
  let at = 0;
  return content.unknownSpans().filter(({ start }) => {
    while ((inside[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    return start < until && !((inside[at]?.start ?? Number.POSITIVE_INFINITY) < start);
  });
}

/** The value of a proxy variable is never JSON. */
function isProxyVariable(expansion: string): boolean {
  const name = /^\$\{?(\w+)\}?$/.exec(expansion)?.[1];
  return name !== undefined && variableOf(name) !== undefined;
}

function fixesOf({ text }: RuleContext, write: DockerConfigWrite, fault: Fault): readonly ReportedFix[] {
  const small = repaired(fault);
  const edits = small ?? rewritten(write, fault.content);
  if (!edits) return [];
  const title = msg("Write the JSON anew, with the same values");
  return [
    {
      title: small && fault.problem.repair ? fault.problem.repair.title : title,
      edits: oneEdit(text, edits),
      safe: small !== undefined || !fault.content.text.includes("auth"),
    },
  ];
}

/** The mend that the JSON itself needs, where that is all. */
function repaired({ content, problem }: Fault): readonly TextEdit[] | undefined {
  if (!problem.repair || problemsOf(applyEdits(content.text, problem.repair.edits)).length > 0) return undefined;
  const edits = problem.repair.edits.map(({ span, newText }) => content.replace(span, newText));
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
}

function rewritten({ how, printer }: DockerConfigWrite, content: MappedText): readonly TextEdit[] | undefined {
  const before = masked(content);
  const text = before && mendJson(before.text);
  if (!before || text === undefined) return undefined;
  if (printer) return printAs(printer, { ...before, text });
  return how === "here-document" ? rewrite(content, { ...before, text: `${text}\n` }) : undefined;
}
