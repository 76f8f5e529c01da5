import { mayRunElsewhere } from "../formats/runner-toml/executor.js";
import { bypasses } from "../proxy/bypass/index.js";
import { type ClientName, labelsOf } from "../proxy/clients.js";
import { clientsOf, jobReads } from "../proxy/readers.js";
import { assignmentOf, inheritsFrom } from "../proxy/scopes.js";
import type { Assignment, Scope } from "../proxy/settings.js";
import { variableOf } from "../proxy/variables.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";
import { asMeant } from "./support/as-meant.js";
import { addEntries, asFix } from "./support/bypass-edits.js";
import { isTooLong } from "./support/bypass-lists.js";
import { type Given, givenTo, isOpen, isSetHere, type Part, partsOf } from "./support/environments.js";
import { variedIn } from "./support/heirs.js";
import { scriptsChangeProxy } from "./support/script-changes.js";

const kinds: readonly Scope["kind"][] = ["runner-environment", "ci-global", "ci-job", "docker-client"];
const loopback = ["localhost", "127.0.0.1"] as const;

export const noProxyLocalhost: Rule = {
  id: "no-proxy-localhost",
  severity: "hint",
  formats: ["runner-toml", "docker-json", "gitlab-ci"],
  docs: { summary: "A container has a proxy, and its bypass list names neither localhost nor 127.0.0.1." },
  check(context) {
    const { document, settings } = context;
    const runners = context.tree.format === "runner-toml" ? context.tree.runners : [];
    const custom = new Set(runners.filter(mayRunElsewhere).map(({ index }) => `runners[${index}].environment`));
    for (const scope of settings.scopes) {
      if (!kinds.includes(scope.kind) || !jobReads(scope) || scope.container === false) continue;
      // Whether the custom executor starts containers is not known.
      if (scope.container === undefined && custom.has(scope.id)) continue;
      // Of jobs that share what is said above them, only the place that says it is marked.
      if (!scope.assignments.some(({ variable }) => variable !== undefined)) continue;
      const parts = partsOf(document, scope, []);
      const proxy = proxyOf(parts);
      if (!proxy || isOpen(parts) || settings.scopes.some((other) => other !== scope && listsOver(other, scope)))
        continue;
      if (variedIn(scope, settings).some((name) => variableOf(name) === "no_proxy")) continue;
      if (scriptsChangeProxy(settings.scripts, scope)) continue;
      const asking = clientsAsking(scope, parts);
      if (!asking?.includes("curl")) continue;
      const place = givenTo("curl", "noProxy", parts) ?? proxy;
      context.report({
        span: place.assignment.span,
        message: msg("{0} ask the proxy for localhost: add localhost and 127.0.0.1 to NO_PROXY.", labelsOf(asking)),
        ...asFix(document, msg("Add localhost and 127.0.0.1 to the bypass list"), () =>
          addEntries(parts, proxy, loopback, "front"),
        ),
      });
    }
  },
};

function proxyOf(parts: readonly Part[]): Given | undefined {
  const found = (["http", "https"] as const).flatMap((use) => givenTo("python-urllib", use, parts) ?? []);
  return found.find(isSetHere);
}

/** The programs that ask the proxy for localhost and for 127.0.0.1 whichever list they take; undefined where a list is not known. */
function clientsAsking(scope: Scope, parts: readonly Part[]): readonly ClientName[] | undefined {
  const names = new Set(parts.flatMap((part) => part.scope.assignments.filter(isList).map(({ name }) => name.text)));
  const lists = [...names].flatMap((name) => assignmentOf(scope, name) ?? []);
  if (lists.some(({ external, value }) => external || isTooLong(value) || value.hasUnknown())) return undefined;
  const texts = lists.length > 0 ? lists.map(({ value }) => asMeant(value.text)) : [""];
  return clientsOf(scope).filter((client) =>
    texts.every((text) => loopback.every((host) => bypasses(client, `http://${host}/`, text)?.direct === false)),
  );
}

function isList({ variable }: Assignment): boolean {
  return variable === "no_proxy";
}

/** A scope that sets a list of its own over what it inherits from the other, and is judged by itself. */
function listsOver(scope: Scope, inherited: Scope): boolean {
  return scope.assignments.some(isList) && inheritsFrom(scope, inherited);
}
