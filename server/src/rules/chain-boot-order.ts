import { isLoopback, isUnspecified } from "../proxy/host.js";
import { msg } from "../text/message.js";
import { type Chain, uriOnHost } from "../workspace/chain.js";
import type { UnitDocument } from "../workspace/units.js";
import type { Rule } from "./rule.js";
import { checkOnChain, type HostChain } from "./support/host-chain.js";

const path = "etc/systemd/system/cntlm.service.d/after-docker.conf";
const text = "[Unit]\nAfter=docker.service\nWants=docker.service\n";

export const chainBootOrder: Rule = {
  id: "chain-boot-order",
  severity: "information",
  formats: ["cntlm-conf"],
  docs: { summary: "cntlm listens on docker0 and may start before dockerd, which makes docker0." },
  host: true,
  check: checkOnChain((host) => {
    if (!showsUnits(host) || isOrdered(host.chain)) return [];
    const fixes = created(host);
    return host.chain.cntlms.flatMap(({ document, listens }) => {
      const onDocker0 = listens.find(
        (listen) => host.docker0.includes(listen.host) && !isLoopback(listen.host) && !isUnspecified(listen.host),
      );
      if (!onDocker0) return [];
      const message = msg(
        "cntlm exits at boot when {0} is not there yet: order cntlm.service after docker.service.",
        onDocker0.host,
      );
      return [{ document, span: onDocker0.span, message, ...(fixes && { fixes }) }];
    });
  }),
};

/** The host's unit files are kept here, so that one that is not here is not on the host. */
function showsUnits({ documents }: HostChain): boolean {
  return documents.some(({ tree, hostRoot }) => {
    return hostRoot !== undefined && tree.format === "systemd-dropin" && tree.file.read === true;
  });
}

/** cntlm waits for docker, docker starts before it, or systemd starts it again until docker0 is there. */
function isOrdered({ units }: Chain): boolean {
  const cntlm = units("cntlm");
  return (
    cntlm.some(({ tree }) => tree.conditional || names(tree, "After", /^(?:docker\.s|.*-docker0\.device$)/)) ||
    cntlm.some(({ tree }) => tree.directives.some(({ key, read, value }) => read && restarts(key, value.text))) ||
    units("docker").some(({ tree }) => tree.conditional || names(tree, "Before", /^cntlm\.service$/))
  );
}

function names(tree: UnitDocument["tree"], key: string, unit: RegExp): boolean {
  return tree.dependencies(key).some((name) => unit.test(name.text) || name.hasUnknown());
}

function restarts(key: string, value: string): boolean {
  return key === "Restart" && /^(?:always|on-failure)$/.test(value);
}

function created({ chain, documents }: HostChain) {
  const uri = uriOnHost(chain, documents, path);
  if (uri === undefined || documents.some((document) => document.uri === uri)) return undefined;
  return [{ title: msg("Create {0}", `/${path}`), edits: [], creates: { uri, text }, safe: false }];
}
