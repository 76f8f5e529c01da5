/** What stands before the names of commands that the client of this product has itself. */
export const clientPrefix = "runnerProxy.";

/**
 * The commands that the server runs by `workspace/executeCommand`, for editors without a client of this product. VS Code
 * registers them beside the client's own, hence the prefix.
 */
export const serverPrefix = "runnerProxy.server.";

export const serverCommandNames = [
  "setUp",
  "changeProxyAddress",
  "regenerateScript",
  "readEmbedded",
  "writeEmbedded",
  "showDecoded",
  "explainRoute",
  "installCommands",
] as const;
export type ServerCommandName = (typeof serverCommandNames)[number];
