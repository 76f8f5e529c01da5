/** npm start: shows the extension at work, in the terminal and in a VS Code that any browser opens. Ctrl-C ends it. */
import { join } from "node:path";
import { ensureInstalled } from "./lib/install.mjs";
import { outputFolder, root } from "./lib/paths.mjs";
import { freePort } from "./lib/port.mjs";
import { run, runVisibly } from "./lib/run.mjs";
import { note, runMain, step } from "./lib/step.mjs";
import { startWeb, webVersion } from "./vscode/web.mjs";

const example = join("examples", "host");

/** What the page opens, in VS Code's own terms. */
const opened = [["openFile", "vscode-test-web://mount/etc/gitlab-runner/config.toml"]];

await runMain(async () => {
  await ensureInstalled();
  await step("Building", () => run("npm", ["run", "--silent", "build"]));
  await step(`Looking for mistakes in ${example}`, () =>
    runVisibly(process.execPath, [join("dist", "cli.js"), "lint", example]),
  );
  const web = await step(`Starting VS Code for the Web ${webVersion}`, async () =>
    startWeb({
      port: await freePort(3000),
      folder: join(root, example),
      extension: root,
      log: join(outputFolder, "start", "server.log"),
    }),
  );
  note(`${example} in VS Code with the extension:  ${web.url}`);
  note(`the same with config.toml opened:  ${web.url}?${new URLSearchParams({ payload: JSON.stringify(opened) })}`);
  note("Ctrl-C ends this.");
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => web.stop());
  }
  await web.ended;
});
