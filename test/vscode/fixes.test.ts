import { type CodeAction, CodeActionKind, commands, Range, type TextDocument, workspace } from "vscode";
import { commandLine } from "./command-line";
import { equalText, findingsWhen, nextChange, open } from "./support";

describe("Fixes", () => {
  afterEach(() => commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));

  it("mend the marked text alone", async () => {
    const { document } = await open("etc/cntlm.conf");
    const before = document.getText();
    const rule = "cntlm-assignment-sign";
    const fix = await preferredFix(document, rule);
    await workspace.applyEdit(fix);
    equalText(document.getText(), before.replace("Domain        = CORP-UK", "Domain        CORP-UK"));
    await findingsWhen(document, (rules) => !rules.includes(rule));
  });

  it("are applied all at once by the command of VS Code", async () => {
    const path = "etc/cntlm.conf";
    const { document } = await open(path);
    await findingsWhen(document, (rules) => rules.length > 0);
    const changed = nextChange(document);
    await commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.runnerProxy", apply: "first" });
    await changed;
    equalText(document.getText(), commandLine.fixed[path] ?? "");
  });

  it("of all files come to what the command line makes of them", async () => {
    const documents: [path: string, document: TextDocument][] = [];
    for (const path of Object.keys(commandLine.fixed)) {
      documents.push([path, (await open(path)).document]);
    }
    try {
      // What is mended in one file can call for more in another. One after the other: an edit ends requests that wait.
      for (let mended = true; mended; ) {
        mended = false;
        for (const [, document] of documents) if (await fixAll(document)) mended = true;
      }
      for (const [path, document] of documents) {
        equalText(document.getText(), commandLine.fixed[path] ?? "");
      }
    } finally {
      for (const [path] of documents) {
        await open(path);
        await commands.executeCommand("workbench.action.files.revert");
      }
    }
  });
});

/** @returns whether there was anything to fix */
async function fixAll(document: TextDocument): Promise<boolean> {
  const kind = CodeActionKind.SourceFixAll.append("runnerProxy");
  const [action] = await codeActions(document, new Range(0, 0, document.lineCount, 0), kind);
  return action?.edit !== undefined && workspace.applyEdit(action.edit);
}

/** The edit of the fix that VS Code would offer first for a rule's finding. */
async function preferredFix(document: TextDocument, rule: string) {
  const shown = await findingsWhen(document, (rules) => rules.includes(rule));
  const finding = shown.find((one) => one.rule === rule);
  const range = finding?.diagnostic.range ?? new Range(0, 0, 0, 0);
  const actions = await codeActions(document, range, CodeActionKind.QuickFix);
  const edit = actions.find(({ isPreferred }) => isPreferred)?.edit;
  if (edit === undefined) {
    throw new Error(`No preferred fix among: ${actions.map(({ title }) => title).join(", ") || "nothing"}`);
  }
  return edit;
}

/** The code actions of a kind, with their edits. VS Code ends a request when the text changes meanwhile: it is asked again. */
async function codeActions(document: TextDocument, range: Range, kind: CodeActionKind): Promise<CodeAction[]> {
  const resolved = 20;
  for (;;) {
    try {
      return await commands.executeCommand(
        "vscode.executeCodeActionProvider",
        document.uri,
        range,
        kind.value,
        resolved,
      );
    } catch (error) {
      if (!(error instanceof Error && error.name === "Canceled")) throw error;
    }
  }
}
