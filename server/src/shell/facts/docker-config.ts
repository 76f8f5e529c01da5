import type { Script } from "../../proxy/settings.js";
import type { ShellWord } from "../../quoting/shell.js";
import { blocksAround, type Command, type Element, type Redirection } from "../command.js";
import { inputOf, type Output, type OutputKind, outputOf, type Printed } from "../output.js";
import { invocation } from "../program.js";
import { ownCommands } from "../script.js";
import { pathOf, Whereabouts } from "./whereabouts.js";

/** Which configuration a script writes. `home`: the docker client's own; `variable`: below $DOCKER_CONFIG. */
export type DockerConfigPlace = "home" | "kaniko" | "variable" | "other";

/** A place of a script that writes a `.docker/config.json`. */
export interface DockerConfigWrite {
  readonly command: Command;
  /** The word that names the file. */
  readonly target: ShellWord;
  /** The file, where earlier commands (`cd`, `NAME=folder`) say what the word does not. */
  readonly path: string;
  readonly place: DockerConfigPlace;
  /** It adds to the file (`>>`, `tee -a`). */
  readonly append: boolean;
  readonly how: OutputKind | "copy";
  /** What is written, by shell. */
  readonly content: Printed;
  /** The `echo` or `printf` that prints it. */
  readonly printer?: Command;
  /** Whether the folder was made before; undefined where that is not known. */
  readonly directoryMade: boolean | undefined;
  /** A `docker login` that ran before: its credentials stand in the same file. */
  readonly loginBefore: Command | undefined;
}

const nothing: Printed = { dash: undefined, bash: undefined, busybox: undefined, differ: false };
const copies = /^(?:cp|mv|install|ln)$/;

/**
 * Every way in which a script writes `.docker/config.json`.
 * @param earlier the scripts that the same shell has run before
 */
export function dockerConfigWrites(script: Script, earlier: readonly Script[] = []): readonly DockerConfigWrite[] {
  if (!script.texts.some(({ text }) => text.includes("config.json"))) return [];
  const found: DockerConfigWrite[] = [];
  const before = new Before();
  const where = new Whereabouts();
  for (const command of earlier.flatMap(ownCommands)) before.add(command, where);
  const commands = ownCommands(script);
  const writes = where.unmoved ? writesIn(commands) : readWrites(commands, where);
  for (const command of commands) {
    for (const write of writes.get(command) ?? []) {
      found.push({ ...write, directoryMade: before.made(write), loginBefore: before.login(write) });
    }
    before.add(command, where);
  }
  return found;
}

type Write = Omit<DockerConfigWrite, "directoryMade" | "loginBefore">;

/** Several rules ask for the writes of one script: they are read once, if nothing before it matters. */
const read = new WeakMap<readonly Command[], ReadonlyMap<Command, readonly Write[]>>();

function writesIn(commands: readonly Command[]): ReadonlyMap<Command, readonly Write[]> {
  const known = read.get(commands);
  if (known) return known;
  const writes = readWrites(commands, new Whereabouts());
  read.set(commands, writes);
  return writes;
}

/** @param before where the shell is at the first command */
function readWrites(commands: readonly Command[], before: Whereabouts): ReadonlyMap<Command, readonly Write[]> {
  const where = new Whereabouts(before);
  const seen = new Set<Redirection>();
  return new Map(
    commands.map((command) => {
      const resolve = (word: ShellWord) => where.resolve(word, command);
      const writes = [...writesOf(command, seen, resolve)];
      where.follow(command);
      return [command, writes];
    }),
  );
}

type Resolve = (word: ShellWord) => string;

function* writesOf(command: Command, seen: Set<Redirection>, resolve: Resolve): Generator<Write> {
  yield* redirected(command, command, seen, resolve);
  for (const block of blocksAround(command)) yield* redirected(command, block, seen, resolve);
  const call = invocation(command);
  if (!call) return;
  if (call.name === "tee") {
    const append = call.args.some((word) => /^(?:-[a-z]*a[a-z]*|--append)$/.test(word.text.text));
    for (const target of call.args) {
      const path = resolve(target);
      const place = placeOf(path);
      if (!place) continue;
      yield { command, target, path, place, append, ...contentOf(inputOf(command)) };
    }
  } else if (copies.test(call.name)) {
    const target = call.args.at(-1);
    const path = target && resolve(target);
    const place = path && placeOf(path);
    if (place) yield { command, target, path, place, append: false, how: "copy", content: nothing };
  }
}

