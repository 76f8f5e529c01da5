import type { HostWays, WayView } from "../../features/explain-route.js";
import { redact } from "../../proxy/redact.js";
import { type Localize, type Message, msg } from "../../text/message.js";
import { pathOf } from "../../text/uri.js";

/** The ways of a request as plain text: a block for each hop, a pair of lines for each way. */
export function routeText(
  url: string,
  hosts: readonly HostWays[],
  nameOf: (folder: string) => string,
  localize: Localize,
): string {
  const lines = [localize(msg("The way of {0}", redact(url))), ""];
  if (hosts.length === 0) lines.push(localize(msg("No file of this workspace says anything of a runner's proxies.")));
  for (const { folder, hops } of hosts) {
    if (hosts.length > 1) lines.push(`# ${nameOf(folder)}`, "");
    for (const { title, ways } of hops) lines.push(title, ...ways.flatMap((way) => wayLines(way, localize)), "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function wayLines(way: WayView, localize: Localize): readonly string[] {
  const { clients, because, location } = way;
  const where = location
    ? `${pathOf(location.uri)}:${location.range.start.line + 1}:${location.range.start.character + 1}  `
    : "";
  return [`    ${localize(viaText(way))}: ${clients.join(", ")}`, `        ${where}${because}`];
}

function viaText({ via, proxy }: WayView): Message {
  switch (via) {
    case "proxy":
      return msg("through {0}", proxy ?? "");
    case "direct":
      return msg("direct");
    case "unknown":
      return msg("not known");
  }
}
