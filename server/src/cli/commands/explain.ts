import { type Command, Option } from "commander";
import { type ClientName, clientNames } from "../../proxy/clients.js";
import { type Explanation, explain } from "../../proxy/explain.js";
import { redact } from "../../proxy/redact.js";
import { english } from "../../text/message.js";
import { type ExitCode, exitCodes, UsageError } from "../exit.js";
import { openTerminal, printable } from "../terminal.js";

interface ExplainOptions {
  readonly client?: ClientName;
  /** `--no-proxy LIST`: commander takes the name for the negation of `proxy`, true where the option is not given. */
  readonly proxy: string | true;
  readonly format: "pretty" | "json";
  readonly color: boolean;
}

export function addExplain(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command("explain")
    .description("Say whether a client asks its proxy for a URL, given its bypass list.")
    .argument("<url>", "the address of the request")
    .addOption(new Option("--client <name>", "the program that makes the request").choices(clientNames))
    .option("--no-proxy <list>", "the client's bypass list")
    .addOption(
      new Option("--format <format>", "how the answer is printed").choices(["pretty", "json"]).default("pretty"),
    )
    .option("--no-color", "print without colours")
    .action((url: string, options: ExplainOptions) => {
      const terminal = openTerminal(options.color);
      const { client, proxy } = options;
      if (client === undefined || proxy === true)
        throw new UsageError("explain needs --client NAME and --no-proxy LIST");
      const explanation = explain(url, client, proxy);
      terminal.print(options.format === "json" ? json(url, client, explanation) : pretty(url, client, explanation));
      finish(exitCodes.clean);
    });
}

function json(url: string, client: ClientName, { via, because }: Explanation): string {
  const routes = [{ hop: "command line", client, via, because: redact(english(because)) }];
  return `${JSON.stringify({ version: 1, url: redact(url), routes }, undefined, 2)}\n`;
}

function pretty(url: string, client: ClientName, { via, because }: Explanation): string {
  const way = { proxy: "through its proxy", direct: "directly", unknown: "in a way that is not known" }[via];
  return `${client} requests ${printable(redact(url))} ${way}. ${printable(redact(english(because)))}\n`;
}
