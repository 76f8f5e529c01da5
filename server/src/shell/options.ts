import type { ShellWord } from "../quoting/shell.js";
import type { MappedText } from "../text/mapped-text.js";

/** An option of a program with the value that it is given. */
export interface OptionValue {
  /** As it is written: `--build-arg`, `-x`. */
  readonly name: string;
  readonly value: MappedText;
  /** The word that holds the value. */
  readonly word: ShellWord;
  /** Index of that word among the arguments. */
  readonly at: number;
}

/**
 * The values of options among arguments: `--name value`, `--name=value`, and for a one-letter option `-xvalue` too.
 * `names` are whole, dashes included.
 */
export function optionValues(args: readonly ShellWord[], names: readonly string[]): OptionValue[] {
  const found: OptionValue[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    const text = word?.text.text ?? "";
    if (!word || !text.startsWith("-")) continue;
    for (const name of names) {
      const next = args[at + 1];
      if (text === name && next) found.push({ name, value: next.text, word: next, at: at + 1 });
      else if (text.startsWith(`${name}=`)) found.push({ name, value: word.text.slice(name.length + 1), word, at });
      else if (name.length === 2 && text.length > 2 && text.startsWith(name)) {
        found.push({ name, value: word.text.slice(2), word, at });
      } else continue;
      break;
    }
  }
  return found;
}

/** The first of the words that is one of `names`; `-k` is also found among joined letters (`-sSk`). */
export function flag(args: readonly ShellWord[], names: readonly string[]): ShellWord | undefined {
  return args.find(({ text: { text } }) =>
    names.some(
      (name) => text === name || (name.length === 2 && /^-[A-Za-z]+$/.test(text) && text.includes(name.charAt(1))),
    ),
  );
}
