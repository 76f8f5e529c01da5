import { commands, l10n, window } from "vscode";
import type { Server } from "../server.js";

export async function restartServer(server: Server): Promise<void> {
  try {
    await server.restart();
  } catch (error) {
    const show = l10n.t("Show Output");
    const message = error instanceof Error ? error.message : String(error);
    if ((await window.showErrorMessage(message, show)) === show) {
      await commands.executeCommand("runnerProxy.showOutput");
    }
  }
}
