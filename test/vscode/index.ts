/** The suite that runs inside VS Code, the same in every host. */
import "mocha/mocha.js";
import { ConfigurationTarget, workspace } from "vscode";
import { report } from "./report";

/** What VS Code calls: runs every test, and fails when one fails. */
export async function run(): Promise<void> {
  // In a browser VS Code saves by itself, and after a refactoring everywhere: a test's edits would outlive it.
  const files = workspace.getConfiguration("files");
  await files.update("autoSave", "off", ConfigurationTarget.Global);
  await files.update("refactoring.autoSave", false, ConfigurationTarget.Global);
  mocha.setup({ ui: "bdd", timeout: 25_000, reporter: Mocha.reporters.Base });
  // The functions that these files call are there only now.
  await import("./findings.test");
  await import("./fixes.test");
  await import("./commands.test");
  await import("./help.test");
  await import("./typing.test");
  await import("./generator.test");
  await import("./chain.test");
  await import("./editing.test");
  await import("./lenses.test");
  await import("./set-up.test");
  await import("./check.test");
  await new Promise<void>((resolve, reject) => {
    // The browser build's own run() reads the page's address, which a node host lacks.
    const runner = Mocha.prototype.run.call(mocha, (failures) => {
      if (failures === 0) {
        resolve();
      } else {
        reject(new Error(`${failures} failed`));
      }
    });
    report(runner);
  });
}
