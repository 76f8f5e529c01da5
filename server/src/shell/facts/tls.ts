import type { Script } from "../../proxy/settings.js";
import type { ShellWord } from "../../quoting/shell.js";
import type { Span } from "../../text/span.js";
import type { Command } from "../command.js";
import { flag } from "../options.js";
import { invocation } from "../program.js";
import { ownCommands } from "../script.js";
import { scriptAssignments } from "./assignments.js";
import { gitConfigs } from "./git-config.js";

/** A place where a script tells a program not to check certificates. */
export interface TlsOff {
  readonly command: Command;
  /** The program that is told so: git, Node.js, curl … */
  readonly program: string;
  /** In the document: the option or the assignment. */
  readonly span: Span;
}

const options: Readonly<Record<string, readonly string[]>> = {
  curl: ["-k", "--insecure", "--proxy-insecure"],
  wget: ["--no-check-certificate"],
  pip: ["--trusted-host"],
  pip3: ["--trusted-host"],
  helm: ["--insecure-skip-tls-verify"],
  kubectl: ["--insecure-skip-tls-verify"],
  executor: ["--skip-tls-verify", "--skip-tls-verify-pull", "--skip-tls-verify-registry"],
  skopeo: ["--tls-verify=false", "--src-tls-verify=false", "--dest-tls-verify=false"],
  podman: ["--tls-verify=false"],
  buildah: ["--tls-verify=false"],
  http: ["--verify=no", "--verify=false"],
};

/** What people call a program whose file has another name. */
const programNames: Readonly<Record<string, string | undefined>> = { executor: "kaniko" };

const variables: Readonly<Record<string, { readonly program: string; readonly off: RegExp }>> = {
  // git asks only whether it is there.
  GIT_SSL_NO_VERIFY: { program: "git", off: /^/ },
  NODE_TLS_REJECT_UNAUTHORIZED: { program: "Node.js", off: /^0$/ },
  PYTHONHTTPSVERIFY: { program: "Python", off: /^0$/ },
  NPM_CONFIG_STRICT_SSL: { program: "npm", off: /^false$/i },
  npm_config_strict_ssl: { program: "npm", off: /^false$/i },
  YARN_ENABLE_STRICT_SSL: { program: "yarn", off: /^(?:0|false)$/i },
};

/** Which program a variable keeps from checking certificates; undefined for any other name or value. */
export function tlsOffVariable(name: string, value: string): string | undefined {
  const known = Object.hasOwn(variables, name) ? variables[name] : undefined;
  return known?.off.test(value) ? known.program : undefined;
}

/** Every place of a script that turns the check of certificates off. */
export function tlsOff(script: Script): readonly TlsOff[] {
  const found: TlsOff[] = [];
  for (const assignment of scriptAssignments(script).assignments) {
    if (assignment.value.hasUnknown()) continue;
    const program = tlsOffVariable(assignment.name.text, assignment.value.text);
    if (program) found.push({ command: assignment.command, program, span: assignment.span });
  }
  for (const { command, name, action, value, key } of gitConfigs(script)) {
    if (action !== "set" || !/^http\.(?:.*\.)?sslverify$/.test(name)) continue;
    if (!value || !/^(?:false|0|no|off|)$/i.test(value.text)) continue;
    const end = value.sourceSpan.end;
    found.push({ command, program: "git", span: { start: key.sourceSpan.start, end } });
  }
  for (const command of ownCommands(script)) {
    const call = invocation(command);
    if (!call) continue;
    const names = Object.hasOwn(options, call.name) ? (options[call.name] ?? []) : [];
    const word = flag(call.args, names) ?? strictSsl(call.name, call.args);
    if (word)
      found.push({ command, program: programNames[call.name] ?? call.name, span: command.source.toSource(word.span) });
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** `npm config set strict-ssl false`, `--strict-ssl=false`. */
function strictSsl(program: string, args: readonly ShellWord[]): ShellWord | undefined {
  if (!/^(?:npm|yarn|pnpm)$/.test(program)) return undefined;
  const joined = args.find(({ text }) => /^(?:--)?strict-ssl=false$/.test(text.text));
  if (joined) return joined;
  const at = args.findIndex(({ text }) => /^(?:--strict-ssl|strict-ssl|enableStrictSsl)$/.test(text.text));
  return at >= 0 && args[at + 1]?.text.text === "false" ? args[at] : undefined;
}
