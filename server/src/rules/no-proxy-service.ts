import { bypasses } from "../proxy/bypass/index.js";
import { clients, isClientName } from "../proxy/clients.js";
import { assignmentOf, withInherited } from "../proxy/scopes.js";
import type { Assignment, Scope, Script, ServiceContainer } from "../proxy/settings.js";
import { holdsAddress, variableOf } from "../proxy/variables.js";
import { scriptAssignments } from "../shell/facts/assignments.js";
import { type HostCall, hostCalls } from "../shell/facts/calls.js";
import { ownerOf, sameContainer } from "../shell/script.js";
import { msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import type { Rule, RuleContext } from "./rule.js";
import { once } from "./support/once.js";

export const noProxyService: Rule = {
  id: "no-proxy-service",
  severity: "information",
  formats: ["gitlab-ci", "runner-toml"],
  docs: { summary: "A script calls a service of its job, and the request goes to the proxy." },
  check(context) {
    const { scripts, services } = context.settings;
    const first = once();
    const byOwner = new Map<string, ServiceContainer[]>();
    for (const service of services) {
      const known = byOwner.get(service.owner);
      if (known) known.push(service);
      else byOwner.set(service.owner, [service]);
    }
    for (const script of scripts) {
      const { scope } = script;
      if (!scope || script.place !== "job") continue;
      const near = byOwner.get(ownerOf(script))?.filter(({ dind }) => !dind);
      if (!near || sameContainer(script, scripts).some(changesProxy)) continue;
      for (const call of hostCalls(script)) {
        const service = calledService(call, near);
        const lists = service && asksProxy(call, scope);
        if (!service || !lists || !first(call.host.contentSpan)) continue;
        const edits = addAlias(context, scope, lists, call.host.text);
        context.report({
          span: call.host.contentSpan,
          message: msg(
            "{0} asks the proxy for {1}, which is a service of this job: add {1} to no_proxy.",
            call.program,
            call.host.text,
          ),
          ...(edits && { fixes: [{ title: msg("Add {0} to no_proxy", call.host.text), edits, safe: true }] }),
          related: [{ span: service.span, message: msg("The service.") }],
        });
      }
    }
  },
};

/** The script has settings of its own, which the environment does not show. */
function changesProxy(script: Script): boolean {
  const { assignments, unsets } = scriptAssignments(script);
  return assignments.some(({ variable }) => variable) || unsets.some(({ name }) => /_proxy$/i.test(name.text));
}

function calledService({ host, ownProxy }: HostCall, services: readonly ServiceContainer[]) {
  if (ownProxy || host.hasUnknown()) return undefined;
  return services.find(({ aliases }) => aliases.includes(host.text));
}

/**
 * The bypass lists of the environment, if the program takes its proxy for the call.
 * @returns undefined where it goes direct or where that is not known
 */
function asksProxy(call: HostCall, scope: Scope): readonly Assignment[] | undefined {
  if (!isClientName(call.program)) return undefined;
  const { variables } = clients[call.program];
  const scheme = call.scheme ?? "http";
  if (scheme !== "http" && scheme !== "https") return undefined;
  const given = (names: readonly string[]) => names.flatMap((name) => assignmentOf(scope, name) ?? []);
  const proxy = given([...variables[scheme]])[0];
  if (!proxy || proxy.external || proxy.value.text.trim() === "") return undefined;
  const lists = withInherited(scope).filter(({ variable }) => variable === "no_proxy");
  if (lists.some(({ value, external }) => external || value.hasUnknown())) return undefined;
  const list = given(variables.noProxy)[0];
  if (!list && scope.open) return undefined;
  for (let at: Scope | undefined = scope; at; at = at.inherits) {
    if (at.varied?.some((name) => variableOf(name) !== undefined)) return undefined;
  }
  const port = call.port === undefined ? "" : `:${call.port}`;
  const verdict = bypasses(call.program, `${scheme}://${call.host.text}${port}/`, list?.value.text ?? "");
  return verdict && !verdict.direct ? lists : undefined;
}

/** Every list of the environment gets the alias; one in lower case is made where there is none, which all programs read. */
function addAlias(
  context: RuleContext,
  scope: Scope,
  lists: readonly Assignment[],
  alias: string,
): readonly TextEdit[] | undefined {
  if (lists.length === 0) {
    const owner = withInherited(scope).some(({ variable }) => variable && holdsAddress(variable)) ? scope : undefined;
    return owner && context.addAssignment(owner, "no_proxy", alias);
  }
  const edits = lists.map(({ value }) => {
    const { text } = value;
    const entries = text.split(",").map((entry) => entry.trim());
    if (entries.includes(alias)) return [];
    const end = text.trimEnd().length;
    return value.replace({ start: end, end }, end === 0 || text.charAt(end - 1) === "," ? alias : `,${alias}`);
  });
  if (!edits.every((edit) => edit !== undefined)) return undefined;
  const [first] = lists;
  // wget reads the name in lower case alone.
  const lower = lists.some(({ name }) => name.text === "no_proxy")
    ? []
    : (context.addAssignment(scope, "no_proxy", [first?.value.text, alias].filter(Boolean).join(",")) ?? []);
  return [...edits.flat(), ...lower];
}
