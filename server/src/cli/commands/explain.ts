import { type Command, Option } from "commander";
import { mermaidOf } from "../../features/chain-mermaid.js";
import { chainViews } from "../../features/chain-view.js";
import { chainsOf } from "../../features/chains.js";
import { type ClientName, clientNames } from "../../proxy/clients.js";
import { type Explanation, explain } from "../../proxy/explain.js";
import { redact } from "../../proxy/redact.js";
import { english } from "../../text/message.js";
import { hopKinds } from "../../workspace/hops.js";
import { routesOf } from "../../workspace/routes.js";
import { type ExitCode, exitCodes, UsageError } from "../exit.js";
import { loadOptions } from "../files/config.js";
import { loadProject, type Project } from "../files/project.js";
import { type FileOptions, withFileOptions } from "../options.js";
import { routesAsJson, routesAsText } from "../reporters/routes.js";
import { openTerminal, printable, type Terminal } from "../terminal.js";
import { assertRequestUrl, isRequestUrl } from "./request-url.js";

interface ExplainOptions extends FileOptions {
  readonly client?: ClientName;
  readonly from?: string;
  /** `--no-proxy LIST`: commander takes the name for the negation of `proxy`, true where the option is not given. */
  readonly proxy: string | true;
  readonly format: "pretty" | "json" | "mermaid";
}

export function addExplain(program: Command, finish: (code: ExitCode) => void): void {
  withFileOptions(program.command("explain"))
    .description("Say which way a request takes from each hop, and which line of which file says so.")
    .argument("[url]", "the address of the request; the picture (--format mermaid) needs none")
    .argument("[path...]", "files and folders, all of one call together (default: the current folder)")
    .option("--from <hop>", `one hop alone, by its name or its kind (${hopKinds.slice(0, -1).join(", ")})`)
    .addOption(new Option("--client <name>", "the program that makes the request").choices(clientNames))
    .option("--no-proxy <list>", "without files: what --client makes of this bypass list")
    .addOption(
      new Option("--format <format>", "how the answer is printed")
        .choices(["pretty", "json", "mermaid"])
        .default("pretty"),
    )
    .action((url: string | undefined, paths: string[], options: ExplainOptions) => {
      finish(explainCall(url, paths, options));
    });
}

function explainCall(url: string | undefined, paths: readonly string[], options: ExplainOptions): ExitCode {
  const { proxy, format } = options;
  if (format === "mermaid" && proxy === true)
    return drawFiles(url === undefined || isRequestUrl(url) ? paths : [url, ...paths], options);
  if (url === undefined) throw new UsageError("the URL of the request is missing: runner-proxy explain URL [PATH…]");
  assertRequestUrl(url);
  return proxy === true ? explainFiles(url, paths, options) : explainList(url, paths, proxy, options);
}

function explainList(
  url: string,
  paths: readonly string[],
  list: string,
  { client, from, format, color }: ExplainOptions,
): ExitCode {
  if (client === undefined) throw new UsageError("--no-proxy needs --client NAME");
  if (paths.length > 0 || from !== undefined || format === "mermaid")
    throw new UsageError("--no-proxy is about a list alone: leave out paths, --from and --format mermaid");
  const explanation = explain(url, client, list);
  openTerminal(color).print(format === "json" ? json(url, client, explanation) : pretty(url, client, explanation));
  return exitCodes.clean;
}

function json(url: string, client: ClientName, { via, because }: Explanation): string {
  const routes = [{ hop: "command line", client, via, because: redact(english(because)) }];
  return `${JSON.stringify({ version: 1, url: redact(url), routes }, undefined, 2)}\n`;
}

function pretty(url: string, client: ClientName, { via, because }: Explanation): string {
  const way = { proxy: "through its proxy", direct: "directly", unknown: "in a way that is not known" }[via];
  return `${client} requests ${printable(redact(url))} ${way}. ${printable(redact(english(because)))}\n`;
}

function explainFiles(url: string, paths: readonly string[], options: ExplainOptions): ExitCode {
  const terminal = openTerminal(options.color);
  const project = projectOf(paths, options, terminal);
  printRoutes(url, project, options, terminal);
  return project.incomplete ? exitCodes.failed : exitCodes.clean;
}

function drawFiles(paths: readonly string[], options: ExplainOptions): ExitCode {
  const terminal = openTerminal(options.color);
  const project = projectOf(paths, options, terminal);
  const views = chainViews(project.service, english);
  terminal.print(mermaidOf(views, (folder) => folderName(folder, project)));
  return project.incomplete ? exitCodes.failed : exitCodes.clean;
}

function projectOf(given: readonly string[], { config, stdinPath, quiet = false }: FileOptions, terminal: Terminal) {
  const paths = given.length > 0 ? given : ["."];
  const settings = loadOptions(config, paths[0] ?? ".", terminal);
  return loadProject({ paths, stdinPath, options: settings, quiet }, terminal);
}

function printRoutes(
  url: string,
  project: Project,
  { from, client, format }: ExplainOptions,
  terminal: Terminal,
): void {
  const chains = chainsOf(project.service);
  const hosts = chains.map(({ folder, chain }) => ({
    host: chains.length > 1 ? folderName(folder, project) : undefined,
    routes: routesOf(chain, url, { from, client }),
  }));
  const known = new Set(chains.flatMap(({ chain }) => chain.hops.flatMap(({ id, kind }) => [id, kind])));
  if (from !== undefined && !known.has(from))
    throw new UsageError(`there is no hop ${from} in these files; there are: ${[...known].join(", ")}`);
  const names = new Map(project.files.map(({ uri, name }) => [uri, name]));
  const nameOf = (uri: string) => names.get(uri) ?? uri;
  if (chains.length === 0) terminal.note("None of the files says anything of a hop");
  else if (hosts.every(({ routes }) => routes.length === 0))
    terminal.note("No program of these hops makes such a request");
  terminal.print(
    format === "json" ? routesAsJson(url, hosts, nameOf) : routesAsText(url, hosts, nameOf, terminal.colors),
  );
}

/** A host's folder as the names of its files have it. */
function folderName(folder: string, { files }: Project): string {
  const file = files.find(({ uri }) => uri.startsWith(folder));
  if (!file) return folder;
  const below = file.uri.length - folder.length;
  return file.name.length > below ? file.name.slice(0, file.name.length - below) : ".";
}
