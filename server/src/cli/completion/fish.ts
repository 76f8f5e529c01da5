import type { CommandWords, Words } from "./commands.js";

export function completeFish(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, description, options, arguments: words }) => {
    const within = `complete -c runner-proxy -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
    const last = words.at(-1) ?? "nothing";
    return [
      `complete -c runner-proxy -n __fish_use_subcommand -f -a ${name} -d ${quote(description)}`,
      `${within}${last === "path" ? " -F" : ` -f${choices(last)}`}`,
      ...options.map(
        ({ flag, description: text, value }) => `${within} -l ${flag.slice(2)}${taken(value)} -d ${quote(text)}`,
      ),
    ];
  });
  return `${lines.join("\n")}\n`;
}

function taken(value: Words): string {
  if (value === "nothing") return "";
  return value === "path" ? " -r -F" : ` -x${choices(value)}`;
}

function choices(words: Words): string {
  return typeof words === "object" ? ` -a ${quote(words.choices.join(" "))}` : "";
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
