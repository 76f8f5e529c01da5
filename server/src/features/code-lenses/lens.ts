import type { Range } from "../../text/line-index.js";
import type { Message } from "../../text/message.js";

/** What a click on a lens does: the name of a command, without what stands before it in a client's or the server's list. */
export type LensCommand = "explainRoute" | "showDecoded" | "regenerateScript" | "editEmbedded";

/** A command that is offered above a line. */
export interface Lens {
  readonly range: Range;
  readonly title: Message;
  readonly command: LensCommand;
  /** The command's one argument, as JSON. */
  readonly argument: object;
}
