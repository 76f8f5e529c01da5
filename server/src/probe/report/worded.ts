import { redact } from "../../proxy/redact.js";
import type { Localize, Message } from "../../text/message.js";
import type { CheckReport } from "../check.js";
import { wordsFor } from "../machine/where.js";
import type { StepId, Verdict } from "../result.js";

/** A report in one language and without secrets: what everything prints. */
export interface WordedReport {
  readonly where: string;
  readonly steps: readonly WordedStep[];
  readonly commands: readonly string[];
}

export interface WordedStep {
  readonly id: StepId;
  readonly title: string;
  readonly results: readonly WordedResult[];
}

export interface WordedResult {
  readonly verdict: Verdict;
  readonly message: string;
  readonly because?: string;
  readonly advice?: string;
  /** For a terminal on the machine that was checked. */
  readonly commands?: readonly string[];
}

export function worded({ where, steps, commands }: CheckReport, localize: Localize): WordedReport {
  const say = (message: Message) => redact(localize(message));
  return {
    where: say(wordsFor(where)),
    steps: steps.map(({ id, title, results }) => ({
      id,
      title: say(title),
      results: results.map(({ verdict, message, because, advice }) => ({
        verdict,
        message: say(message),
        ...(because && { because: say(because) }),
        ...(advice && { advice: say(advice.text) }),
        ...(advice?.commands && { commands: advice.commands.map(redact) }),
      })),
    })),
    commands: commands.map(redact),
  };
}
