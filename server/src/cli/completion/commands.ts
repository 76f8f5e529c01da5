import type { Command, Option } from "commander";
import { rules } from "../../rules/index.js";

/** What a word on the command line may be: one of a few, a path, any text, or nothing (an option that is a switch). */
export type Words = { readonly choices: readonly string[] } | "path" | "text" | "nothing";

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** Of each argument; the last counts for all that follow. */
  readonly arguments: readonly Words[];
}

export interface OptionWords {
  /** With its dashes. */
  readonly flag: string;
  readonly description: string;
  readonly value: Words;
}

/** The commands as the program itself knows them, so that the shells never know others. */
export function describeCommands(program: Command): readonly CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap((option) => describeOption(option)),
    arguments: command.registeredArguments.map((argument) => wordsOf(argument.name(), argument.argChoices)),
  }));
}

function describeOption(option: Option): readonly OptionWords[] {
  if (!option.long) return [];
  const name = /<(.*)>/.exec(option.flags)?.[1];
  const value = name === undefined ? "nothing" : wordsOf(name, option.argChoices);
  return [{ flag: option.long, description: option.description, value }];
}

function wordsOf(name: string, choices: readonly string[] | undefined): Words {
  if (choices) return { choices };
  if (name === "id") return { choices: rules.map(({ id }) => id) };
  return name === "path" || name === "file" ? "path" : "text";
}
