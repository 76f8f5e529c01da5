import { type Message, msg } from "../../text/message.js";

let made: Readonly<Record<string, Message>> | undefined;

/** What an option of cntlm does. @param name in any letter case */
export function cntlmOptionMeaning(name: string): Message | undefined {
  made ??= texts();
  const key = name.toLowerCase();
  return Object.hasOwn(made, key) ? made[key] : undefined;
}

/** By name in lower case. */
function texts(): Readonly<Record<string, Message>> {
  return {
    username: msg("Account at the parent proxy, without its domain."),
    domain: msg("Domain of the account. Without it, cntlm sends an empty one."),
    password: msg("Password in clear text. A hash is safer: see PassNTLMv2."),
    passntlmv2: msg("Hash for NTLMv2, as `cntlm -H` prints it. It depends on user and domain too."),
    passnt: msg("Hash for the methods NT, NTLM2SR and NTLM."),
    passlm: msg("Hash for the methods LM and NTLM, which are easy to break."),
    auth: msg("How cntlm logs in at the parent proxy; NTLMv2 unless given."),
    flags: msg("Flags of NTLM as a number, for parent proxies that need others."),
    workstation: msg("Name of this machine as the parent proxy is told."),
    proxy: msg(
      "Parent proxy, host:port without http://. Of several lines, the next is taken when one does not answer.",
    ),
    noproxy: msg(
      "Hosts that cntlm connects to itself, past the parent proxy. Wildcards * and ?; commas or blanks between. It is not NO_PROXY: a name covers itself alone.",
    ),
    listen: msg(
      "Where clients reach cntlm: a port is one of 127.0.0.1, which containers do not reach; address:port with docker0's address is one that they do.",
    ),
    gateway: msg("With yes, a Listen that names a port alone is open on every interface."),
    allow: msg("Clients that are let in: an address, or a network with /bits. The first line that fits counts."),
    deny: msg("Clients that are turned away: an address, or a network with /bits. The first line that fits counts."),
    header: msg("A header of requests that cntlm sets or replaces."),
    tunnel: msg("[address:]port:host:port: a port here that leads to a host behind the parent proxy."),
    socks5proxy: msg("A port, or address:port, at which cntlm is a SOCKS5 proxy."),
    socks5users: msg("name:password of a user of the SOCKS5 proxy. A secret."),
    ntlmtobasic: msg("With yes, clients log in at cntlm, which passes their account on."),
    isascannersize: msg("Size in kilobytes below which cntlm hides the page of a virus scanner that waits."),
    isascanneragent: msg("A client, by a part of its User-Agent, that gets the scanner's page hidden."),
  };
}
