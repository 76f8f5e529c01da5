// Files as large as wanted, made of the parts of the example host.
import { readFileSync } from "node:fs";

const host = new URL("../../examples/host/", import.meta.url);

/** @param {string} path */
const example = (path) => readFileSync(new URL(path, host), "utf8");

/** @param {string} head @param {(index: number) => string} part @param {string} tail @param {number} kilobytes */
function grown(head, part, tail, kilobytes) {
  let text = head;
  for (let i = 0; text.length < kilobytes * 1024; i++) text += part(i);
  return text + tail;
}

const runner = `[[runners]]${example("etc/gitlab-runner/config.toml").split("[[runners]]")[1] ?? ""}`;
const job = example("project/.gitlab-ci.yml").split("image-build:")[1] ?? "";
const dropin = example("etc/systemd/system/docker.service.d/http-proxy.conf").replace("[Service]\n", "");

/** @typedef {(kilobytes: number) => string} Text */

export const texts = {
  /** @type {Text} */
  runnerToml: (kb) => grown("concurrent = 4\n\n", () => runner, "", kb),
  /** @type {Text} */
  dockerJson: (kb) =>
    grown(
      '{\n  "proxies": {\n    "default": { "httpProxy": "http://172.17.0.1:3128" }',
      (i) =>
        `,\n    "tcp://docker${i}:2375": { "httpProxy": "http://172.17.0.1:3128", "noProxy": "localhost,127.0.0.1" }`,
      "\n  }\n}\n",
      kb,
    ),
  /** @type {Text} */
  gitlabCi: (kb) =>
    grown(
      "variables:\n  http_proxy: http://172.17.0.1:3128\n\n",
      (i) => `job${i}:${job.replace("unit:", `unit${i}:`)}`,
      "",
      kb,
    ),
  /** @type {Text} */
  systemdDropin: (kb) => grown("[Service]\n", () => dropin, "", kb),
  /** @type {Text} */
  cntlmConf: (kb) => grown("", () => example("etc/cntlm.conf"), "", kb),
};