function* redirected(command: Command, element: Element, seen: Set<Redirection>, resolve: Resolve): Generator<Write> {
  for (const redirection of element.redirections) {
    const { operator, target, descriptor = 1 } = redirection;
    if (!target || !/^&?>>?\|?$/.test(operator) || descriptor !== 1 || seen.has(redirection)) continue;
    const path = resolve(target);
    const place = placeOf(path);
    if (!place) continue;
    seen.add(redirection);
    yield { command, target, path, place, append: operator.includes(">>"), ...contentOf(outputOf(element)) };
  }
}

function contentOf({ kind, printed, by }: Output): Pick<DockerConfigWrite, "how" | "content" | "printer"> {
  return { how: kind, content: printed, ...(by && { printer: by }) };
}

function placeOf(path: string): DockerConfigPlace | undefined {
  if (/^\$DOCKER_CONFIG\/config\.json$/.test(path)) return "variable";
  if (!path.endsWith("/.docker/config.json")) return undefined;
  const folder = path.slice(0, -"/.docker/config.json".length);
  if (folder === "$HOME" || /^\/home\/[^/]+$/.test(folder)) return "home";
  return folder === "/kaniko" ? "kaniko" : "other";
}

/** The folders of a client's configuration that a path names or lies in. */
function configFolders(path: string): readonly string[] {
  const found = /^\$DOCKER_CONFIG(?=\/|$)/.exec(path);
  const folders: string[] = found ? [found[0]] : [];
  for (const { index } of path.slice(0, longestPath).matchAll(/\/\.docker(?=\/|$)/g)) {
    folders.push(path.slice(0, index + "/.docker".length));
  }
  return folders;
}

const longestPath = 1000;

/** What the commands before a write have done, as far as it matters to the write. */
class Before {
  private readonly folders = new Set<string>();
  private relative = false;
  private mayHaveMade = false;
  private everLogin = false;
  private lastLogin: Command | undefined;

  /** @param where the shell is before the command, and afterwards behind it */
  add(command: Command, where: Whereabouts): void {
    for (const word of command.words) {
      const path = where.resolve(word, command);
      if (!/docker/i.test(path)) continue;
      this.relative ||= path === ".docker";
      for (const folder of configFolders(path)) this.folders.add(folder);
    }
    where.follow(command);
    this.mayHaveMade ||= mayMakeFolder(command);
    if (isDockerLogin(command)) {
      this.everLogin = true;
      this.lastLogin = command;
    } else if (isDockerLogout(command)) this.lastLogin = undefined;
  }

  /**
   * Whether the folder was made. The image of kaniko has its folder; `docker login` makes the client's. Any command that
   * names the folder may have made it, and so may a script of its own or a tool that keeps its own things there.
   */
  made({ place, target, path }: Write): boolean | undefined {
    if (place === "kaniko") return true;
    const home = place === "home";
    const folder = path.replace(/\/config\.json$/, "");
    if (this.folders.has(folder) || (home && (this.relative || this.everLogin))) return true;
    // The shell may be elsewhere than it seems, and a folder of its own may come from anywhere.
    if (path !== pathOf(target)) return undefined;
    return !home || this.mayHaveMade ? undefined : false;
  }

  /** The login whose credentials the file still holds when it is written. */
  login({ place }: Write): Command | undefined {
    return place === "home" || place === "variable" ? this.lastLogin : undefined;
  }
}

function mayMakeFolder(command: Command): boolean {
  const call = invocation(command);
  if (!call) return false;
  const { name, program, args } = call;
  if (name === "" || /^(?:\.|source|eval)$/.test(name) || /\.sh$|^\.{0,2}\/.*\./.test(program.text.text)) return true;
  if (/^(?:ba|da|a|z)?sh$/.test(name)) return args[0] !== undefined && !/^-[a-z]*c/.test(args[0].text.text);
  const verb = args[0]?.text.text ?? "";
  if (name === "docker") return /^(?:buildx|context|plugin|trust|scout)$/.test(verb);
  return (
    args.some(({ text }) => /^(?:login|configure-docker)$/.test(text.text)) && !/^(?:podman|buildah|helm)$/.test(name)
  );
}

function isDockerLogout(command: Command): boolean {
  const call = invocation(command);
  return call?.name === "docker" && call.args[0]?.text.text === "logout";
}

/** Whether a command is `docker login` into the client's own configuration. */
export function isDockerLogin(command: Command): boolean {
  const call = invocation(command);
  if (call?.name !== "docker") return false;
  return call.args[0]?.text.text === "login";
}
