import { addArrayString } from "../formats/runner-toml/edit.js";
import type { Runner } from "../formats/runner-toml/runner.js";
import { assignmentOf } from "../proxy/scopes.js";
import type { ServiceContainer } from "../proxy/settings.js";
import type { MappedText } from "../text/mapped-text.js";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Document } from "../workspace/document.js";
import type { Rule } from "./rule.js";

/** Where the image keeps its certificates unless DOCKER_TLS_CERTDIR says otherwise. */
const defaultFolder = "/certs";

export const dindTlsVolume: Rule = {
  id: "dind-tls-volume",
  severity: "information",
  formats: ["runner-toml"],
  docs: { summary: "Docker-in-Docker with TLS, and no volume that hands its certificates to the job." },
  host: true,
  check(context) {
    const { tree, settings } = context;
    if (tree.format !== "runner-toml") return;
    const fromPipelines = pipelineServices(context.host);
    if (fromPipelines.length > 0) context.needsWhole();
    const ready = tree.runners.some((runner) => isPrivileged(runner) && sharesCertificates(runner, defaultFolder));
    for (const runner of tree.runners) {
      if (!isPrivileged(runner)) continue;
      const own = settings.services.filter(
        ({ jobScope, dind }) => dind && jobScope?.id === `runners[${runner.index}].environment`,
      );
      // Jobs with a dind service of their own may run on another runner, which is ready for them.
      const services = [...own, ...(ready ? [] : fromPipelines)];
      const socket = mountsSocket(runner);
      const folder = services.flatMap((service) =>
        socket && !hostOf(service) ? [] : (certificatesOf(service) ?? []),
      )[0];
      if (folder === undefined || sharesCertificates(runner, folder)) continue;
      const edits = addArrayString(tree, runner.docker, "volumes", `${folder}/client`);
      context.report({
        span: spanOf(runner),
        message: msg(
          "The docker client of the job does not see the certificates of dind: add {0} to volumes.",
          `${folder}/client`,
        ),
        ...(edits && { fixes: [{ title: msg("Add {0} to volumes", `${folder}/client`), edits, safe: true }] }),
        related: own.map(({ span }) => ({ span, message: msg("This dind service uses TLS.") })),
      });
    }
  },
};

/** dind runs in a privileged container; others cannot hold it. */
function isPrivileged(runner: Runner): boolean {
  const value = runner.docker?.value("privileged");
  return (
    /^docker(?:\+machine|-autoscaler)?$/.test(runner.executor?.value ?? "") &&
    value?.kind === "boolean" &&
    value.source === "true"
  );
}

function pipelineServices(host: readonly Document[]): readonly ServiceContainer[] {
  return host.flatMap(({ tree, settings }) =>
    tree.format === "gitlab-ci" ? settings.services.filter(({ dind }) => dind) : [],
  );
}

/** DOCKER_HOST of the job, which says where its docker client turns to. */
function hostOf({ jobScope }: ServiceContainer): MappedText | undefined {
  return jobScope && assignmentOf(jobScope, "DOCKER_HOST")?.value;
}

/** The socket of the host's dockerd is in the job, and the docker client takes it unless DOCKER_HOST names another. */
function mountsSocket({ docker }: Runner): boolean {
  const value = docker?.value("volumes");
  return (
    value?.kind === "array" &&
    value.items.some((item) => item.kind === "string" && /:(?:\/var)?\/run(?:\/docker\.sock)?(?::|$)/.test(item.value))
  );
}

/** The folder of a dind service that uses TLS; undefined where it does not, or where that is not known. */
function certificatesOf(service: ServiceContainer): string | undefined {
  const { jobScope, ownScope, tlsCertDir } = service;
  const scope = ownScope ?? jobScope;
  if (!scope) return tlsCertDir ?? defaultFolder;
  if (jobScope?.open) return undefined;
  const set = assignmentOf(scope, "DOCKER_TLS_CERTDIR") ?? (jobScope && assignmentOf(jobScope, "DOCKER_TLS_CERTDIR"));
  if (set && (set.value.hasUnknown() || !set.value.text.startsWith("/"))) return undefined;
  const host = hostOf(service);
  // 2375 is the port without TLS; a path is a socket of the host.
  if (host && (host.hasUnknown() || !/:2376\/?$/.test(host.text))) return undefined;
  return set ? set.value.text.replace(/(?<=.)\/+$/, "") : defaultFolder;
}

/** Whether a volume holds the folder of the client's certificates; true where that is not known. */
function sharesCertificates(runner: Runner, folder: string): boolean {
  const value = runner.docker?.value("volumes");
  if (!value) return runner.docker?.find("volumes") !== undefined;
  if (value.kind !== "array") return true;
  return value.items.some((item) => {
    if (item.kind !== "string") return true;
    if (/[{<$]/.test(item.value)) return true;
    const [first = "", second] = item.value.split(":");
    const path = (second ?? first).replace(/(?<=.)\/+$/, "");
    return `${folder}/client/`.startsWith(`${path}/`);
  });
}

/** The key `volumes`, or the header of the table that lacks it. */
function spanOf({ docker, span }: Runner): Span {
  const volumes = docker?.find("volumes");
  if (volumes?.kind === "entry") return volumes.keySpan;
  return docker?.sections[0]?.header ?? span;
}
