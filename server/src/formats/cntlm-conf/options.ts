/** What an option's value is. */
export type CntlmValueKind =
  | "text"
  | "secret"
  | "hash"
  | "auth"
  | "yes-no"
  | "number"
  | "listen" // [address:]port
  | "endpoint" // host:port
  | "tunnel" // [address:]port:host:port
  | "hosts" // wildcards, separated by commas or blanks
  | "network" // address[/bits]
  | "header" // Name: value
  | "account" // name:password
  | "file";

/** An option that cntlm, or a fork of it, reads. */
export interface CntlmOptionKind {
  readonly name: string;
  readonly value: CntlmValueKind;
  /** Every line counts; otherwise the first one does, and cntlm reports the others as ignored. */
  readonly repeatable: boolean;
  /** Read by forks alone: cntlm 0.92.3 ignores it. */
  readonly fork?: string;
}

const once = (name: string, value: CntlmValueKind): CntlmOptionKind => ({ name, value, repeatable: false });
const many = (name: string, value: CntlmValueKind): CntlmOptionKind => ({ name, value, repeatable: true });

/** The options of cntlm 0.92.3 (each measured: a name that it does not take is reported as ignored). */
export const cntlmOptions: readonly CntlmOptionKind[] = [
  once("Username", "text"),
  once("Domain", "text"),
  once("Password", "secret"),
  once("PassNTLMv2", "hash"),
  once("PassNT", "hash"),
  once("PassLM", "hash"),
  once("Auth", "auth"),
  once("Flags", "number"),
  once("Workstation", "text"),
  many("Proxy", "endpoint"),
  many("NoProxy", "hosts"),
  many("Listen", "listen"),
  once("Gateway", "yes-no"),
  many("Allow", "network"),
  many("Deny", "network"),
  many("Header", "header"),
  many("Tunnel", "tunnel"),
  many("SOCKS5Proxy", "listen"),
  many("SOCKS5Users", "account"),
  once("NTLMToBasic", "yes-no"),
  once("ISAScannerSize", "number"),
  many("ISAScannerAgent", "text"),
];

/** Options of the forks that are still worked on (read from the `config_pop` calls of versat/cntlm and Evengard/cntlm). */
export const cntlmForkOptions: readonly CntlmOptionKind[] = [
  { ...once("SSPI", "text"), fork: "cntlm for Windows" },
  { ...once("Pac", "file"), fork: "cntlm 0.93" },
];

/** Values of `Auth`, in any letter case. */
export const cntlmAuthMethods = ["NTLMv2", "NTLM2SR", "NT", "NTLM", "LM"] as const;

const all = [...cntlmOptions, ...cntlmForkOptions];
const byName = new Map(all.map((option) => [option.name, option]));
const byLowerName = new Map(all.map((option) => [option.name.toLowerCase(), option]));

/** The option of a name, in any letter case: cntlm compares with strcasecmp. */
export function cntlmOption(name: string): CntlmOptionKind | undefined {
  return byName.get(name) ?? byLowerName.get(name.toLowerCase());
}

/** The hashes that a method needs where there is no Password. */
const hashes: Readonly<Record<string, readonly string[]>> = {
  ntlmv2: ["PassNTLMv2"],
  ntlm2sr: ["PassNT"],
  nt: ["PassNT"],
  ntlm: ["PassNT", "PassLM"],
  lm: ["PassLM"],
};

/** The hashes that an `Auth` method, in any letter case, needs; undefined for a method that cntlm does not know. */
export function hashesFor(method: string): readonly string[] | undefined {
  return Object.hasOwn(hashes, method.toLowerCase()) ? hashes[method.toLowerCase()] : undefined;
}
