import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import { type Action, type ActionKind, codeActions } from "../features/code-actions.js";
import type { Service } from "../service.js";
import type { Localize } from "../text/message.js";
import { toDiagnostic } from "./convert.js";
import type { ConfigFile } from "./settings.js";
import { type EditClient, toWorkspaceEdit } from "./workspace-edit.js";

const kinds: Readonly<Record<ActionKind, CodeActionKind>> = {
  quickfix: CodeActionKind.QuickFix,
  fixAll: `${CodeActionKind.SourceFixAll}.runnerProxy`,
};

/** All kinds that the server offers. */
export const codeActionKinds: readonly CodeActionKind[] = Object.values(kinds);

export function answerCodeActions(
  service: Service,
  { textDocument, range, context }: CodeActionParams,
  config: ConfigFile | undefined,
  client: EditClient,
  localize: Localize,
): CodeAction[] {
  const usable = config?.text !== undefined || client.creates ? config : undefined;
  const actions = codeActions(service, {
    uri: textDocument.uri,
    range,
    wants: (kind) => isWanted(kinds[kind], context.only),
    config: usable,
    localize,
  });
  return actions
    .filter(({ creates }) => creates === undefined || client.creates)
    .map((action) => toCodeAction(service, action, client));
}

/** Actions on the whole file come only to those who ask for them; a kind stands for all below it. */
function isWanted(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  if (!only) return kind === CodeActionKind.QuickFix;
  return only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`));
}

function toCodeAction(service: Service, action: Action, client: EditClient): CodeAction {
  return {
    title: action.title,
    kind: kinds[action.kind],
    ...(action.findings.length > 0 && { diagnostics: action.findings.map(toDiagnostic) }),
    ...(action.preferred && { isPreferred: true }),
    edit: toWorkspaceEdit(service, { edits: action.edits, creates: action.creates ? [action.creates] : [] }, client),
  };
}
