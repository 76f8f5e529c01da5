import { type CodeAction, CodeActionKind, commands, type TextDocument, workspace } from "vscode";
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

  for (const [path, fixed] of Object.entries(commandLine.fixed)) {
    it(`are applied to ${path} all at once, as by the command line`, async () => {
      const { document } = await open(path);
      await findingsWhen(document, (rules) => rules.length > 0);
      const changed = nextChange(document);
      await commands.executeCommand("editor.action.sourceAction", {
        kind: "source.fixAll.runnerProxy",
        apply: "first",
      });
      await changed;
      equalText(document.getText(), fixed);
    });
  }
});

/** The edit of the fix that VS Code would offer first for a rule's finding. */
async function preferredFix(document: TextDocument, rule: string) {
  const shown = await findingsWhen(document, (rules) => rules.includes(rule));
  const finding = shown.find((one) => one.rule === rule);
  const actions = await commands.executeCommand<CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    finding?.diagnostic.range,
    CodeActionKind.QuickFix.value,
    10,
  );
  const edit = actions.find(({ isPreferred }) => isPreferred)?.edit;
  if (edit === undefined) {
    throw new Error(`No preferred fix among: ${actions.map(({ title }) => title).join(", ") || "nothing"}`);
  }
  return edit;
}
