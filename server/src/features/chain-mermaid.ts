import type { HopView, HostView, LinkView } from "./chain-view.js";

/**
 * A flowchart in Mermaid's language, for a ticket: hops as boxes, the address on each arrow, what is wrong with it in the
 * rule's words. Broken links are red, doubtful ones amber.
 * @param nameOf the name of a host's folder, written where there are several hosts
 */
export function mermaidOf(hosts: readonly HostView[], nameOf: (folder: string) => string): string {
  const lines = ["flowchart LR"];
  const broken: number[] = [];
  const doubtful: number[] = [];
  let links = 0;
  for (const [index, host] of hosts.entries()) {
    const ids = new Map(host.hops.map(({ id }, at) => [id, `h${index}n${at}`]));
    const several = hosts.length > 1;
    if (several) lines.push(`  subgraph h${index}[${quoted(nameOf(host.folder))}]`);
    const indent = several ? "    " : "  ";
    for (const hop of host.hops) lines.push(`${indent}${ids.get(hop.id) ?? ""}[${quoted(box(hop))}]`);
    for (const link of host.links) {
      lines.push(`${indent}${ids.get(link.from) ?? ""} -->|${quoted(label(link))}| ${ids.get(link.to) ?? ""}`);
      if (link.problem) (link.broken ? broken : doubtful).push(links);
      links++;
    }
    if (several) lines.push("  end");
  }
  if (doubtful.length > 0) lines.push(`  linkStyle ${doubtful.join(",")} stroke:#b80`);
  if (broken.length > 0) lines.push(`  linkStyle ${broken.join(",")} stroke:#c00,stroke-width:3px`);
  return `${lines.join("\n")}\n`;
}

function box({ title, state }: HopView): string {
  return state === "direct" || state === "unknown" ? `${title}: ${state}` : title;
}

function label({ address, problem }: LinkView): string {
  return problem ? `${address} ✗ ${problem.message} [${problem.rule}]` : address;
}

/** A text in quotes; what Mermaid or HTML would take for its own is written as a character's number. */
function quoted(text: string): string {
  const plain = text.replace(
    /[^\p{L}\p{N} .,:;!?()/_@+=\u2717\u2026\u2013-]/gu,
    (character) => `#${character.codePointAt(0) ?? 32};`,
  );
  return `"${plain}"`;
}
