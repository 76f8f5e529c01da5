import { fixAll } from "../../features/fix-all.js";

import type { Scope } from "../../proxy/settings.js";
import type { Service } from "../../service.js";
import { type ConfigText, withSetting } from "../../settings/config-edits.js";
import type { Message } from "../../text/message.js";
import { applyEdits } from "../../text/span.js";
import { baseName, pathOf } from "../../text/uri.js";
import { docker0Address } from "../../workspace/docker-network.js";
import type { Document } from "../../workspace/document.js";
import { placeInDockerJson } from "../place/docker-json.js";
import { fillSnippet } from "../snippets.js";
import { plainText, type Template } from "../template.js";
import { completeValues, type ProxyValues } from "../values.js";
import { afterDocker, ordersCntlm, withCntlm } from "./cntlm.js";
import { HostFiles, type SetUpFile } from "./host-files.js";
import { requestProblem, type SetUpRequest } from "./request.js";
import { type WantedValues, withChanged, withScopes } from "./scopes.js";

export type { SetUpFile } from "./host-files.js";
export type { SetUpRequest } from "./request.js";

export type SetUp = { readonly files: readonly SetUpFile[] } | { readonly problem: Message };

/**
 * Every file of the chain with the proxy in it: cntlm's where it is wanted, the drop-ins of docker and gitlab-runner, the runners'
 * environment, Docker's JSON and pipelines where they are there. What files hold besides stays. Asked again, nothing changes.
 * @param root URI of the folder that holds `etc`
 * @param config the settings beside the files, where they could say that docker0 lies elsewhere
 */
export function setUp(service: Service, root: string, request: SetUpRequest, config?: ConfigText): SetUp {
  const problem = requestProblem(request);
  if (problem) return { problem };
  const { proxy, noProxy } = request;
  const docker0 = request.docker0 ?? service.options.docker0Address;
  const given = { ...(proxy !== undefined && { httpProxy: proxy }), ...(noProxy !== undefined && { noProxy }) };
  const complete = completeValues(given, docker0);
  const { httpProxy, httpsProxy } = complete;
  const wanted = { httpProxy, httpsProxy, ...(noProxy !== undefined && { noProxy }) };
  const host = new HostFiles(service, root);
  if (proxy === undefined) host.write("etc/cntlm.conf", "cntlm-conf", (file) => withCntlm(file, request, docker0));
  for (const unit of ["docker", "gitlab-runner"] as const) writeDropin(host, unit, wanted, complete);
  const toml = "etc/gitlab-runner/config.toml";
  host.write(toml, "runner-toml", (file) =>
    withScopes(file ?? host.make(toml, "runner-toml", newRunner), wanted, complete, "runner-environment"),
  );
  writeDockerConfig(host, request.dockerConfig === true, wanted, complete);
  if (proxy === undefined && !ordersCntlm(host.documents)) {
    const path = "etc/systemd/system/cntlm.service.d/after-docker.conf";
    host.write(path, "systemd-dropin", (file) => file?.text ?? afterDocker);
  }
  for (const document of host.documents) host.rewrite(document, withChanged(document, wanted, amendedKinds(document)));
  if (config) nameDocker0(host, config, docker0);
  mendPipelines(host);
  return { files: host.files };
}

const newRunner = `concurrent = 1

# \`gitlab-runner register\` adds the runner's url and token
[[runners]]
  name = "docker"
  executor = "docker"
  environment = []
  [runners.docker]
    image = "alpine:latest"
`;

function writeDropin(
  host: HostFiles,
  unit: "docker" | "gitlab-runner",
  wanted: WantedValues,
  complete: ProxyValues,
): void {
  const folder = `etc/systemd/system/${unit}.service.d`;
  host.write(host.dropin(folder) ?? `${folder}/http-proxy.conf`, "systemd-dropin", (file) =>
    file
      ? withScopes(file, wanted, complete, "unit")
      : plainText(snippet(unit === "docker" ? "docker-dropin" : "runner-dropin", complete)),
  );
}

function writeDockerConfig(host: HostFiles, asked: boolean, wanted: WantedValues, complete: ProxyValues): void {
  const path = "root/.docker/config.json";
  const block = snippet("docker-config", complete);
  if (!asked && !host.document(path)) return;
  host.write(path, "docker-json", (file) => {
    if (!file) return plainText(block);
    const document = host.make(path, "docker-json", withChanged(file, wanted, ["docker-client"]));
    if (document.tree.format !== "docker-json") return file.text;
    const placed = placeInDockerJson(document, document.tree, "client", block, complete);
    if ("problem" in placed) return document.text;
    const edits = placed.edits.map(({ span, template }) => ({ span, newText: plainText(template) }));
    return applyEdits(document.text, edits);
  });
}

function snippet(id: "docker-dropin" | "runner-dropin" | "docker-config", values: ProxyValues): Template {
  const filled = fillSnippet(id, values, values.docker0);
  return "template" in filled ? filled.template : [];
}

/** What else of the host's files names a proxy, and would go before, or past, what is set up. */
function amendedKinds({ tree }: Document): readonly Scope["kind"][] {
  switch (tree.format) {
    case "systemd-dropin":
      return tree.file.program === "docker" || tree.file.program === "gitlab-runner"
        ? ["unit", "environment-file"]
        : [];
    case "docker-json":
      return ["docker-client", "docker-daemon"];
    case "gitlab-ci":
      return ["ci-global", "ci-job"];
    default:
      return [];
  }
}

/** Says in the settings where docker0 lies, where the files do not tell. */
function nameDocker0(host: HostFiles, { uri, text }: ConfigText, docker0: string): void {
  const { written: service, documents } = host;
  if (docker0Address({ host: documents, options: service.options }) === docker0) return;
  const named = withSetting(text, "docker0Address", docker0);
  if (named === undefined) return;
  host.writePlain(uri, baseName(pathOf(uri)), named, text);
  service.configure({ ...service.options, docker0Address: docker0 });
}

/** What a pipeline lacks for the proxy that is set up now, as far as that can be mended safely. */
function mendPipelines(host: HostFiles): void {
  const pipelines = host.documents.filter(({ format }) => format.id === "gitlab-ci");
  const { texts } = fixAll(
    host.written.fork(),
    pipelines.map(({ uri }) => uri),
  );
  for (const document of pipelines) host.rewrite(document, texts.get(document.uri) ?? document.text);
}
