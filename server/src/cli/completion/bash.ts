import type { CommandWords, Words } from "./commands.js";

/** Where no word is offered, bash offers paths. */
export function completeBash(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap(({ flag, value }) => (value === "nothing" ? [] : [`    "${name} ${flag}") ${answer(value)} ;;`])),
  );
  const others = commands.map(({ name, options, arguments: words }) => {
    const flags = options.map(({ flag }) => flag).join(" ");
    return `    "${name} -"*) _runner_proxy_offer "${flags} --help" ;;\n    "${name} "*) ${answer(words.at(-1) ?? "nothing")} ;;`;
  });
  return `_runner_proxy_offer() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
}
_runner_proxy() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command='' word
  COMPREPLY=()
  # bash takes the = of --option=value for a word.
  if [[ $current == = ]]; then
    current=''
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${names.join("|")}) command=$word; break ;; esac
  done
  if [[ -z $command ]]; then
    _runner_proxy_offer "${[...names, "--help", "--version"].join(" ")}"
    return
  fi
  case "$command $previous" in
${values.join("\n")}
    *) case "$command $current" in
${others.join("\n")}
    esac ;;
  esac
}
complete -o bashdefault -o default -F _runner_proxy runner-proxy
`;
}

function answer(words: Words): string {
  return typeof words === "object" ? `_runner_proxy_offer "${words.choices.join(" ")}"` : ":";
}
