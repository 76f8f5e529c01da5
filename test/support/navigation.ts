import type { Service } from "../../server/src/service.js";
import { LineIndex, type Position, type Range } from "../../server/src/text/line-index.js";
import { serviceOf, uriOf } from "./engine.js";

/** A runner host whose files name one proxy in five ways. */
export const hostFiles: Readonly<Record<string, string>> = {
  "etc/cntlm.conf": `Username svc
Domain CORP
PassNTLMv2 1F6839EE15E639893286CF65C5D0A65C
Proxy proxy1.corp.example:8080
Listen 172.17.0.1:3128
`,
  "etc/systemd/system/docker.service.d/http-proxy.conf": `# see /etc/cntlm.conf
[Service]
Environment="HTTP_PROXY=http://172.17.0.1:3128/"
Environment="HTTPS_PROXY=http://127.0.0.1:3128/"
`,
  "etc/gitlab-runner/config.toml": `concurrent = 1

# the only one
[[runners]]
  name = "builder"
  url = "https://gitlab.example/"
  token = "glrt-XXXXXXXXXXXXXXXXXXXX"
  executor = "docker"
  environment = [
    "HTTP_PROXY=http://172.17.0.1:3128",
    "NO_PROXY=localhost,.corp.example",
  ]
  pre_build_script = "mkdir -p $HOME/.docker && echo \\"{ \\\\\\"proxies\\\\\\": { \\\\\\"default\\\\\\": { \\\\\\"httpProxy\\\\\\": \\\\\\"$HTTP_PROXY\\\\\\", \\\\\\"httpsProxy\\\\\\": \\\\\\"http://172.17.0.1:3128\\\\\\" } } }\\" > $HOME/.docker/config.json"
  [runners.docker]
    image = "alpine"
`,
  "project/.gitlab-ci.yml": `variables:
  CORP_PROXY: "http://172.17.0.1:3128"
  HTTPS_PROXY: $CORP_PROXY
build:
  image: alpine
  variables:
    CORP_PROXY: http://172.17.0.1:3128
  script:
    - echo "$CORP_PROXY" "$HTTP_PROXY"
    - export LOCAL=1; echo $LOCAL
test:
  image: alpine
  rules:
    - if: $CORP_PROXY
  script: 'curl -x "$CORP_PROXY" https://example.com'
`,
};

export const toml = uriOf("etc/gitlab-runner/config.toml");
export const ci = uriOf("project/.gitlab-ci.yml");
export const cntlm = uriOf("etc/cntlm.conf");
export const dropin = uriOf("etc/systemd/system/docker.service.d/http-proxy.conf");

export function hostService(files = hostFiles): Service {
  return serviceOf(Object.entries(files));
}

/** The position in the middle of the n-th occurrence of a piece of a document. */
export function inside(service: Service, uri: string, piece: string, nth = 0): Position {
  const text = service.document(uri)?.text ?? "";
  let at = text.indexOf(piece);
  for (let i = 0; i < nth; i++) at = text.indexOf(piece, at + 1);
  if (at < 0) throw new Error(`${uri} does not hold ${piece}`);
  return new LineIndex(text).position(at + Math.floor(piece.length / 2));
}

/** `file:line text` of a place, lines from 1. */
export function shown(service: Service, { uri, range }: { readonly uri: string; readonly range: Range }): string {
  const text = service.document(uri)?.text ?? "";
  const { start, end } = new LineIndex(text).span(range);
  return `${uri.slice(uri.lastIndexOf("/") + 1)}:${range.start.line + 1} ${text.slice(start, end)}`;
}
