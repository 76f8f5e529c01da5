import type { Script } from "../../proxy/settings.js";
import type { ShellWord } from "../../quoting/shell.js";
import type { MappedText } from "../../text/mapped-text.js";
import type { Command } from "../command.js";
import { type OptionValue, optionValues } from "../options.js";
import { invocation } from "../program.js";
import { ownCommands } from "../script.js";

const clients = /^(?:docker|podman|nerdctl|buildah|kaniko|executor|docker-compose|buildctl|img|buildx)$/;

/** `--build-arg NAME=value`, or a name alone, whose value comes from the environment. */
export interface BuildArgument {
  readonly command: Command;
  readonly name: MappedText;
  readonly value: MappedText | undefined;
  readonly word: ShellWord;
}

/** What a build is given by `--build-arg`, whichever program builds. */
export function buildArguments(script: Script): readonly BuildArgument[] {
  return containerCalls(script).flatMap(({ command, args }) =>
    optionValues(args, ["--build-arg"]).map(({ value, word }) => {
      const equals = value.text.indexOf("=");
      return equals < 0
        ? { command, word, name: value, value: undefined }
        : { command, word, name: value.slice(0, equals), value: value.slice(equals + 1) };
    }),
  );
}

/** A `--driver-opt` of `docker buildx create`: one CSV record. */
export interface DriverOption extends OptionValue {
  readonly command: Command;
}

export function driverOptions(script: Script): readonly DriverOption[] {
  return containerCalls(script).flatMap(({ command, args }) =>
    optionValues(args, ["--driver-opt"]).map((option) => ({ ...option, command })),
  );
}

/** A `docker login`; the registry is undefined for Docker Hub. */
export interface DockerLogin {
  readonly command: Command;
  readonly program: string;
  readonly registry: MappedText | undefined;
}

const loginValued = /^(?:-u|--username|-p|--password|--authfile|--config)$/;

export function dockerLogins(script: Script): readonly DockerLogin[] {
  return containerCalls(script).flatMap(({ command, program, args }) => {
    if (args[0]?.text.text !== "login") return [];
    return [{ command, program, registry: firstOperand(args.slice(1), loginValued)?.text }];
  });
}

/** An image that a script pushes or pulls, with the one who connects to its registry. */
export interface ImageTransfer {
  readonly command: Command;
  readonly action: "push" | "pull";
  /** `daemon`: dockerd connects, with its service's variables; `job`: the program itself does, with the job's. */
  readonly by: "daemon" | "job";
  readonly image: MappedText;
}

const daemonless = /^(?:podman|buildah|nerdctl|img)$/;

export function imageTransfers(script: Script): readonly ImageTransfer[] {
  return containerCalls(script).flatMap(({ command, program, args }): ImageTransfer[] => {
    if (program === "executor" || program === "kaniko") {
      const push = optionValues(args, ["--destination", "-d", "--cache-repo"]);
      return push.map(({ value }) => ({ command, action: "push", by: "job", image: value }));
    }
    const verb = args[0]?.text.text === "image" ? 1 : 0;
    const action = args[verb]?.text.text;
    if (action !== "push" && action !== "pull") return [];
    const operands = args.slice(verb + 1).filter((word) => !word.text.text.startsWith("-"));
    const by = daemonless.test(program) ? "job" : "daemon";
    // buildah push IMAGE DESTINATION: the last operand is where it goes.
    const image = action === "push" ? operands.at(-1) : operands[0];
    return image ? [{ command, action, by, image: withoutTransport(image.text) }] : [];
  });
}

function withoutTransport(image: MappedText): MappedText {
  const transport = /^docker:\/\//.exec(image.text)?.[0];
  return transport ? image.slice(transport.length) : image;
}

function firstOperand(args: readonly ShellWord[], valued: RegExp): ShellWord | undefined {
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (!word?.text.text.startsWith("-")) return word;
    if (valued.test(word.text.text)) at++;
  }
  return undefined;
}

const globalValued = /^(?:-H|-l|-c|--host|--config|--context|--log-level|--tlscacert|--tlscert|--tlskey)$/;

/** The calls of container tools, without the options that stand in front of what the tool is to do. */
function containerCalls(script: Script) {
  return ownCommands(script).flatMap((command) => {
    const call = invocation(command);
    if (!call || !clients.test(call.name)) return [];
    let at = 0;
    if (call.name !== "executor" && call.name !== "kaniko") {
      for (let text = call.args[at]?.text.text; text?.startsWith("-"); text = call.args[at]?.text.text) {
        at += globalValued.test(text) ? 2 : 1;
      }
    }
    return [{ command, program: call.name, args: call.args.slice(at) }];
  });
}
