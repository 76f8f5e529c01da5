import { parseDockerJson } from "../formats/docker-json/parse.js";
import { type DindScriptRequest, generateDindScript } from "../generate/dind-script.js";
import { withoutWriters } from "../generate/merge-script.js";
import { tomlScript } from "../generate/script-quoting.js";
import type { Script } from "../proxy/settings.js";
import { nameIn, variableOf } from "../proxy/variables.js";
import type { Command } from "../shell/command.js";
import { dockerConfigWrites } from "../shell/facts/docker-config.js";
import { invocation } from "../shell/program.js";
import { eachExpansion } from "../shell/read.js";
import { ownCommands } from "../shell/script.js";
import { lineEndingOf } from "../text/eol.js";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { ReportedFix, Rule, RuleContext } from "./rule.js";

export const dockerConfigShell: Rule = {
  id: "docker-config-shell",
  severity: "error",
  formats: ["runner-toml"],
  docs: { summary: "A script for sh under a `shell` that is PowerShell or cmd." },
  check(context) {
    for (const script of context.settings.scripts) {
      const { shell, shellName } = script;
      if (shellName === undefined || (shell !== "powershell" && shell !== "cmd")) continue;
      if (script.texts.some(({ text }) => own[shell].test(text))) continue;
      const asPosix = { ...pick(script), shell: "posix" as const };
      const sign = firstSign(asPosix, shell);
      if (!sign) continue;
      const fix = shell === "powershell" ? regenerated(context, asPosix) : undefined;
      context.report({
        span: sign,
        message: msg(
          "This is written for sh, and the runner's shell is {0}: it fails or does nothing there.",
          shellName,
        ),
        ...(fix && { fixes: [fix] }),
      });
    }
  },
};

/** What only the shell itself has: its author knew which one it is. */
const own = {
  powershell:
    /\$env:|\b(?:New-Item|Set-Content|Out-File|Write-(?:Host|Output)|Set-Item|Out-Null|ConvertTo-Json)\b|`"|@\{/i,
  cmd: /%\w+%|^\s*(?:@?echo off|set \w+=|rem )/im,
};

function pick({ key, keySpan, group, place, texts, scope }: Script): Omit<Script, "shell"> {
  return { key, keySpan, group, place, texts, ...(scope && { scope }) };
}

/** The first place that means nothing, or something else, to the other shell; in the document. */
function firstSign(script: Script, shell: "powershell" | "cmd"): Span | undefined {
  for (const command of ownCommands(script)) {
    const span = signIn(command, shell);
    if (span) return command.source.toSource(span);
  }
  return undefined;
}

function signIn(command: Command, shell: "powershell" | "cmd"): Span | undefined {
  const { source, words } = command;
  const [assignment] = command.assignments;
  if (assignment) return assignment.word.span;
  const call = invocation(command);
  if (call && /^(?:export|unset|printf|chmod|\[)$/.test(call.name)) return call.program.span;
  if (shell === "cmd" && call?.name === "mkdir" && call.args[0]?.text.text === "-p") return call.program.span;
  const escaped = words.find(({ span }) => source.text.slice(span.start, span.end).includes('\\"'));
  if (escaped && shell === "powershell") return escaped.span;
  let variable: Span | undefined;
  eachExpansion(command, ({ name, span }) => {
    // A variable of PowerShell's own where it is no proxy's.
    if (name !== undefined && (shell === "cmd" || variableOf(name))) variable ??= span;
  });
  return variable;
}

/** The same for PowerShell, where the script does nothing but write the proxies. */
function regenerated({ text }: RuleContext, script: Script): ReportedFix | undefined {
  const [only, ...more] = script.texts;
  const [write, ...others] = dockerConfigWrites(script);
  if (!only || more.length > 0 || !write?.content.bash || others.length > 0) return undefined;
  if (withoutWriters([only.text], "posix").join("").trim() !== "") return undefined;
  const request = requestOf(write.content.bash.text);
  const made = request && generateDindScript({ ...request, shell: "pwsh" });
  if (!made || "problem" in made) return undefined;
  const newText = tomlScript(made.script, lineEndingOf(text));
  return { title: msg("Write it for PowerShell"), edits: [{ span: only.sourceSpan, newText }], safe: true };
}

/** The values of the JSON: all of them written there, or all of them the variables of the same name. */
function requestOf(json: string): DindScriptRequest | undefined {
  const { endpoints, keys, problems } = parseDockerJson(json, "file:///.docker/config.json");
  const [endpoint] = endpoints;
  if (problems.length > 0 || keys.length !== 1 || endpoints.length !== 1 || endpoint?.name.text !== "default") {
    return undefined;
  }
  const values = endpoint.properties.map(({ key, value }) => [key.text, value?.text?.text] as const);
  if (!values.every(([key]) => /^(?:httpProxy|httpsProxy|noProxy)$/.test(key))) return undefined;
  const fromVariables = values.every(([key, value]) => {
    const variable = variableOf(/^\$\{?(\w+)\}?$/.exec(value ?? "")?.[1] ?? "");
    return variable !== undefined && nameIn(variable, "client-key") === key;
  });
  if (fromVariables) return { target: "config.toml" };
  if (values.some(([, value]) => value === undefined || /[$`]/.test(value))) return undefined;
  return { target: "config.toml", ...Object.fromEntries(values) };
}
