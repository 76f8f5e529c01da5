import { Argument, type Command, Option } from "commander";
import {
  type DindScriptRequest,
  type DindShell,
  type DindTarget,
  generateDindScript,
} from "../../generate/dind-script.js";
import { scriptLines } from "../../generate/script-quoting.js";
import { type GivenValues, generateSnippet, isSnippetId, snippetIds } from "../../generate/snippets.js";
import { readSettings, resolveOptions } from "../../settings/settings.js";
import { english, type Message } from "../../text/message.js";
import { type ExitCode, exitCodes, UsageError } from "../exit.js";
import { openTerminal } from "../terminal.js";

interface GenerateOptions {
  readonly docker0?: string;
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** `--no-proxy LIST`: commander takes the name for the negation of `proxy`, true where the option is not given. */
  readonly proxy: string | true;
  readonly for?: DindTarget;
  readonly shell?: DindShell;
  readonly keepAuths?: boolean;
}

const dindScript = "dind-script";

export function addGenerate(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command("generate")
    .description("Print a canonical snippet, or the script that gives a job's docker client its proxies.")
    .addArgument(new Argument("<snippet>", "what to print").choices([...snippetIds, dindScript]))
    .option("--docker0 <address>", "the host's address on docker0")
    .option("--http-proxy <url>", "the proxy for http:// URLs")
    .option("--https-proxy <url>", "the proxy for https:// URLs")
    .option("--no-proxy <list>", "what is reached without a proxy")
    .addOption(
      new Option("--for <file>", `the file that a ${dindScript} is for`).choices(["config.toml", ".gitlab-ci.yml"]),
    )
    .addOption(new Option("--shell <shell>", `the shell that runs a ${dindScript}`).choices(["sh", "bash", "pwsh"]))
    .option("--keep-auths", `let a ${dindScript} keep what the file holds; needs jq in the job's image`)
    .action((snippet: string, options: GenerateOptions) => {
      openTerminal(false).print(generate(snippet, options));
      finish(exitCodes.clean);
    });
}

/** @returns the text, with a newline at its end @throws {UsageError} */
function generate(snippet: string, options: GenerateOptions): string {
  if (snippet === dindScript) return generateScript(options);
  if (!isSnippetId(snippet))
    throw new UsageError(`There is no snippet ${snippet}: ${snippetIds.join(", ")}, ${dindScript}`);
  if (options.for ?? options.shell ?? options.keepAuths) {
    throw new UsageError(`--for, --shell and --keep-auths belong to ${dindScript}`);
  }
  const made = generateSnippet(snippet, valuesOf(options), docker0Of(options));
  if ("problem" in made) throw usage(made.problem);
  return made.text;
}

function generateScript(options: GenerateOptions): string {
  const { for: target, shell, keepAuths } = options;
  if (!target) throw new UsageError(`${dindScript} needs --for config.toml or --for .gitlab-ci.yml`);
  const request: DindScriptRequest = {
    ...valuesOf(options),
    target,
    ...(shell !== undefined && { shell }),
    ...(keepAuths !== undefined && { keepAuths }),
  };
  const made = generateDindScript(request);
  if ("problem" in made) throw usage(made.problem);
  return scriptLines(made.script, target);
}

function valuesOf({ httpProxy, httpsProxy, proxy }: GenerateOptions): Omit<GivenValues, "docker0"> {
  return {
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(typeof proxy === "string" && { noProxy: proxy }),
  };
}

/** The address as the settings would take it. */
function docker0Of({ docker0 }: GenerateOptions): string {
  const { settings, problems } = readSettings(docker0 === undefined ? {} : { docker0Address: docker0 });
  const [problem] = problems;
  if (problem) throw usage(problem.message);
  return resolveOptions(settings).docker0Address;
}

function usage(message: Message): UsageError {
  return new UsageError(english(message));
}
