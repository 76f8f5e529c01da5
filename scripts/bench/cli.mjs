// The command line from start to end, as a process: beside `node -e 0`, for 1 to 5,000 files, with its peak memory.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inTurns, ratio, table } from "./measure.mjs";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const example = readFileSync(new URL("../../examples/host/etc/gitlab-runner/config.toml", import.meta.url), "utf8");

/** @param {string} root @param {number} count */
function hosts(root, count) {
  const folder = join(root, String(count));
  for (let i = 0; i < count; i++) {
    const etc = join(folder, `host${i}`, "etc/gitlab-runner");
    mkdirSync(etc, { recursive: true });
    writeFileSync(join(etc, "config.toml"), example);
  }
  return folder;
}

/** Kilobytes at the peak, as the kernel counts them. @param {string} folder */
function peakOf(folder) {
  const probe = `process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS));`;
  const args = ["-r", `data:text/javascript,${probe}`, cli, "lint", "--format", "json", folder];
  const run = spawnSync(
    process.execPath,
    [
      "--eval",
      `${probe} process.argv.splice(1, 0, ${JSON.stringify(cli)}); require(${JSON.stringify(cli)})`,
      ...args.slice(3),
    ],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  return Number(/peak (\d+)/.exec(run.stderr)?.[1] ?? Number.NaN);
}

export async function run() {
  const root = mkdtempSync(join(tmpdir(), "runner-proxy-bench-"));
  try {
    const counts = [1, 100, 1000, 5000];
    const folders = counts.map((count) => hosts(root, count));
    const node = () => spawnSync(process.execPath, ["-e", "0"]);
    /** @param {string} folder */
    const lint = (folder) =>
      spawnSync(process.execPath, [cli, "lint", "--format", "json", folder], { maxBuffer: 1 << 28 });
    const [one = "", ...more] = folders;
    const small = await inTurns({ node, one: () => lint(one) }, 9);
    /** @type {(string | number)[][]} */
    const rows = [["1 file", ratio(small.one / small.node), "1.00", Math.round(peakOf(one) / 1024)]];
    for (const [i, folder] of more.entries()) {
      const times = await inTurns({ one: () => lint(one), many: () => lint(folder) }, 3);
      rows.push([
        `${counts[i + 1]} files`,
        ratio((times.many / times.one) * (small.one / small.node)),
        ratio(times.many / times.one),
        Math.round(peakOf(folder) / 1024),
      ]);
    }
    table(
      "runner-proxy lint, one config.toml of 2 KB a host: times the start of bare node, times one file, peak memory",
      ["", "node -e 0", "one file", "MB"],
      rows,
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
