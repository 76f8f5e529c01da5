export type { Expansion } from "./shell/expansion.js";
export { hasDefault, readExpansion, setsDefault } from "./shell/expansion.js";
export type { HereDocument } from "./shell/heredoc.js";
export { readHereDocument } from "./shell/heredoc.js";
export { quoteShellWord, shellLayer } from "./shell/layer.js";
export type { Dialect } from "./shell/source.js";
export { dialects, ShellSource } from "./shell/source.js";
export type { ShellWord } from "./shell/word.js";
export { endsWord, joinWords, readWord } from "./shell/word.js";
