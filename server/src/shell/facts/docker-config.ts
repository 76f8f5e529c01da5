import type { Script } from "../../proxy/settings.js";
import type { ShellWord } from "../../quoting/shell.js";
import { blocksAround, type Command, type Element, type Redirection } from "../command.js";
import { inputOf, type Output, type OutputKind, outputOf, type Printed } from "../output.js";
import { invocation } from "../program.js";
import { ownCommands } from "../script.js";

/** Which configuration a script writes. `home`: the docker client's own; `variable`: below $DOCKER_CONFIG. */
export type DockerConfigPlace = "home" | "kaniko" | "variable" | "other";

/** A place of a script that writes a `.docker/config.json`. */
export interface DockerConfigWrite {
  readonly command: Command;
  /** The word that names the file. */
  readonly target: ShellWord;
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
  for (const command of earlier.flatMap(ownCommands)) before.add(command);
  const commands = ownCommands(script);
  const writes = writesIn(commands);
  for (const command of commands) {
    for (const write of writes.get(command) ?? []) {
      found.push({ ...write, directoryMade: before.made(write), loginBefore: before.login(write) });
    }
    before.add(command);
  }
  return found;
}

type Write = Omit<DockerConfigWrite, "directoryMade" | "loginBefore">;

/** Several rules ask for the writes of one script: they are read once. */
const read = new WeakMap<readonly Command[], ReadonlyMap<Command, readonly Write[]>>();

function writesIn(commands: readonly Command[]): ReadonlyMap<Command, readonly Write[]> {
  const known = read.get(commands);
  if (known) return known;
  const seen = new Set<Redirection>();
  const writes = new Map(commands.map((command) => [command, [...writesOf(command, seen)]]));
  read.set(commands, writes);
  return writes;
}

function* writesOf(command: Command, seen: Set<Redirection>): Generator<Write> {
  yield* redirected(command, command, command.redirections, seen);
  for (const block of blocksAround(command)) yield* redirected(command, block, block.redirections, seen);
  const call = invocation(command);
  if (!call) return;
  if (call.name === "tee") {
    const append = call.args.some((word) => /^(?:-[a-z]*a[a-z]*|--append)$/.test(word.text.text));
    for (const target of call.args) {
      const place = placeOf(target);
      if (!place) continue;
      yield { command, target, place, append, ...contentOf(inputOf(command)) };
    }
  } else if (copies.test(call.name)) {
    const target = call.args.at(-1);
    const place = target && placeOf(target);
    if (place) yield { command, target, place, append: false, how: "copy", content: nothing };
  }
}

function* redirected(
  command: Command,
  element: Element,
  redirections: readonly Redirection[],
  seen: Set<Redirection>,
): Generator<Write> {
  for (const redirection of redirections) {
    const { operator, target, descriptor = 1 } = redirection;
    if (!target || !/^&?>>?\|?$/.test(operator) || descriptor !== 1 || seen.has(redirection)) continue;
    const place = placeOf(target);
    if (!place) continue;
    seen.add(redirection);
    yield { command, target, place, append: operator.includes(">>"), ...contentOf(outputOf(element)) };
  }
}

function contentOf({ kind, printed, by }: Output): Pick<DockerConfigWrite, "how" | "content" | "printer"> {
  return { how: kind, content: printed, ...(by && { printer: by }) };
}

/** A path with the home folder written in one way and without a slash at the end. */
function normalPath(word: ShellWord): string {
  return word.text.text
    .replace(/\$\{(\w+)\}/g, "$$$1")
    .replace(/^(?:~|\/root)(?=\/|$)/, "$HOME")
    .replace(/\/{2,}/g, "/")
    .replace(/(?<=.)\/$/, "");
}

function placeOf(target: ShellWord): DockerConfigPlace | undefined {
  const path = normalPath(target);
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

  add(command: Command): void {
    for (const word of command.words) {
      if (!/docker/i.test(word.text.text)) continue;
      const path = normalPath(word);
      this.relative ||= path === ".docker";
      for (const folder of configFolders(path)) this.folders.add(folder);
    }
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
  made({ place, target }: Write): boolean | undefined {
    if (place === "kaniko") return true;
    const home = place === "home";
    const folder = normalPath(target).replace(/\/config\.json$/, "");
    if (this.folders.has(folder) || (home && (this.relative || this.everLogin))) return true;
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
