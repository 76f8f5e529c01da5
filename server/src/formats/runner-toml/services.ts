import { aliasesOfImage, isDindImage } from "../../proxy/images.js";
import type { Scope, ServiceContainer } from "../../proxy/settings.js";
import { readEnvironment } from "./environment.js";
import { expandVariables } from "./expansion.js";
import type { Runner } from "./runner.js";
import type { TomlTable } from "./toml/nodes.js";

/** The services that a runner starts with each job: `[[runners.docker.services]]` and those of kubernetes. */
export function servicesOf(runner: Runner, jobScope: Scope): ServiceContainer[] {
  const out: ServiceContainer[] = [];
  for (const executor of ["docker", "kubernetes"]) {
    const tables = runner.table.table(executor)?.tables("services") ?? [];
    tables.forEach((table, index) => {
      const service = serviceOf(table, jobScope, `runners[${runner.index}]`, `${executor}.services[${index}]`);
      if (service) out.push(service);
    });
  }
  return out;
}

function serviceOf(table: TomlTable, jobScope: Scope, owner: string, path: string): ServiceContainer | undefined {
  const name = table.string("name");
  if (!name) return undefined;
  const image = expandVariables(name.text);
  const alias = table.string("alias");
  // Blanks and commas part several names.
  const given = alias?.value.split(/[\s,]+/).filter((word) => word !== "") ?? [];
  const ownScope = environmentOf(table, jobScope, `${owner}.${path}.environment`, image.text);
  const certDir = tlsCertDir(ownScope);
  return {
    owner,
    image,
    aliases: given.length > 0 ? given : aliasesOfImage(image.text),
    ...(alias && { aliasSpan: alias.content }),
    dind: isDindImage(image.text),
    span: table.sections[0]?.header ?? name,
    jobScope,
    ownScope,
    ...(certDir !== undefined && { tlsCertDir: certDir }),
  };
}

/** The service's own environment, over that of the runner, which reaches it too. */
function environmentOf(table: TomlTable, jobScope: Scope, id: string, label: string): Scope {
  const environment = readEnvironment(table);
  if (!environment) return jobScope;
  return {
    kind: "service",
    id,
    label,
    span: environment.entry.key,
    readers: ["service"],
    container: jobScope.container,
    assignments: environment.assignments,
    inherits: jobScope,
    open: jobScope.open || !environment.complete,
  };
}

function tlsCertDir(scope: Scope): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.inherits) {
    const found = at.assignments.findLast(({ name }) => name.text === "DOCKER_TLS_CERTDIR");
    if (found) return found.value.hasUnknown() ? undefined : found.value.text;
  }
  return undefined;
}
