import { type CodeLens, commands, type TextDocument, window } from "vscode";
import { equal, findingsWhen, includes, open } from "./support";

const toml = "etc/gitlab-runner/config.toml";

describe("Lenses above a script that writes Docker's JSON", () => {
  afterEach(async () => {
    await open(toml);
    await commands.executeCommand("workbench.action.files.revert");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("offer commands that there are", async () => {
    const { document } = await open(toml);
    await findingsWhen(document, (rules) => rules.length > 0);
    const found = await lenses(document);
    const known = await commands.getCommands();
    equal(
      found.map(({ command }) => [command?.title, known.includes(command?.command ?? "")]),
      [
        ["Show decoded", true],
        ["Regenerate", true],
        ["Edit embedded JSON", true],
      ],
    );
  });

  it("show the script decoded, and follow its changes", async () => {
    const editor = await open(toml);
    await findingsWhen(editor.document, (rules) => rules.length > 0);
    const text = await runLens(editor.document, "Show decoded");
    includes(String(text), '      "httpsProxy": $HTTPS_PROXY,\n');
    const shown = window.visibleTextEditors.find(({ document }) => document.getText() === text)?.document;
    if (!shown) throw new Error("The decoded script is not shown");
    const at = editor.document.positionAt(editor.document.getText().indexOf(String.raw`\"$HTTPS_PROXY`));
    await editor.edit((edit) => edit.insert(at.translate(0, 2), String.raw`\\\"`));
    while (!shown.getText().includes('"httpsProxy": "$HTTPS_PROXY')) await pause();
  });

  it("generate the script anew, once it was seen", async () => {
    const { document } = await open(toml);
    await findingsWhen(document, (rules) => rules.includes("docker-config-escaping"));
    let done: unknown;
    void runLens(document, "Regenerate").then((result) => {
      done = result;
    });
    while (done === undefined) {
      await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      await pause();
    }
    equal(done, true);
    includes(document.getText(), '"$(json_escape "$HTTPS_PROXY")"');
    await findingsWhen(document, (rules) => !rules.includes("docker-config-escaping"));
  });

  it("open the JSON itself", async () => {
    const { document } = await open(toml);
    await findingsWhen(document, (rules) => rules.length > 0);
    equal(await runLens(document, "Edit embedded JSON"), true);
    equal(window.activeTextEditor?.document.languageId, "json");
  });
});

/** Of the script, which the lenses of addresses stand beside. */
async function lenses({ uri }: TextDocument): Promise<readonly CodeLens[]> {
  const all = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", uri);
  return all.filter(({ command }) => /decoded|Regenerate|JSON/.test(command?.title ?? ""));
}

async function runLens(document: TextDocument, title: string): Promise<unknown> {
  const { command } = (await lenses(document)).find((lens) => lens.command?.title === title) ?? {};
  if (!command) throw new Error(`There is no lens ${title}`);
  return commands.executeCommand(command.command, ...(command.arguments ?? []));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
