import type { Script } from "../../proxy/settings.js";
import type { ShellWord } from "../../quoting/shell.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Command } from "../command.js";
import { optionValues } from "../options.js";
import { inputOf, outputOf } from "../output.js";
import { invocation } from "../program.js";
import { ownCommands } from "../script.js";

/** A proxy that a script gives to one program by an option or a setting of its own. */
export interface ProgramProxy {
  readonly command: Command;
  /** apt, npm, pip, yarn, curl, wget, helm … */
  readonly program: string;
  /** The program's own name for it: `Acquire::http::Proxy`, `https-proxy`, `--proxy`. */
  readonly setting: string;
  readonly value: MappedText;
}

const optionNames: Readonly<Record<string, readonly string[]>> = {
  curl: ["-x", "--proxy", "--preproxy"],
  pip: ["--proxy"],
  pip3: ["--proxy"],
  npm: ["--proxy", "--https-proxy", "--noproxy"],
  yarn: ["--proxy", "--https-proxy"],
  pnpm: ["--proxy", "--https-proxy", "--noproxy"],
  gem: ["--http-proxy", "-p"],
  bundle: ["--http-proxy"],
  "apt-key": ["--keyserver-options"],
  gpg: ["--keyserver-options"],
  aria2c: ["--all-proxy", "--http-proxy", "--https-proxy"],
  conda: ["--proxy"],
};
const managers = /^(?:npm|yarn|pnpm|pip3?|composer|conda|gem)$/;
const aptOption = /^(Acquire::(?:https?|ftp)::[Pp]roxy(?:::[^=\s]+)?)=/;
const aptLine = /(Acquire::(?:https?|ftp)::Proxy(?:::[^\s"]+)?)\s+"([^"]*)"/gi;

/** Every proxy that a script gives to one program in that program's own way. */
export function programProxies(script: Script): readonly ProgramProxy[] {
  return ownCommands(script).flatMap((command) => {
    const call = invocation(command);
    if (!call) return aptFile(command);
    const { name, args } = call;
    return [
      ...byOption(command, name, args),
      ...bySetting(command, name, args),
      ...apt(command, name, args),
      ...aptFile(command),
    ];
  });
}

function byOption(command: Command, program: string, args: readonly ShellWord[]): ProgramProxy[] {
  const names = Object.hasOwn(optionNames, program) ? (optionNames[program] ?? []) : [];
  return optionValues(args, names).map(({ name, value }) => ({ command, program, setting: name, value }));
}

/** `npm config set proxy URL`, `npm config set proxy=URL`, `yarn config set httpProxy URL`, `pip config set global.proxy URL`. */
function bySetting(command: Command, program: string, args: readonly ShellWord[]): ProgramProxy[] {
  if (!managers.test(program) || args[0]?.text.text !== "config" || args[1]?.text.text !== "set") return [];
  const operands = args.slice(2).filter((word) => !word.text.text.startsWith("-"));
  const [key, value] = operands;
  if (!key) return [];
  const equals = key.text.text.indexOf("=");
  const setting = equals < 0 ? key.text.text : key.text.text.slice(0, equals);
  const given = equals < 0 ? value?.text : key.text.slice(equals + 1);
  return given && /proxy$/i.test(setting) ? [{ command, program, setting, value: given }] : [];
}

function apt(command: Command, program: string, args: readonly ShellWord[]): ProgramProxy[] {
  if (!/^(?:apt|apt-get|aptitude)$/.test(program)) return [];
  return optionValues(args, ["-o", "--option"]).flatMap(({ value }) => {
    const setting = aptOption.exec(value.text)?.[1];
    return setting ? [{ command, program: "apt", setting, value: value.slice(setting.length + 1) }] : [];
  });
}

/** Lines that a command writes into /etc/apt/apt.conf.d. */
function aptFile(command: Command): ProgramProxy[] {
  const call = invocation(command);
  const intoFile = (word: ShellWord | undefined) => /\/apt\.conf(?:\.d\/|$)/.test(word?.text.text ?? "");
  const tee = call?.name === "tee" && call.args.some(intoFile);
  if (!tee && !command.redirections.some((r) => r.operator.startsWith(">") && intoFile(r.target))) return [];
  const text = (tee ? inputOf(command) : outputOf(command)).printed.bash;
  if (!text) return [];
  return [...text.text.matchAll(aptLine)].map((match) => {
    const value = match[2] ?? "";
    const start = match.index + match[0].length - 1 - value.length;
    return { command, program: "apt", setting: match[1] ?? "", value: text.slice(start, start + value.length) };
  });
}
