import { commands, Range } from "vscode";
import { equal, equalText, findingsWhen, moveTo, open, positionAfter } from "./support";

describe("Commands", () => {
  afterEach(() => commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));

  it("insert a snippet", async () => {
    const editor = await open("etc/systemd/system/docker.service.d/http-proxy.conf");
    const { document } = editor;
    await editor.edit((edit) => edit.delete(new Range(0, 0, document.lineCount, 0)));
    equal(await commands.executeCommand("runnerProxy.insertSnippet", "docker-dropin"), true);
    equalText(document.getText(), "");
  });

  it("insert the script that writes .docker/config.json", async () => {
    const editor = await open("etc/gitlab-runner/config.toml");
    const { document } = editor;
    const before = document.getText();
    const place = '  environment = ["HTTP_PROXY=http://172.17.0.1:3128"]\n';
    moveTo(editor, positionAfter(document, place));
    equal(await commands.executeCommand("runnerProxy.generateDindScript", { target: "config.toml" }), true);
    equalText(document.getText(), before);
  });

  it("restart the server, which finds everything again", async () => {
    const { document } = await open("etc/cntlm.conf");
    const before = await findingsWhen(document, (rules) => rules.length > 0);
    await commands.executeCommand("runnerProxy.restartServer");
    const again = await findingsWhen(document, (rules) => rules.length === before.length);
    equal(
      again.map(({ rule, marked }) => [rule, marked]),
      before.map(({ rule, marked }) => [rule, marked]),
    );
  });
});
