/** The ports of the servers that scripts/vscode/loopback.mjs runs; none where the extension's host is no machine. */
declare const LOOPBACK: { readonly proxy: number; readonly silentProxy: number; readonly closed: number } | undefined;

export const loopback = LOOPBACK;
