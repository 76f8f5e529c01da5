import type { ShellWord } from "../quoting/shell.js";
import type { Command } from "./command.js";

/** A program and its arguments, without what only starts it (`sudo`, `env X=Y`, `timeout 5` …). */
export interface Invocation {
  /** The program's name without its path. Empty where the script does not say it. */
  readonly name: string;
  readonly program: ShellWord;
  readonly args: readonly ShellWord[];
  /** `NAME=value` given to `env`. */
  readonly environment: readonly ShellWord[];
}

/** What runs the command that its arguments are, and which of its options take a value. */
const wrappers: Readonly<Record<string, { readonly valued?: RegExp; readonly operands?: number }>> = {
  sudo: { valued: /^-[ugpCDhRrtTU]$/ },
  env: { valued: /^-[uCS]$/ },
  command: {},
  builtin: {},
  exec: { valued: /^-a$/ },
  nohup: {},
  nice: { valued: /^-n$/ },
  ionice: { valued: /^-[cn]$/ },
  time: {},
  timeout: { valued: /^-[ks]$/, operands: 1 },
  stdbuf: { valued: /^-[ioe]$/ },
  eatmydata: {},
  busybox: {},
};

/** The value of a word, undefined where it is not known. */
export function knownText(word: ShellWord | undefined): string | undefined {
  return word && !word.text.hasUnknown() ? word.text.text : undefined;
}

const cache = new WeakMap<Command, { readonly call: Invocation | undefined }>();

/** What a command runs; undefined where it runs no program (assignments alone, `for` …). */
export function invocation(command: Command): Invocation | undefined {
  const known = cache.get(command);
  if (known) return known.call;
  const call = findInvocation(command);
  cache.set(command, { call });
  return call;
}

function findInvocation(command: Command): Invocation | undefined {
  if (command.header) return undefined;
  const { words } = command;
  const environment: ShellWord[] = [];
  let at = 0;
  for (;;) {
    const program = words[at];
    if (!program) return undefined;
    const name = baseName(knownText(program) ?? "");
    const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
    if (!wrapper) return { name, program, args: words.slice(at + 1), environment };
    at = skipOptions(words, at + 1, wrapper.valued, environment) + (wrapper.operands ?? 0);
  }
}

function skipOptions(words: readonly ShellWord[], from: number, valued: RegExp | undefined, environment: ShellWord[]) {
  let at = from;
  for (;;) {
    const word = words[at];
    const text = word?.text.text ?? "";
    if (word && /^[A-Za-z_]\w*=/.test(text)) environment.push(word);
    else if (text === "--") return at + 1;
    else if (!/^-./.test(text)) return at;
    else if (valued?.test(text)) at++;
    at++;
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
