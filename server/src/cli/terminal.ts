import { createColors } from "picocolors";
import { Progress } from "./progress.js";

export type Colors = ReturnType<typeof createColors>;

/** Where a command prints. */
export interface Terminal {
  readonly colors: Colors;
  /** The result, on standard output. `text` ends with a newline. */
  print(text: string): void;
  /** One line beside the result, on standard error. */
  note(line: string): void;
  /** How far a long run is. */
  readonly progress: Progress;
}

/** @param color whether colours are wanted where the output is a terminal */
export function openTerminal(color: boolean): Terminal {
  const { env, stdout, stderr } = process;
  const dumb = env.TERM === "dumb";
  const colored = color && !env.NO_COLOR && !dumb && stdout.isTTY === true;
  const progress = new Progress(stderr.isTTY && !dumb ? (text) => void stderr.write(text) : undefined);
  return {
    progress,
    colors: createColors(colored),
    print: (text) => {
      progress.clear();
      stdout.write(text);
    },
    note: (line) => {
      progress.clear();
      stderr.write(`${printable(line)}\n`);
    },
  };
}

/** A text from a file or a file's name as one line that a terminal takes for plain characters. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\r") return "\\r";
    if (character === "\t") return "\\t";
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
