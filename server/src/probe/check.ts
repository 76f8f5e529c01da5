import type { EngineOptions } from "../options.js";
import { type Message, msg } from "../text/message.js";
import { chainOf } from "../workspace/chain.js";
import type { Document } from "../workspace/document.js";
import { type Clock, defaultLimits, type Limits, type ProbeContext } from "./context.js";
import { realClock } from "./machine/clock.js";
import { commandRunner } from "./machine/command.js";
import { readDocker0 } from "./machine/docker0.js";
import { readUnits } from "./machine/systemctl.js";
import { type Where, whereAmI } from "./machine/where.js";
import type { Result, StepId, StepResult } from "./result.js";
import { checkBootOrder } from "./steps/boot-order.js";
import { checkDocker0 } from "./steps/docker0.js";
import { checkFileModes } from "./steps/file-modes.js";
import { checkGitlab } from "./steps/gitlab.js";
import { checkListening } from "./steps/listening.js";
import { checkLoaded } from "./steps/loaded.js";
import { unitNames } from "./units.js";

interface Step {
  readonly id: StepId;
  readonly title: Message;
  run(context: ProbeContext): Promise<readonly Result[]>;
}

/** In the order in which a request depends on them. */
const steps: readonly Step[] = [
  { id: "docker0", title: msg("Address of docker0"), run: checkDocker0 },
  { id: "listening", title: msg("Ports of the proxy"), run: checkListening },
  { id: "loaded", title: msg("What systemd has loaded"), run: checkLoaded },
  { id: "gitlab", title: msg("Request to GitLab"), run: checkGitlab },
  { id: "boot-order", title: msg("Order at boot"), run: checkBootOrder },
  { id: "file-modes", title: msg("Files that hold secrets"), run: checkFileModes },
];

/** What is told while a check runs. */
export type Progress =
  | {
      readonly kind: "step";
      readonly id: StepId;
      readonly title: Message;
      readonly done: number;
      readonly total: number;
    }
  /** A command that is about to be run. */
  | { readonly kind: "command"; readonly line: string }
  /** A request that is about to be sent, or a wait before the next. */
  | { readonly kind: "note"; readonly message: Message };

export interface CheckRequest {
  /** The files of one host. */
  readonly documents: readonly Document[];
  /** Paths of files that should be among them and may not be read. */
  readonly denied?: readonly string[];
  readonly options: EngineOptions;
  readonly nameOf: (document: Document) => string;
  readonly pathOf: (document: Document) => string | undefined;
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  readonly remote?: string;
  /** The ids of the steps that are wanted; undefined: all. */
  readonly only?: ReadonlySet<string>;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
}

export interface CheckReport {
  readonly where: Where;
  readonly steps: readonly StepResult[];
  /** The commands that were run, as typed. */
  readonly commands: readonly string[];
}

/**
 * Looks at this machine, step by step, and changes nothing on it.
 * @throws the signal's reason when it is aborted
 */
export async function check(request: CheckRequest): Promise<CheckReport> {
  const {
    documents,
    denied = [],
    options,
    nameOf,
    pathOf,
    signal,
    progress,
    remote,
    only,
    clock = realClock,
  } = request;
  const limits = { ...defaultLimits, ...request.limits };
  const commands: string[] = [];
  const run = commandRunner(limits.command, signal, (line) => {
    commands.push(line);
    progress({ kind: "command", line });
  });
  const chain = chainOf(documents);
  const context: ProbeContext = {
    chain,
    documents,
    denied,
    options,
    clock,
    limits,
    signal,
    run,
    docker0: once(() => readDocker0(run)),
    units: once(() => readUnits(run, unitNames(chain))),
    nameOf,
    pathOf,
    note: (message) => progress({ kind: "note", message }),
  };
  const results: StepResult[] = [];
  const wanted = steps.filter(({ id }) => only?.has(id) ?? true);
  for (const [index, { id, title, run: runStep }] of wanted.entries()) {
    signal.throwIfAborted();
    progress({ kind: "step", id, title, done: index, total: wanted.length });
    results.push({ id, title, results: await runStep(context) });
  }
  return { where: whereAmI(remote), steps: results, commands };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** How many results are of a verdict. */
export function countOf({ steps: all }: CheckReport, verdict: Result["verdict"]): number {
  return all.flatMap(({ results }) => results).filter((result) => result.verdict === verdict).length;
}
