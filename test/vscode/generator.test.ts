import { commands, Range, TabInputText, type TextDocument, window } from "vscode";
import { equal, equalText, findingsWhen, moveTo, open, positionAfter } from "./support";

const config = "etc/gitlab-runner/config.toml";
const fixed = { target: "config.toml", httpProxy: "http://a.example:1", noProxy: "docker" };
const json =
  '{"proxies":{"default":{"httpProxy":"http://a.example:1","httpsProxy":"http://a.example:1","noProxy":"docker"}}}';
const mkdir = 'mkdir -p "$HOME/.docker"';
const printf = `printf '%s\\n' '${json}' > "$HOME/.docker/config.json"`;
const smallJobs = "token_obtained_at = 2026-03-02T09:14:02Z\n  token_expires_at = 0001-01-01T00:00:00Z\n";

describe("The generator", () => {
  afterEach(() => commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));

  it("replaces an old script", async () => {
    const editor = await open(config);
    const { document } = editor;
    const old = /^ {2}pre_build_script = "mkdir .*$/m.exec(document.getText())?.[0] ?? "";
    const expected = document.getText().replace(old, () => `  pre_build_script = '''\n${mkdir}\n${printf}\n'''`);
    moveTo(editor, positionAfter(document, 'name = "docker-builder"'));
    equal(await commands.executeCommand("runnerProxy.generateDindScript", fixed), true);
    equalText(document.getText(), expected);
    await findingsWhen(document, (rules) => rules.length > 0 && !rules.includes("docker-config-escaping"));
  });

  it("joins the script to a plain command", async () => {
    const editor = await open(config);
    const { document } = editor;
    const at = positionAfter(document, smallJobs);
    await editor.edit((edit) => edit.insert(at, '  pre_build_script = "update-ca-certificates"\n'));
    moveTo(editor, at);
    equal(await commands.executeCommand("runnerProxy.generateDindScript", fixed), true);
    const script = `  pre_build_script = '''\nupdate-ca-certificates && ${mkdir} && ${printf} || exit\n'''\n`;
    equalText(textFrom(document, at.line, 3), script);
  });

  it("asks, shows the layers side by side, and inserts what they show", async () => {
    const editor = await open(config);
    const { document } = editor;
    const at = positionAfter(document, smallJobs);
    moveTo(editor, at);
    const { seen, result } = await answering("workbench.action.acceptSelectedQuickOpenItem");
    equal(seen, ["Docker reads.json", "The shell reads.sh", "config.toml holds.toml"]);
    equal(result, true);
    equal(document.getText().includes('"$(json_escape "$HTTP_PROXY")"'), true);
    equal(window.tabGroups.all.length, 1);
    equal(window.activeTextEditor?.document === document, true);
  });

  it("changes nothing when it is given up at the preview", async () => {
    const editor = await open(config);
    const { document } = editor;
    const before = document.getText();
    moveTo(editor, positionAfter(document, smallJobs));
    const { seen, result } = await answering("workbench.action.closeQuickOpen");
    equal(seen.length, 3);
    equal(result, false);
    equalText(document.getText(), before);
    equal(window.tabGroups.all.length, 1);
  });
});

function textFrom(document: TextDocument, line: number, lines: number): string {
  return document.getText(new Range(line, 0, line + lines, 0));
}

/** The layers that are shown at the moment, from left to right. */
function layers(): readonly string[] {
  return window.tabGroups.all.flatMap(({ tabs }) => {
    return tabs.flatMap(({ input, label }) =>
      input instanceof TabInputText && input.uri.scheme === "runner-proxy-script" ? [label] : [],
    );
  });
}

/**
 * Runs the generator, takes the first answer to each question, and ends the preview.
 * @param end the command that answers the preview's question
 */
async function answering(end: string): Promise<{ readonly seen: readonly string[]; readonly result: unknown }> {
  let done = false;
  let seen: readonly string[] = [];
  const running = Promise.resolve(commands.executeCommand("runnerProxy.generateDindScript")).finally(() => {
    done = true;
  });
  while (!done) {
    const shown = layers();
    if (shown.length > seen.length) seen = shown;
    if (shown.length === 0 && seen.length === 0) {
      await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    } else if (shown.length === 3) await commands.executeCommand(end);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { seen, result: await running };
}
