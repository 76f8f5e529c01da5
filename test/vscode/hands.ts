import { env } from "vscode";

/** Whether somebody sits at VS Code's own window: scripts/vscode/hands.mjs, where a page shows it. */
export const hasHands = env.appHost !== "desktop";

/** Types a text into a field of the window, in the place of what it holds, and presses a key. */
export function typeInto(field: string, text: string, key: string): void {
  ask({ field, text, key });
}

/** Applies the edits of VS Code's preview once that shows these files, the first ones. The run fails where it does not. */
export function applyPreview(files: readonly string[]): void {
  ask({ part: ".bulk-edit-panel", texts: files, button: "Apply" });
}

function ask(request: object): void {
  console.log(`[hands] ${JSON.stringify(request)}`);
}
