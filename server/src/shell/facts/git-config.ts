import type { Script } from "../../proxy/settings.js";
import type { ShellWord } from "../../quoting/shell.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Command } from "../command.js";
import { invocation } from "../program.js";
import { ownCommands } from "../script.js";

/** A variable of git that a script sets, takes away or reads. */
export interface GitConfig {
  readonly command: Command;
  readonly action: "set" | "unset" | "get";
  readonly key: MappedText;
  /** Section and variable in lower case, as git compares them; the part between keeps its letters. */
  readonly name: string;
  readonly value: MappedText | undefined;
  /** `git -c name=value`: for one command. */
  readonly once: boolean;
}

const valued = /^(?:-f|--file|--type|--default|--blob|--comment|--value|-t)$/;

/** Every `git config` and `git -c` of a script. */
export function gitConfigs(script: Script): readonly GitConfig[] {
  return ownCommands(script).flatMap((command) => {
    const call = invocation(command);
    return call?.name === "git" ? [...options(command, call.args), ...setting(command, call.args)] : [];
  });
}

/** The last variable of git with this name, compared as git does. */
export function gitName(key: string): string {
  const first = key.indexOf(".");
  const last = key.lastIndexOf(".");
  if (first < 0) return key.toLowerCase();
  return key.slice(0, first).toLowerCase() + key.slice(first, last) + key.slice(last).toLowerCase();
}

function options(command: Command, args: readonly ShellWord[]): GitConfig[] {
  const found: GitConfig[] = [];
  for (let at = 0; at < args.length && /^-/.test(args[at]?.text.text ?? ""); at++) {
    if (!/^-[cC]$/.test(args[at]?.text.text ?? "")) continue;
    const word = args[at + 1];
    if (word && args[at]?.text.text === "-c") {
      const equals = word.text.text.indexOf("=");
      const key = equals < 0 ? word.text : word.text.slice(0, equals);
      const value = equals < 0 ? undefined : word.text.slice(equals + 1);
      found.push({ command, action: "set", key, name: gitName(key.text), value, once: true });
    }
    at++;
  }
  return found;
}

function setting(command: Command, args: readonly ShellWord[]): GitConfig[] {
  let at = 0;
  while (at < args.length && /^-/.test(args[at]?.text.text ?? ""))
    at += /^-[cC]$/.test(args[at]?.text.text ?? "") ? 2 : 1;
  if (args[at]?.text.text !== "config") return [];
  const operands: ShellWord[] = [];
  let action: GitConfig["action"] | undefined;
  for (at++; at < args.length; at++) {
    const word = args[at];
    const text = word?.text.text ?? "";
    if (!word) break;
    if (operands.length === 0 && /^(?:set|unset|get|list|edit|rename-section|remove-section)$/.test(text)) {
      action = text === "set" || text === "unset" ? text : "get";
    } else if (operands.length > 0 || !text.startsWith("-")) operands.push(word);
    else if (/^--unset(?:-all)?$|^--remove-section$/.test(text)) action = "unset";
    else if (/^(?:--get.*|--list|-l|-e|--edit)$/.test(text)) action = "get";
    else if (valued.test(text)) at++;
  }
  const [key, value] = operands;
  if (!key) return [];
  const done = action ?? (value ? "set" : "get");
  return [{ command, action: done, key: key.text, name: gitName(key.text.text), value: value?.text, once: false }];
}
