import type { FileEdit, Finding, Fix, Service } from "../service.js";
import type { ConfigText } from "../settings/config-edits.js";
import type { Range } from "../text/line-index.js";
import { type Localize, type Message, msg } from "../text/message.js";
import { disableInFile, disableNextLine } from "./disable-comment.js";
import { disableInSettings } from "./disable-setting.js";
import { fixAll } from "./fix-all.js";

export type ActionKind = "quickfix" | "fixAll";

/** Something that can be done about findings. */
export interface Action {
  readonly title: string;
  readonly kind: ActionKind;
  /** The one to take without a look at the others. */
  readonly preferred: boolean;
  /** What it is about; empty for what concerns the whole file. */
  readonly findings: readonly Finding[];
  readonly edits: readonly FileEdit[];
  /** A file that has to be made before the edits. */
  readonly creates?: string;
}

export interface ActionRequest {
  readonly uri: string;
  readonly range: Range;
  /** Whether actions of a kind are wanted. */
  wants(kind: ActionKind): boolean;
  /** The settings beside the files; undefined where none can be written. */
  readonly config: ConfigText | undefined;
  readonly localize: Localize;
}

/** What can be done at a place, the better first. Unknown documents have nothing. */
export function codeActions(service: Service, request: ActionRequest): readonly Action[] {
  const document = service.document(request.uri);
  if (!document) return [];
  const wanted = document.lines.span(request.range);
  const all = service.findings(request.uri);
  const here = all.filter(({ range }) => {
    const { start, end } = document.lines.span(range);
    return start <= wanted.end && wanted.start <= end;
  });
  return [
    ...(request.wants("quickfix") ? quickFixes(service, request, here, all) : []),
    ...(request.wants("fixAll") ? wholeFile(service, request) : []),
  ];
}

function quickFixes(
  service: Service,
  request: ActionRequest,
  here: readonly Finding[],
  all: readonly Finding[],
): readonly Action[] {
  const oneByOne = here.flatMap((finding) => [
    ...(finding.fix ? [fixAction(finding, finding.fix, true)] : []),
    ...(finding.alternatives ?? []).map((fix) => fixAction(finding, fix, false)),
  ]);
  const byRule = firstOfEachRule(here);
  return [
    ...oneByOne,
    ...byRule.flatMap((finding) => allOfRule(service, request, finding.rule, all)),
    ...byRule.flatMap((finding) => silencers(service, request, finding)),
  ];
}

function fixAction(finding: Finding, fix: Fix, preferred: boolean): Action {
  return {
    title: fix.title,
    kind: "quickfix",
    preferred,
    findings: [finding],
    edits: fix.edits,
    ...(fix.creates !== undefined && { creates: fix.creates }),
  };
}

function firstOfEachRule(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map([...findings].reverse().map((finding) => [finding.rule, finding])).values()].reverse();
}

/** Worth offering where there are several. */
function allOfRule(service: Service, request: ActionRequest, rule: string, all: readonly Finding[]): readonly Action[] {
  const same = all.filter((finding) => finding.rule === rule && finding.fix?.safe);
  if (same.length < 2) return [];
  const edits = fileEdits(service, request.uri, (finding) => finding.rule === rule);
  const title = request.localize(msg("Fix all {0} in this file", rule));
  return edits.length > 0 ? [{ title, kind: "quickfix", preferred: false, findings: same, edits }] : [];
}

function wholeFile(service: Service, { uri, localize }: ActionRequest): readonly Action[] {
  const edits = fileEdits(service, uri, () => true);
  const title = localize(msg("Apply all safe proxy fixes in this file"));
  return edits.length > 0 ? [{ title, kind: "fixAll", preferred: false, findings: [], edits }] : [];
}

/** The document is replaced from its first to its last change, so that the cursor and what lies around stay. */
function fileEdits(service: Service, uri: string, which: (finding: Finding) => boolean): readonly FileEdit[] {
  const document = service.document(uri);
  const text = fixAll(service.fork(), [uri], which).texts.get(uri);
  if (!document || text === undefined) return [];
  const before = document.text;
  let start = 0;
  while (start < before.length && start < text.length && before[start] === text[start]) start++;
  let end = 0;
  const most = Math.min(before.length, text.length) - start;
  while (end < most && before[before.length - 1 - end] === text[text.length - 1 - end]) end++;
  // A line ending or a character of two units must not be cut in half.
  while (start > 0 && /[\r\ud800-\udbff]/.test(before[start - 1] ?? "")) start--;
  while (end > 0 && /[\n\udc00-\udfff]/.test(before[before.length - end] ?? "")) end--;
  const range = document.lines.range({ start, end: before.length - end });
  return [{ uri, range, newText: text.slice(start, text.length - end) }];
}

function silencers(service: Service, { uri, config, localize }: ActionRequest, finding: Finding): readonly Action[] {
  const document = service.document(uri);
  if (!document) return [];
  const offer = (title: Message, edits: readonly FileEdit[] | undefined, creates?: string): readonly Action[] =>
    edits
      ? [
          {
            title: localize(title),
            kind: "quickfix",
            preferred: false,
            findings: [finding],
            edits,
            ...(creates !== undefined && { creates }),
          },
        ]
      : [];
  const settings = config && disableInSettings(config, finding.rule);
  return [
    ...offer(msg("Disable {0} for this line", finding.rule), disableNextLine(document, finding)),
    ...offer(msg("Disable {0} in this file", finding.rule), disableInFile(document, finding)),
    ...offer(msg("Disable {0} in the settings", finding.rule), settings?.edits, settings?.creates),
  ];
}
