// Reading a file (tree, settings, embedded scripts) beside a bare parse of the same text by the library of its format.
import { parseTree } from "jsonc-parser";
import { parse as parseToml } from "smol-toml";
import { parseDocument } from "yaml";
import { loadEngine } from "../lib/engine.mjs";
import { inTurns, ratio, table } from "./measure.mjs";
import { texts } from "./texts.mjs";

const sizes = [2, 50, 500, 5000];

/** @type {Readonly<Record<string, { uri: string, bare?: (text: string) => unknown, text: (kilobytes: number) => string }>>} */
const formats = {
  "config.toml / smol-toml": {
    uri: "file:///etc/gitlab-runner/config.toml",
    bare: parseToml,
    text: texts.runnerToml,
  },
  "config.json / jsonc-parser": {
    uri: "file:///root/.docker/config.json",
    bare: parseTree,
    text: texts.dockerJson,
  },
  ".gitlab-ci.yml / yaml": {
    uri: "file:///project/.gitlab-ci.yml",
    bare: (text) => parseDocument(text),
    text: texts.gitlabCi,
  },
  "drop-in / smol-toml on config.toml": {
    uri: "file:///etc/systemd/system/docker.service.d/http-proxy.conf",
    text: texts.systemdDropin,
  },
  "cntlm.conf / smol-toml on config.toml": { uri: "file:///etc/cntlm.conf", text: texts.cntlmConf },
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
      const rounds = kb > 1000 ? 1 : kb > 100 ? 5 : kb > 10 ? 15 : 31;
      // Small texts are read several times a turn, since the clock is coarse. Processor time counts V8's compilers as well:
      // both readers have seen five megabytes before turns count, after which they are compiled.
      const times = Math.max(1, Math.round(100 / kb));
      const warmUp = Math.max(2, Math.round(5000 / (kb * times)));
      // One service, as an editor has: a new one for each reading would be timed with it.
      const service = createService();
      let version = 0;
      const { ours, bare } = await inTurns(
        {
          ours: () => {
            service.setDocument(format.uri, text, version++);
            const document = service.document(format.uri);
            for (const script of document?.settings.scripts ?? []) for (const part of script.texts) part.text.length;
            return document?.tree;
          },
          bare: () => (format.bare ? format.bare(text) : parseToml(other)),
        },
        rounds,
        { cpu: true, times, warmUp },
      );
      const perMegabyte = (/** @type {number} */ time) => ratio((time / text.length) * 1024 * 1024);
      rows.push([name, `${kb} KB`, ratio(ours / (bare * scale)), perMegabyte(ours), perMegabyte(bare * scale)]);
    }
  }
  table(
    "Reading a file: times the bare parse, and milliseconds a megabyte (of this machine, now)",
    ["format / beside", "size", "ratio", "ms/MB", "bare ms/MB"],
    rows,
  );
}
