/** What the scripts of this folder hand to each other. */

/** Variables to set and a URL to request; {A}, {B} and {T} are filled in (see cases.mjs). */
export interface Case {
  set: Record<string, string>;
  url: string;
  /** The proxies demand credentials first: git sends none unasked. */
  demandAuth?: boolean;
}

/**
 * Which proxy a request came to. `direct`: it came to none (and where the URL is {T}, it was seen there).
 * `failed`: the URL is {T} and the request came nowhere. `credentials`: those that the proxies saw, decoded.
 */
export interface Outcome {
  via: "A" | "B" | "direct" | "failed";
  credentials: string[];
}

export interface Client {
  version(): string;
  build?(): void;
  /** One process a URL … */
  command?(url: string): string[];
  env?(url: string): Record<string, string>;
  /** … or one process for all cases. */
  batch?: string[];
  /** How many run at once. */
  lanes?: number;
  /** It names the proxy and requests nothing. */
  asksOnly?: boolean;
}

export interface Answer {
  error?: string;
  proxy?: string;
}

export interface Lane {
  /** Makes one request and resolves when it is over. */
  request(env: Record<string, string>, url: string): Promise<Answer>;
  close(): void;
}

export interface CountingProxy {
  port: number;
  /** The credentials of the requests that came, decoded; `""` for none. */
  seen: Set<string>;
  /** How many connections came. */
  hits(): number;
  reset(demandAuth: boolean): void;
  close(): void;
}

type Outcomes = Record<string, string>;
export interface BypassCase {
  list: string;
  url: string;
}
export interface CredentialCase {
  part: "user" | "password";
  text: string;
}
export interface AddressCase {
  shape: string;
  address: string;
}

export interface Measured {
  versions: Record<string, string>;
  bypass: (BypassCase & { outcomes: Outcomes })[];
  variables: (Case & { outcomes: Outcomes })[];
  credentials: (CredentialCase & { outcomes: Outcomes })[];
  addresses: (AddressCase & { outcomes: Outcomes })[];
}

export interface TableData {
  date: string;
  versions: Record<string, string>;
  lists: (BypassCase & { direct: string[] })[];
  variables: Measured["variables"];
  credentials: Record<string, Outcomes>;
  addresses: Record<string, Outcomes>;
}
