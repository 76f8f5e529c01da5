import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { type Message, msg } from "../../text/message.js";

/** Where a check ran: its results hold for no other place. */
export interface Where {
  readonly host: string;
  readonly container: boolean;
  /** What the editor calls its connection: `ssh-remote`, `dev-container` … */
  readonly remote?: string;
}

/** @param remote the editor's connection, if there is one */
export function whereAmI(remote?: string): Where {
  // Docker and Podman leave these files; systemd-nspawn and others name themselves to the processes that they start.
  const container =
    existsSync("/.dockerenv") || existsSync("/run/.containerenv") || (process.env.container ?? "") !== "";
  return { host: hostname(), container, ...(remote !== undefined && remote !== "" && { remote }) };
}

export function wordsFor({ host, container, remote }: Where): Message {
  if (remote !== undefined) {
    return container ? msg("the container {0}, by {1}", host, remote) : msg("the machine {0}, by {1}", host, remote);
  }
  return container ? msg("the container {0}", host) : msg("this machine, {0}", host);
}
