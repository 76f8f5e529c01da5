import { commands, l10n, window } from "vscode";
import { methods, type RegenerationResult, type ScriptParams } from "../../../server/src/protocol.js";
import { scriptPlace } from "../script-place.js";
import type { Server } from "../server.js";
import { tellNoScript } from "./edit-embedded.js";
import { insertDindScript } from "./generate-dind-script.js";

/**
 * Puts a generated script into the place of one that writes Docker's JSON, for the same proxies, once the user has seen it.
 * @param argument a place in the script; anything else is the cursor's
 * @returns whether a script was inserted
 */
export async function regenerateScript(server: Server, argument: unknown): Promise<boolean> {
  const place = await scriptPlace(argument);
  if (!place) {
    tellNoScript();
    return false;
  }
  const { document, position } = place;
  const uri = document.uri.toString();
  const params: ScriptParams = { uri, position };
  const found = await server.request<RegenerationResult>(methods.regeneration, params);
  if ("problem" in found) {
    void offerGenerator(found.problem);
    return false;
  }
  return insertDindScript(server, document, { uri, ...found }, true);
}

async function offerGenerator(problem: string): Promise<void> {
  const generate = l10n.t("Generate…");
  if ((await window.showWarningMessage(problem, generate)) === generate) {
    await commands.executeCommand("runnerProxy.generateDindScript");
  }
}
