import { CompletionItemKind, type CompletionList, commands, type Hover } from "vscode";
import { findingsWhen, hoverText, includes, open, positionAfter } from "./support";

describe("Help", () => {
  it("explains a finding in a hover, with a link to its page", async () => {
    const { document } = await open("etc/cntlm.conf");
    await findingsWhen(document, (rules) => rules.includes("cntlm-assignment-sign"));
    const hovers = await commands.executeCommand<Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      positionAfter(document, "Domain        "),
    );
    includes(hoverText(hovers), "docs/rules/cntlm-assignment-sign.md");
  });

  it("completes proxy variables where they go", async () => {
    const { document } = await open("etc/gitlab-runner/config.toml");
    await findingsWhen(document, (rules) => rules.length > 0);
    const list = await commands.executeCommand<CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      positionAfter(document, '    "HTTP_PROXY=http://172.17.0.1:3128",\n    "'),
    );
    // VS Code itself proposes, as plain text, the words that the file holds.
    const ours = list.items.filter(({ kind }) => kind !== CompletionItemKind.Text);
    const labels = ours.map(({ label }) => (typeof label === "string" ? label : label.label));
    includes(labels.join("\n"), "HTTPS_PROXY");
  });
});
