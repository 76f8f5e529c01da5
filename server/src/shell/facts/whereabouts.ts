import type { ShellWord } from "../../quoting/shell.js";
import { type Block, blocksAround, type Command, isConditional, lasts } from "../command.js";
import { invocation } from "../program.js";

/** Names that stand for a place themselves. */
const places = /^(?:HOME|DOCKER_CONFIG|PWD)$/;

/** A path with the home folder written in one way and without a slash at the end. */
function normal(path: string): string {
  return path
    .replace(/\$\{(\w+)\}/g, "$$$1")
    .replace(/^(?:~|\/root)(?=\/|$)/, "$HOME")
    .replace(/\/{2,}/g, "/")
    .replace(/(?<=.)\/$/, "");
}

/** The path that a word writes, whatever was done before. */
export function pathOf(word: ShellWord): string {
  return normal(word.text.text);
}

/** Where a shell is, and which paths its variables hold, after the commands that it was told of. */
export class Whereabouts {
  /** Of the shell itself; undefined: not known, as at the start. */
  private folder: string | undefined;
  /** Of blocks with a shell of their own. */
  private readonly inner: Map<Block, string | undefined>;
  private readonly variables: Map<string, string>;

  constructor(before?: Whereabouts) {
    this.folder = before?.folder;
    this.inner = new Map(before?.inner);
    this.variables = new Map(before?.variables);
  }

  /** Nothing is known that a word does not say itself. */
  get unmoved(): boolean {
    return this.folder === undefined && this.inner.size === 0 && this.variables.size === 0;
  }

  follow(command: Command): void {
    if (command.assignments.length > 0) this.assign(command);
    const name = command.words[0]?.text.text;
    if (name === "cd" || name === "pushd" || name === "popd") this.move(command);
  }

  /** The path of a word in a command that comes next. */
  resolve(word: ShellWord, command: Command): string {
    const path = this.expanded(pathOf(word));
    if (this.folder === undefined && this.inner.size === 0) return path;
    if (path === "" || /^[/$~-]/.test(path)) return path;
    const folder = this.folderOf(command);
    return folder === undefined ? path : normal(`${folder}/${path.replace(/^(?:\.\/)+/, "")}`);
  }

  private expanded(path: string): string {
    if (this.variables.size === 0) return path;
    return path.replace(/^\$(\w+)(?=\/|$)/, (all, name: string) => this.variables.get(name) ?? all);
  }

  private folderOf(command: Command): string | undefined {
    for (const block of blocksAround(command)) if (this.inner.has(block)) return this.inner.get(block);
    return this.folder;
  }

  private assign(command: Command): void {
    for (const { name, value, append } of command.assignments) {
      const variable = name.text;
      this.variables.delete(variable);
      if (append || places.test(variable) || command.words.length > 0 || isConditional(command) || !lasts(command)) {
        continue;
      }
      const path = this.expanded(normal(value.text));
      if (isPath(path)) this.variables.set(variable, path);
    }
  }

  /** Of `pushd` and `popd`, and of a `cd` that may not happen, it is not known where they lead. */
  private move(command: Command): void {
    const call = invocation(command);
    const [target, ...more] = call?.args ?? [];
    const given = target ? this.resolve(target, command) : "$HOME";
    const sure = call?.name === "cd" && more.length === 0 && isPath(given);
    const folder = sure && !command.block.conditional && command.before?.operator !== "||" ? given : undefined;
    if (lasts(command)) this.folder = folder;
    else if (command.block.kind === "subshell" || command.context.subshell) this.inner.set(command.block, folder);
  }
}

/** A path that no variable but the home folder's decides. */
function isPath(path: string): boolean {
  return /^(?:\/|\$HOME(?:\/|$))[^$`]*$/.test(path);
}
