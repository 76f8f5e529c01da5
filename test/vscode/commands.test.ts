import { commands, Range } from "vscode";
import { equal, equalText, findingsWhen, moveTo, open, positionAfter } from "./support";

const script = String.raw`  pre_build_script = '''
mkdir -p "$HOME/.docker"
json_escape() { printf '%s' "$1" | tr -d '[:cntrl:]' | sed 's/["\\]/\\&/g'; }
printf '{"proxies":{"default":{"httpProxy":"%s","httpsProxy":"%s","noProxy":"%s"}}}\n' \
  "$(json_escape "$HTTP_PROXY")" "$(json_escape "$HTTPS_PROXY")" "$(json_escape "$NO_PROXY")" > "$HOME/.docker/config.json"
'''
`;

describe("Commands", () => {
  afterEach(() => commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));

  it("insert a snippet", async () => {
    const editor = await open("etc/systemd/system/docker.service.d/http-proxy.conf");
    const { document } = editor;
    await editor.edit((edit) => edit.delete(new Range(0, 0, document.lineCount, 0)));
    equal(await commands.executeCommand("runnerProxy.insertSnippet", "docker-dropin"), true);
    equalText(
      document.getText(),
      `# /etc/systemd/system/docker.service.d/http-proxy.conf
# After an edit: systemctl daemon-reload && systemctl restart docker
[Service]
Environment="HTTP_PROXY=http://172.17.0.1:3128"
Environment="HTTPS_PROXY=http://172.17.0.1:3128"
Environment="NO_PROXY=localhost,127.0.0.1,docker,gitlab.corp-uk.example"
`,
    );
  });

  it("insert the script that writes .docker/config.json into the runner at the cursor", async () => {
    const editor = await open("etc/gitlab-runner/config.toml");
    const { document } = editor;
    const before = document.getText();
    const above =
      'token_obtained_at = 2026-03-02T09:14:02Z\n  token_expires_at = 0001-01-01T00:00:00Z\n  executor = "docker"\n';
    moveTo(editor, positionAfter(document, above));
    equal(await commands.executeCommand("runnerProxy.generateDindScript", { target: "config.toml" }), true);
    equalText(
      document.getText(),
      before.replace(above, () => above + script),
    );
  });

  it("restart the server, which goes on looking", async () => {
    const editor = await open("etc/cntlm.conf");
    const { document } = editor;
    const rule = "cntlm-assignment-sign";
    await findingsWhen(document, (rules) => rules.includes(rule));
    await commands.executeCommand("runnerProxy.restartServer");
    await findingsWhen(document, (rules) => rules.includes(rule));
    const sign = positionAfter(document, "Domain        ");
    await editor.edit((edit) => edit.delete(new Range(sign, sign.translate(0, 1))));
    await findingsWhen(document, (rules) => !rules.includes(rule));
  });
});
