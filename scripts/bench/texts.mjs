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

/** What stands in a unit file beside its environment. */
const unit = `# The engine of the containers of this host. Settings of the site go into drop-ins beside this file,
# so that an update of the package does not meet them: systemctl edit docker
[Unit]
Description=Docker Application Container Engine
After=network-online.target nss-lookup.target firewalld.service containerd.service
Wants=network-online.target containerd.service
[Service]
Type=notify
ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
ExecReload=/bin/kill -s HUP $MAINPID
TimeoutStartSec=0
RestartSec=2
Restart=always
LimitNOFILE=infinity
Delegate=yes
KillMode=process
OOMScoreAdjust=-500
`;

/** The comments that cntlm's own sample is mostly made of. */
const comments = `#
# Account at the parent proxy. The password may stand here in clear text, or as the hashes that the program
# prints for the account; the file is to be read by nobody else.
#
# List of parent proxies, one a line. When one does not answer, the next is taken.
#
# Addresses past the parent proxy, with wildcards; commas part them.
#
# Where this proxy listens: a port alone is one of the loopback address. Several lines are allowed.
#
`;

/**
 * The text as another host has it: with runners of its own names and tokens, and with another proxy if wanted.
 * @param {string} text @param {number} host @param {boolean} [proxy]
 */
export function ofHost(text, host, proxy = false) {
  const named = text
    .replace(/^( *name = ")/gm, `$1h${host}-`)
    .replace(/glrt-XXXX/g, `glrt-${String(host).padStart(4, "0")}`);
  return proxy ? named.replaceAll("172.17.0.1", `10.1.${host >> 8}.${host & 255}`) : named;
}

/** @typedef {(kilobytes: number) => string} Text */

export const texts = {
  /** @type {Text} */
  runnerToml: (kb) =>
    grown("concurrent = 4\n\n", (i) => runner.replace(/^( *name = )".*"/m, `$1"runner ${i}"`), "", kb),
  /** @type {Text} */
  dockerJson: (kb) =>
    grown(
      '{\n  "proxies": {\n    "default": { "httpProxy": "http://172.17.0.1:3128", "noProxy": "localhost" }\n  },\n  "auths": {\n    "registry.test": {}',
      (i) => `,\n    "registry${i}.corp-uk.example": { "auth": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4" }`,
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
  systemdDropin: (kb) => grown("", () => unit + dropin, "", kb),
  /** @type {Text} */
  cntlmConf: (kb) => grown("", () => comments + example("etc/cntlm.conf"), "", kb),
};
