/**
 * What client and server say to each other beside LSP itself. The one door of the server that the client may use:
 * names, shapes and what checks them. Ranges and positions are those of LSP.
 */

export * from "./protocol/chain.js";
export * from "./protocol/change-address.js";
export * from "./protocol/check.js";
export * from "./protocol/commands.js";
export * from "./protocol/embedded.js";
export * from "./protocol/files.js";
export * from "./protocol/generate.js";
export * from "./protocol/methods.js";
export * from "./protocol/places.js";
export * from "./protocol/session.js";
export * from "./protocol/set-up.js";
