import type { CommandWords, Words } from "./commands.js";

/** For `source` and, as a file named _runner-proxy in a folder of fpath, for compinit. */
export function completeZsh(commands: readonly CommandWords[]): string {
  const described = commands.map(({ name, description }) => `    ${quote(`${name}:${description}`)}`);
  const cases = commands.map(({ name, options, arguments: words }) => {
    const flags = options.map(({ flag, description, value }) =>
      quote(`${flag}[${escaped(description)}]${after(value)}`),
    );
    const places = words.map((word, i) =>
      quote(`${i === words.length - 1 && word === "path" ? "*" : i + 1}:${action(word)}`),
    );
    return `    ${name}) _arguments ${[...flags, "'--help[print help]'", ...places].join(" \\\n      ")} ;;`;
  });
  return `#compdef runner-proxy
_runner-proxy() {
  local -a commands=(
${described.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
if [[ $zsh_eval_context == *loadautofunc ]]; then
  _runner-proxy "$@"
else
  compdef _runner-proxy runner-proxy
fi
`;
}

function after(value: Words): string {
  return value === "nothing" ? "" : `:${action(value)}`;
}

/** A message, and what is offered. */
function action(words: Words): string {
  if (typeof words === "object") return `word:(${words.choices.join(" ")})`;
  return words === "path" ? "path:_files" : "text: ";
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
