import { type Message, msg } from "../text/message.js";
import { jsonText } from "./json-text.js";
import { completeValues, type ProxyValues, problemOf } from "./values.js";

export type DindTarget = "config.toml" | ".gitlab-ci.yml";
export type DindShell = "sh" | "bash" | "pwsh";

/** What to write to `.docker/config.json` in a job's container, and where the script stands. */
export interface DindScriptRequest {
  readonly target: DindTarget;
  /** `sh` unless given. */
  readonly shell?: DindShell;
  /** Of the values, those that are given count; with none, the script takes the job's variables when it runs. */
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
  /** Keep what the file already holds, logins among it. Needs jq in the job's image. */
  readonly keepAuths?: boolean;
}

export interface GeneratedScript {
  /** LF between its lines. */
  readonly script: string;
  /** The same as one list of `&&`, to be joined with what stands before; undefined where it cannot be one. */
  readonly joined?: string;
}

/** A script, or why there is none. */
export type DindScript = GeneratedScript | { readonly problem: Message };

const file = '"$HOME/.docker/config.json"';
const folder = '"$HOME/.docker"';

/**
 * The script that gives the docker client of a job its proxies. Every command stands on a line of its own: the runner's
 * shells run with `set -e`, which a command joined by `&&` to a later one escapes.
 */
export function generateDindScript(request: DindScriptRequest): DindScript {
  const { shell = "sh", keepAuths = false } = request;
  const fixed = fixedProxies(request);
  const problem = problemOf(givenProxies(request));
  if (problem) return { problem };
  if (shell !== "pwsh" && keepAuths) return { script: merging(fixed).join("\n") };
  if (shell !== "pwsh") {
    const commands = writing(fixed);
    return { script: commands.join("\n"), joined: commands.join(fixed ? " && " : " &&\n") };
  }
  if (keepAuths) return { problem: msg("Only sh and bash scripts can keep what .docker/config.json holds.") };
  return { script: powershell(fixed).join("\n") };
}

type Proxies = Readonly<Partial<Pick<ProxyValues, "httpProxy" | "httpsProxy" | "noProxy">>>;

/** The values that the script writes; undefined where it takes the job's variables when it runs. */
export function fixedProxies(request: DindScriptRequest): Proxies | undefined {
  const given = givenProxies(request);
  return Object.keys(given).length > 0 ? fixedValues(given) : undefined;
}

function givenProxies({ httpProxy, httpsProxy, noProxy }: DindScriptRequest): Proxies {
  return {
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && { noProxy }),
  };
}

/** An address given alone stands for both; a list given alone needs no address. */
function fixedValues(given: Proxies): Proxies {
  if (given.httpProxy === undefined && given.httpsProxy === undefined) return given;
  const { httpProxy, httpsProxy, noProxy } = completeValues(given, "");
  return { httpProxy, httpsProxy, noProxy };
}

/** The values are data of printf, never part of its format: no character of theirs means anything to the shell. */
function writing(fixed: Proxies | undefined): readonly string[] {
  if (fixed) {
    return [`mkdir -p ${folder}`, `printf '%s\\n' '${jsonText({ proxies: { default: fixed } })}' > ${file}`];
  }
  return [
    `mkdir -p ${folder}`,
    // POSIX: no \t or \n in sed, which some implementations take for the letters.
    `json_escape() { printf '%s' "$1" | tr -d '[:cntrl:]' | sed 's/["\\\\]/\\\\&/g'; }`,
    `printf '{"proxies":{"default":{"httpProxy":"%s","httpsProxy":"%s","noProxy":"%s"}}}\\n' \\\n` +
      `  "$(json_escape "$HTTP_PROXY")" "$(json_escape "$HTTPS_PROXY")" "$(json_escape "$NO_PROXY")" > ${file}`,
  ];
}

function merging(fixed: Proxies | undefined): readonly string[] {
  const proxies = fixed
    ? jsonText(fixed)
    : '{httpProxy: (env.HTTP_PROXY // ""), httpsProxy: (env.HTTPS_PROXY // ""), noProxy: (env.NO_PROXY // "")}';
  const next = '"$HOME/.docker/config.json.new"';
  return [
    `mkdir -p ${folder}`,
    `[ -s ${file} ] || echo '{}' > ${file}`,
    `jq '.proxies.default = ${proxies}' ${file} > ${next}`,
    `mv ${next} ${file}`,
  ];
}

/** WriteAllText writes UTF-8 without a byte-order mark in every PowerShell; the docker client takes no mark. */
function powershell(fixed: Proxies | undefined): readonly string[] {
  const write = (json: string) => `[IO.File]::WriteAllText("$HOME/.docker/config.json", ${json})`;
  const make = 'New-Item -ItemType Directory -Force -Path "$HOME/.docker" | Out-Null';
  if (fixed) return [make, write(`'${jsonText({ proxies: { default: fixed } }, true)}'`)];
  return [
    make,
    "$proxies = @{ httpProxy = $env:HTTP_PROXY; httpsProxy = $env:HTTPS_PROXY; noProxy = $env:NO_PROXY }",
    write("(@{ proxies = @{ default = $proxies } } | ConvertTo-Json -Depth 3)"),
  ];
}
