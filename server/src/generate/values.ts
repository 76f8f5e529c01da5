import { type Message, msg } from "../text/message.js";

/** What snippets and scripts are filled with, as the program is to see it: each place adds its own quoting. */
export interface ProxyValues {
  /** IPv4 address of docker0 on the host. */
  readonly docker0: string;
  /** With a scheme: Ruby and Node's undici take no address without one. */
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Names, addresses and domains, separated by commas. */
  readonly noProxy: string;
}

/** The port that cntlm listens on by custom, and so the one behind the docker0 address. */
export const cntlmPort = 3128;

/** `docker` is dind's host name: without a port it covers 2375 and 2376 for every client. */
const bypass = "localhost,127.0.0.1,docker";

/** Fills what is not given: one proxy for both kinds of address, behind docker0 if none is named. */
export function completeValues(given: Partial<ProxyValues>, docker0Address: string): ProxyValues {
  const docker0 = given.docker0 ?? docker0Address;
  const address = given.httpProxy ?? given.httpsProxy ?? `http://${docker0}:${cntlmPort}`;
  return {
    docker0,
    httpProxy: given.httpProxy ?? address,
    httpsProxy: given.httpsProxy ?? address,
    noProxy: given.noProxy ?? bypass,
  };
}

/** Why a value cannot be written, undefined if all can: none of the places has a line break inside of a value. */
export function problemOf(values: Partial<ProxyValues>): Message | undefined {
  for (const [name, value] of Object.entries(values)) {
    if (/[\r\n]/.test(value)) return msg("{0} holds a line break; write it on one line.", name);
    if (/[\0\p{Cs}]/u.test(value)) return msg("{0} holds a character that no file can hold.", name);
  }
  return undefined;
}
