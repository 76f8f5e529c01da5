import type { PlaceInfo, ProblemInfo } from "./places.js";
import { hasTexts } from "./validate.js";

/** Someone on the way of a request. */
export interface HopInfo {
  /** Unique in its host. */
  readonly id: string;
  readonly title: string;
  /**
   * `proxy`: its requests go on to a proxy, or it is one; `direct`: it has none; `unknown`: the files do not say;
   * `broken`: an error or a warning stands at what it is given.
   */
  readonly state: "proxy" | "direct" | "unknown" | "broken";
  readonly location?: PlaceInfo;
  readonly problems: readonly ProblemInfo[];
}

/** The address by which one hop hands its requests to another. */
export interface LinkInfo {
  /** Ids of hops. */
  readonly from: string;
  readonly to: string;
  /** Host and port, without credentials. */
  readonly address: string;
  readonly location: PlaceInfo;
  readonly problem?: ProblemInfo;
  /** Because of the problem nothing comes through. */
  readonly broken: boolean;
}

/** The chain of a host. */
export interface HostInfo {
  /** For people: its folder as the workspace has it. */
  readonly name: string;
  /** Its documents: other requests name the host by any of them. */
  readonly uris: readonly string[];
  readonly hops: readonly HopInfo[];
  readonly links: readonly LinkInfo[];
  /** Where its runners find GitLab, each once. */
  readonly gitlabUrls: readonly string[];
}

export interface ChainResult {
  readonly hosts: readonly HostInfo[];
  /** All of it in Mermaid's language. */
  readonly mermaid: string;
}

export interface ExplainRouteParams {
  /** What is requested. */
  readonly url: string;
  /** A document of the host that is asked about; all hosts where none is named. */
  readonly uri?: string;
}

/** The way that some of a hop's clients take, and what says so. */
export interface WayInfo {
  readonly clients: readonly string[];
  readonly via: "proxy" | "direct" | "unknown";
  /** Without credentials. */
  readonly proxy?: string;
  readonly because: string;
  readonly location?: PlaceInfo;
}

export interface ExplainRouteResult {
  /** As asked, without credentials. */
  readonly url: string;
  readonly hosts: readonly {
    readonly name: string;
    readonly hops: readonly { readonly title: string; readonly ways: readonly WayInfo[] }[];
  }[];
}

/** Whether a value from outside is an {@link ExplainRouteParams}. */
export function isExplainRouteParams(value: unknown): value is ExplainRouteParams {
  return hasTexts(value, ["url"], ["uri"]);
}
