import type { Script } from "../../proxy/settings.js";
import type { ShellWord } from "../../quoting/shell.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Command } from "../command.js";
import { flag, optionValues } from "../options.js";
import { invocation } from "../program.js";
import { ownCommands } from "../script.js";

/** A request that a script makes. */
export interface HostCall {
  readonly command: Command;
  /** curl, wget, git … */
  readonly program: string;
  /** The address as the program gets it. */
  readonly address: MappedText;
  readonly scheme: string | undefined;
  /** Host and port, as far as they are known. */
  readonly host: MappedText;
  readonly port: number | undefined;
  /** The command itself says which proxy to use, or none (`--noproxy`, `-x`, `--no-proxy`). */
  readonly ownProxy: boolean;
}

/** Programs that are given an address and ask it over HTTP with the proxy variables, and the options whose value is no address. */
const programs: Readonly<
  Record<string, { readonly bare: boolean; readonly valued: RegExp; readonly own: readonly string[] }>
> = {
  curl: {
    bare: true,
    valued:
      /^(?:-[AbCcDdEeFHKmoPQrTtUuwXxYyz]|--(?:data.*|header|user|output|request|form.*|cacert|cert|key|max-time|connect-timeout|retry.*|user-agent|cookie.*|proxy.*|noproxy|write-out|config|referer|upload-file|resolve|connect-to|netrc-file|range|limit-rate|preproxy|socks.*))$/,
    own: ["--noproxy", "-x", "--proxy", "--preproxy"],
  },
  wget: {
    bare: true,
    valued:
      /^(?:-[OPoaiTtwQUeDIXABl]|--(?:output-document|directory-prefix|timeout|tries|header|user|password|post-data|post-file|user-agent|execute))$/,
    own: ["--no-proxy"],
  },
  http: { bare: false, valued: /^-[oapA]$/, own: ["--proxy"] },
  https: { bare: false, valued: /^-[oapA]$/, own: ["--proxy"] },
  git: { bare: false, valued: /^(?:-[cCbo]|--(?:branch|depth|origin))$/, own: [] },
  ab: { bare: false, valued: /^-[ncHpTtk]$/, own: ["-X"] },
  lynx: { bare: false, valued: /^$/, own: [] },
  aria2c: { bare: false, valued: /^-[do]$/, own: ["--all-proxy"] },
};

/** The addresses that a script's programs are told to ask. */
export function hostCalls(script: Script): readonly HostCall[] {
  const found: HostCall[] = [];
  for (const command of ownCommands(script)) {
    const call = invocation(command);
    const program = call && Object.hasOwn(programs, call.name) ? programs[call.name] : undefined;
    if (!call || !program) continue;
    const ownProxy =
      flag(
        call.args,
        program.own.filter((name) => name.length > 2),
      ) !== undefined || optionValues(call.args, program.own).length > 0;
    for (const word of addresses(call.args, program.valued, program.bare)) {
      const parsed = parse(word.text);
      if (parsed) found.push({ command, program: call.name, address: word.text, ownProxy, ...parsed });
    }
  }
  return found;
}

function addresses(args: readonly ShellWord[], valued: RegExp, bare: boolean): ShellWord[] {
  const found: ShellWord[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    const text = word?.text.text ?? "";
    if (!word) break;
    const url = args[at + 1];
    if (text === "--url" && url) {
      found.push(url);
      at++;
    } else if (text.startsWith("-")) at += valued.test(text) ? 1 : 0;
    else if (/^https?:\/\//i.test(text) || (bare && /^[\w.-]+(?::\d+)?(?:[/?]|$)/.test(text))) found.push(word);
  }
  return found;
}

function parse(address: MappedText): Pick<HostCall, "scheme" | "host" | "port"> | undefined {
  const match = /^(?:([a-z][a-z\d+.-]*):\/\/)?(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d{1,5}))?(?=[/?#]|$)/i.exec(
    address.text,
  );
  const host = match?.[2];
  if (!match || !host) return undefined;
  const start = match[0].length - host.length - (match[3] ? match[3].length + 1 : 0);
  return {
    scheme: match[1]?.toLowerCase(),
    host: address.slice(start, start + host.length),
    port: match[3] ? Number(match[3]) : undefined,
  };
}
