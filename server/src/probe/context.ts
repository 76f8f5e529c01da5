import type { EngineOptions } from "../options.js";
import type { Message } from "../text/message.js";
import type { Chain } from "../workspace/chain.js";
import type { Document } from "../workspace/document.js";
import type { RunCommand } from "./machine/command.js";
import type { Docker0 } from "./machine/docker0.js";
import type { Units } from "./machine/systemctl.js";

/** Time and chance, which tests replace. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Resolves after so many milliseconds. @throws the signal's reason when it is aborted */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** How long things may take, in milliseconds. */
export interface Limits {
  /** One command. */
  readonly command: number;
  /** One request, from the connection to the answer. */
  readonly request: number;
  /** A request with all its repetitions and the waits between them. */
  readonly repetitions: number;
}

export const defaultLimits: Limits = { command: 10_000, request: 20_000, repetitions: 90_000 };

/** What the steps look at. */
export interface ProbeContext {
  readonly chain: Chain;
  /** Those of the host that is checked. */
  readonly documents: readonly Document[];
  /** Paths of files that should be among them and may not be read. */
  readonly denied: readonly string[];
  readonly options: EngineOptions;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly run: RunCommand;
  /** Asked of the machine once, when a step first needs it. */
  readonly docker0: () => Promise<Docker0>;
  readonly units: () => Promise<Units>;
  /** A document as people know it. */
  readonly nameOf: (document: Document) => string;
  /** Where it lies on this machine; undefined where it does not. */
  readonly pathOf: (document: Document) => string | undefined;
  /** Tells what is being done beside commands. */
  readonly note: (message: Message) => void;
}
