import { usesLocalDocker } from "../formats/runner-toml/executor.js";
import { withVariables } from "../generate/place/variables.js";
import { addressesOf, sets } from "../proxy/scopes.js";
import type { Scope } from "../proxy/settings.js";
import { scriptAssignments } from "../shell/facts/assignments.js";
import { dockerConfigWrites } from "../shell/facts/docker-config.js";
import { msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import { pathOf } from "../text/uri.js";
import type { Document } from "../workspace/document.js";
import type { Rule } from "./rule.js";
import { changeOf } from "./support/one-edit.js";

export const dockerConfigNotForJobs: Rule = {
  id: "docker-config-not-for-jobs",
  severity: "information",
  formats: ["docker-json"],
  docs: { summary: "The proxies of the runner user's config.json, which job containers do not get." },
  host: true,
  check(context) {
    if (!ofRunnerUser(pathOf(context.uri))) return;
    const without = context.host.flatMap(runnersWithoutProxy);
    if (without.length === 0) return;
    for (const scope of context.settings.scopes) {
      if (scope.kind !== "docker-client" || addressesOf(scope).length === 0) continue;
      const elsewhere = without.flatMap(({ document, scope: environment }) => {
        const edits = environmentEdits(document, environment, scope);
        return edits ? [{ uri: document.uri, edits }] : [];
      });
      context.report({
        span: scope.span,
        message: msg(
          "GitLab Runner takes only logins from here: job containers get no proxy. Set it in environment of config.toml.",
        ),
        ...(elsewhere.length > 0 && {
          fixes: [{ title: msg("Add the proxies to environment in config.toml"), edits: [], elsewhere, safe: false }],
        }),
        related: without.map(({ document, scope: environment }) => ({
          uri: document.uri,
          span: environment.span,
          message: msg("No proxy in the environment of this runner."),
        })),
      });
    }
  },
};

/** The service runs as root, or as gitlab-runner. */
function ofRunnerUser(path: string): boolean {
  const home = /(?:^|\/)home\/([^/]+)\/\.docker\/config\.json$/.exec(path)?.[1];
  return home === undefined ? /(?:^|\/)\.docker\/config\.json$/.test(path) : home === "gitlab-runner";
}

interface WithoutProxy {
  readonly document: Document;
  readonly scope: Scope;
}

function runnersWithoutProxy(document: Document): readonly WithoutProxy[] {
  const { tree, settings } = document;
  if (tree.format !== "runner-toml") return [];
  return tree.runners.flatMap((runner) => {
    const scope = settings.scopes.find(({ id }) => id === `runners[${runner.index}].environment`);
    if (!scope || scope.open || scope.assignments.some(({ variable }) => variable)) return [];
    if (!runner.docker || !usesLocalDocker(runner)) return [];
    const scripts = settings.scripts.filter((script) => script.scope === scope);
    const own = scripts.some(
      (script) =>
        sets([{ ...scope, assignments: scriptAssignments(script).assignments }], "http_proxy") ||
        dockerConfigWrites(script).length > 0,
    );
    return own ? [] : [{ document, scope }];
  });
}

/** Each variable in both letter cases: the tools of a job read one or the other. */
function environmentEdits(document: Document, environment: Scope, client: Scope): readonly TextEdit[] | undefined {
  const variables = client.assignments.flatMap(({ variable, value }): [string, string][] =>
    variable && !value.hasUnknown() && value.text !== ""
      ? [
          [variable, value.text],
          [variable.toUpperCase(), value.text],
        ]
      : [],
  );
  const after = withVariables(document, environment, variables);
  if (after === undefined || variables.length === 0) return undefined;
  return changeOf(document.text, after);
}
