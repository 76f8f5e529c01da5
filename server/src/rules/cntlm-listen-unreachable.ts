import { insertCntlmOption, setCntlmValue } from "../formats/cntlm-conf/edit.js";
import { addressesOf } from "../proxy/scopes.js";
import type { Scope } from "../proxy/settings.js";
import { msg } from "../text/message.js";
import type { Document } from "../workspace/document.js";
import type { Rule, RuleContext } from "./rule.js";

export const cntlmListenUnreachable: Rule = {
  id: "cntlm-listen-unreachable",
  severity: "hint",
  formats: ["cntlm-conf"],
  docs: { summary: "cntlm listens on loopback only, where containers cannot reach it." },
  host: true,
  check(context) {
    const { tree } = context;
    if (tree.format !== "cntlm-conf") return;
    const listens = tree.addresses.filter(({ role }) => role === "listen");
    if (listens.length === 0 || !listens.every(({ host }) => host !== undefined && isLoopback(host))) return;
    if (sharesHostNetwork(context)) return;
    const used = usedByContainers(context);
    for (const listen of listens) {
      if (listen.port === undefined) continue;
      const value = `${context.options.docker0Address}:${listen.port}`;
      const edits = namesLoopback(context.host, listen.port)
        ? insertCntlmOption(tree, "Listen", value)
        : setCntlmValue(listen.option, value);
      context.report({
        span: listen.option.raw,
        message: msg("cntlm listens on loopback only: containers cannot reach it. They reach docker0 ({0}).", value),
        ...(used && { severity: "warning" as const }),
        // Without docker0 cntlm would exit, and the desk's own programs would find nobody on loopback.
        ...(edits && { fixes: [{ title: msg("Listen on docker0: {0}", value), edits, safe: used }] }),
      });
    }
  },
};

/** Every runner of this host runs its jobs in the host's own network, where loopback is the host's. */
function sharesHostNetwork({ host }: RuleContext): boolean {
  const scopes = host.flatMap(({ settings }) => settings.scopes);
  const runners = scopes.filter(({ kind }) => kind === "runner-environment");
  return runners.length > 0 && runners.every(({ container }) => container === false) && !scopes.some(isContainer);
}

function isContainer({ container, assignments }: Scope): boolean {
  return container === true && assignments.length > 0;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.startsWith("127.");
}

/** A file of this host sends containers to a proxy; on a desk computer, where none does, loopback is right. */
function usedByContainers({ host }: RuleContext): boolean {
  return host.some(({ settings }) =>
    settings.scopes.some(
      (scope) => (scope.container === true && addressesOf(scope).length > 0) || scope.readers.includes("dockerd"),
    ),
  );
}

/** A program of this host reaches cntlm by loopback, which has to stay served. */
function namesLoopback(host: readonly Document[], port: number): boolean {
  const address = new RegExp(`(?:^|/|@)(?:localhost|127\\.[\\d.]+):${port}(?:/|$)`);
  return host.some(({ settings }) =>
    settings.scopes.some((scope) => addressesOf(scope).some(({ value }) => address.test(value.text.trim()))),
  );
}
