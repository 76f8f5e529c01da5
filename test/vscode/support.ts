/** What the tests do with VS Code and the example host's files, and how they compare. */
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  languages,
  MarkdownString,
  type Position,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Place } from "./command-line";

/** Opens a file of the workspace, by its path in it, in an editor. */
export async function open(path: string): Promise<TextEditor> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    throw new Error("The workspace has no folder");
  }
  const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, path));
  return window.showTextDocument(document, { preview: false });
}

/** A finding of ours. */
export interface Finding {
  readonly rule: string;
  /** All that can be compared, in a line. */
  readonly line: string;
  readonly diagnostic: Diagnostic;
}

/** The findings that a document shows at the moment, in the order of the text. */
export function findings(document: TextDocument): Finding[] {
  return languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === "runner-proxy")
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map((diagnostic) => {
      const { start, end } = diagnostic.range;
      const { code, severity, message } = diagnostic;
      const rule = String(typeof code === "object" ? code.value : code);
      return { rule, line: inOneLine({ rule, severity: severities[severity], start, end, message }), diagnostic };
    });
}

const severities = {
  [DiagnosticSeverity.Error]: "error",
  [DiagnosticSeverity.Warning]: "warning",
  [DiagnosticSeverity.Information]: "information",
  [DiagnosticSeverity.Hint]: "hint",
} as const;

/** A finding in the form in which editor and command line are compared. */
export function inOneLine(finding: {
  readonly rule: string;
  readonly severity: string;
  readonly start: Place;
  readonly end: Place;
  readonly message: string;
}): string {
  const { rule, severity, start, end, message } = finding;
  return `${start.line}:${start.character}-${end.line}:${end.character} ${severity} ${rule}: ${message}`;
}

/** Milliseconds that findings may take, the start of the server included. */
const patience = 20_000;

/**
 * Waits until a document's findings are as wanted.
 * @throws with the findings that are there where that does not happen
 */
export function findingsWhen(
  document: TextDocument,
  wanted: (rules: readonly string[], findings: readonly Finding[]) => boolean,
): Promise<Finding[]> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => {
      listener.dispose();
      clearTimeout(timer);
      outcome();
    };
    const look = () => {
      const current = findings(document);
      if (
        wanted(
          current.map(({ rule }) => rule),
          current,
        )
      ) {
        settle(() => resolve(current));
      }
    };
    const giveUp = () => {
      const lines = findings(document).map(({ line }) => line);
      settle(() => reject(new Error(`Waited in vain. The findings are:\n${lines.join("\n") || "none"}`)));
    };
    const listener = languages.onDidChangeDiagnostics(look);
    const timer = setTimeout(giveUp, patience);
    look();
  });
}

/** Waits until a document's text is another one. */
export function nextChange(document: TextDocument): Promise<void> {
  return new Promise((resolve) => {
    const listener = workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) {
        listener.dispose();
        resolve();
      }
    });
  });
}

/** The place right after the only occurrence of a piece of text. */
export function positionAfter(document: TextDocument, piece: string): Position {
  const text = document.getText();
  const start = text.indexOf(piece);
  if (start === -1 || text.indexOf(piece, start + 1) !== -1) {
    throw new Error(`The text does not hold this once: ${piece}`);
  }
  return document.positionAt(start + piece.length);
}

/** Puts the cursor there. */
export function moveTo(editor: TextEditor, position: Position): void {
  editor.selection = new Selection(position, position);
}

/** Compares line by line, so that a failure names the first line that differs. */
export function equalText(actual: string, expected: string): void {
  const actualLines = actual.split("\n");
  const expectedLines = expected.split("\n");
  for (let index = 0; index < Math.max(actualLines.length, expectedLines.length); index++) {
    if (actualLines[index] !== expectedLines[index]) {
      const lines = [`Line ${index + 1}`, `  is:        ${actualLines[index]}`, `  should be: ${expectedLines[index]}`];
      throw new Error([...lines, "The whole text:", ...actualLines].join("\n"));
    }
  }
}

/** Compares what can be written as JSON. */
export function equal(actual: unknown, expected: unknown): void {
  equalText(JSON.stringify(actual, null, 2), JSON.stringify(expected, null, 2));
}

export function includes(text: string, piece: string): void {
  if (!text.includes(piece)) {
    throw new Error(`This does not hold ${JSON.stringify(piece)}:\n${text}`);
  }
}

/** What hovers say, as Markdown. */
export function hoverText(hovers: readonly Hover[]): string {
  return hovers.flatMap(({ contents }) => contents.map(textOf)).join("\n");
}

function textOf(content: Hover["contents"][number]): string {
  if (content instanceof MarkdownString) {
    return content.value;
  }
  return typeof content === "string" ? content : content.value;
}
