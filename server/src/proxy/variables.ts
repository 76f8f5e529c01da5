/** The variables that proxy clients read, in the lower-case spelling that stands for the variable itself. */
export const proxyVariables = ["http_proxy", "https_proxy", "no_proxy", "all_proxy", "ftp_proxy"] as const;
export type ProxyVariable = (typeof proxyVariables)[number];

/** Those that hold an address (the others hold a bypass list). */
export type AddressVariable = Exclude<ProxyVariable, "no_proxy">;

/** How the name of a proxy variable is written; `key` is a key of Docker's JSON, not a variable. */
export type Spelling = "lower" | "upper" | "mixed" | "client-key" | "daemon-key";

const clientKeys: Readonly<Record<ProxyVariable, string>> = {
  http_proxy: "httpProxy",
  https_proxy: "httpsProxy",
  no_proxy: "noProxy",
  all_proxy: "allProxy",
  ftp_proxy: "ftpProxy",
};

/** daemon.json has no key for all_proxy and ftp_proxy. */
const daemonKeys: Readonly<Partial<Record<ProxyVariable, string>>> = {
  http_proxy: "http-proxy",
  https_proxy: "https-proxy",
  no_proxy: "no-proxy",
};

/** The variable that an environment name stands for, in any letter case. */
export function variableOf(name: string): ProxyVariable | undefined {
  const lower = name.toLowerCase();
  return proxyVariables.find((variable) => variable === lower);
}

/** How an environment name is spelt. */
export function spellingOf(name: string): Spelling {
  if (name === name.toLowerCase()) return "lower";
  return name === name.toUpperCase() ? "upper" : "mixed";
}

/** The name of a variable in a spelling; undefined where that place has no name for it. */
export function nameIn(variable: ProxyVariable, spelling: Spelling): string | undefined {
  switch (spelling) {
    case "upper":
      return variable.toUpperCase();
    case "client-key":
      return clientKeys[variable];
    case "daemon-key":
      return daemonKeys[variable];
    default:
      return variable;
  }
}

/** Whether the variable holds the address of a proxy. */
export function holdsAddress(variable: ProxyVariable): variable is AddressVariable {
  return variable !== "no_proxy";
}
