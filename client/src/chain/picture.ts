import { l10n } from "vscode";
import type { ChainResult, HopInfo, HostInfo, LinkInfo, PlaceInfo } from "../../../server/src/protocol.js";
import type { PictureData, PictureHop, PictureHost, PictureLink } from "./picture-data.js";
import { isBroken, stateText } from "./states.js";

/** Data for the page, and the places that its numbers stand for. */
export interface Picture {
  readonly data: PictureData;
  readonly places: readonly PlaceInfo[];
}

/** A proxy that hands on to another, and that to a third: more columns say no more. */
const lastColumn = 3;

export function pictureOf({ hosts }: ChainResult): Picture {
  const places: PlaceInfo[] = [];
  const numberOf = (place: PlaceInfo) => places.push(place) - 1;
  const data: PictureData = {
    hosts: hosts.map((host) => hostPicture(host, hosts.length > 1, numberOf)),
    texts: {
      title: l10n.t("Proxy chain"),
      copy: l10n.t("Copy as Mermaid"),
      empty: l10n.t("No file of this workspace says anything of a runner's proxies."),
    },
  };
  return { data, places };
}

function hostPicture(host: HostInfo, named: boolean, numberOf: (place: PlaceInfo) => number): PictureHost {
  const columns = columnsOf(host);
  const indexes = new Map(host.hops.map(({ id }, index) => [id, index]));
  const hops = host.hops.map((hop): PictureHop => {
    const state = stateText(host, hop);
    const { title, id, location } = hop;
    return {
      title,
      state,
      look: lookOf(host, hop),
      column: columns.get(id) ?? 0,
      label: state === "" ? title : `${title}: ${state}`,
      ...(location && { place: numberOf(location) }),
      links: host.links.flatMap((link): PictureLink[] => {
        const to = indexes.get(link.to);
        return link.from === id && to !== undefined ? [linkPicture(link, to, host, numberOf)] : [];
      }),
    };
  });
  return { name: named ? host.name : "", hops };
}

function linkPicture(
  { address, location, problem, broken }: LinkInfo,
  to: number,
  { hops }: HostInfo,
  numberOf: (place: PlaceInfo) => number,
): PictureLink {
  const way = l10n.t("to {0} by {1}", hops[to]?.title ?? "", address);
  return {
    to,
    address,
    ...(problem && {
      problem: { error: broken, message: problem.message, rule: problem.rule },
    }),
    label: problem ? `${way}: ${problem.message}` : way,
    place: numberOf(problem ?? location),
  };
}

function lookOf(host: HostInfo, hop: HopInfo): PictureHop["look"] {
  if (hop.state === "broken") return isBroken(host, hop) ? "error" : "warning";
  return hop.state === "proxy" ? "right" : hop.state;
}

/** Each hop stands right of all that lead to it. A cntlm that leads to itself leads nowhere. */
function columnsOf({ hops, links }: HostInfo): ReadonlyMap<string, number> {
  const columns = new Map(hops.map(({ id }) => [id, 0]));
  for (let pass = 0; pass < lastColumn; pass++) {
    for (const { from, to } of links) {
      const wanted = Math.min((columns.get(from) ?? 0) + 1, lastColumn);
      if (from !== to && wanted > (columns.get(to) ?? 0)) columns.set(to, wanted);
    }
  }
  return columns;
}
