// Reading a file (tree, settings, embedded scripts) beside a bare parse of the same text by the library of its format.
import { readFileSync } from "node:fs";
import { parseTree } from "jsonc-parser";
import { parse as parseToml } from "smol-toml";
import { parseDocument } from "yaml";
import { loadEngine } from "../lib/engine.mjs";
import { inTurns, ratio, table } from "./measure.mjs";

const host = new URL("../../examples/host/", import.meta.url);
const sizes = [2, 50, 500, 5000];

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
const cntlm = example("etc/cntlm.conf");

/** @type {Readonly<Record<string, { uri: string, bare?: (text: string) => unknown, text: (kilobytes: number) => string }>>} */
const formats = {
  "config.toml / smol-toml": {
    uri: "file:///etc/gitlab-runner/config.toml",
    bare: parseToml,
    text: (kb) => grown("concurrent = 4\n\n", () => runner, "", kb),
  },
  "config.json / jsonc-parser": {
    uri: "file:///root/.docker/config.json",
    bare: parseTree,
    text: (kb) =>
      grown(
        '{\n  "proxies": {\n    "default": { "httpProxy": "http://172.17.0.1:3128" }',
        (i) =>
          `,\n    "tcp://docker${i}:2375": { "httpProxy": "http://172.17.0.1:3128", "noProxy": "localhost,127.0.0.1" }`,
        "\n  }\n}\n",
        kb,
      ),
  },
  ".gitlab-ci.yml / yaml": {
    uri: "file:///project/.gitlab-ci.yml",
    bare: (text) => parseDocument(text),
    text: (kb) =>
      grown(
        "variables:\n  http_proxy: http://172.17.0.1:3128\n\n",
        (i) => `job${i}:${job.replace("unit:", `unit${i}:`)}`,
        "",
        kb,
      ),
  },
  "drop-in / smol-toml on config.toml": {
    uri: "file:///etc/systemd/system/docker.service.d/http-proxy.conf",
    text: (kb) => grown("[Service]\n", () => dropin, "", kb),
  },
  "cntlm.conf / smol-toml on config.toml": {
    uri: "file:///etc/cntlm.conf",
    text: (kb) => grown("", () => cntlm, "", kb),
  },
};

export async function run() {
  const { createService } = await loadEngine();
  /** @type {(string | number)[][]} */
  const rows = [];
  /** @type {Map<number, string>} */
  const toml = new Map(sizes.map((kb) => [kb, formats["config.toml / smol-toml"]?.text(kb) ?? ""]));
  for (const [name, format] of Object.entries(formats)) {
    for (const kb of sizes) {
      const text = format.text(kb);
      const other = toml.get(kb) ?? "";
      const scale = format.bare ? 1 : text.length / other.length;
      const rounds = kb > 1000 ? 3 : kb > 100 ? 9 : 41;
      let version = 0;
      const { ours, bare } = await inTurns(
        {
          ours: () => {
            const service = createService();
            service.setDocument(format.uri, text, version++);
            const document = service.document(format.uri);
            for (const script of document?.settings.scripts ?? []) for (const part of script.texts) part.text.length;
            return document?.tree;
          },
          bare: () => (format.bare ? format.bare(text) : parseToml(other)),
        },
        rounds,
        { cpu: true },
      );
      rows.push([name, `${kb} KB`, ratio(ours / (bare * scale)), ratio((ours / text.length) * 1024 * 1024)]);
    }
  }
  table(
    "Reading a file: times the bare parse, and milliseconds a megabyte (of this machine, now)",
    ["format / beside", "size", "ratio", "ms/MB"],
    rows,
  );
}
