// The command line from start to end, as a process: beside `node -e 0`, for 1 to 5,000 files, with its peak memory.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, ratio, table } from "./measure.mjs";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const example = readFileSync(new URL("../../examples/host/etc/gitlab-runner/config.toml", import.meta.url), "utf8");

/** One config.toml a host. @param {string} folder @param {number} count @param {string} text */
function hosts(folder, count, text) {
  for (let i = 0; i < count; i++) {
    const etc = join(folder, `host${i}`, "etc/gitlab-runner");
    mkdirSync(etc, { recursive: true });
    writeFileSync(join(etc, "config.toml"), text);
  }
  return folder;
}

/**
 * Processor time in milliseconds, which other work on the machine disturbs less than the clock, and megabytes at the peak.
 * @param {string} [folder] what is linted; without, nothing is done
 */
function cost(folder) {
  const probe =
    "process.on('exit', () => { const u = process.resourceUsage(); process.stderr.write(['cost', (u.userCPUTime + u.systemCPUTime) / 1000, u.maxRSS / 1024].join(' ')); });";
  const path = JSON.stringify(cli);
  const program = folder === undefined ? probe : `${probe} require(${path});`;
  const args = folder === undefined ? [] : ["lint", "--format", "json", folder];
  const { stderr } = spawnSync(process.execPath, ["--eval", program, "--", ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const [, time, peak] = /cost ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  return { time: Number(time), peak: Number(peak) };
}

/** @param {number} rounds @param {string} [folder] */
function typical(rounds, folder) {
  const costs = Array.from({ length: rounds }, () => cost(folder));
  return { time: median(costs.map(({ time }) => time)), peak: median(costs.map(({ peak }) => peak)) };
}

export async function run() {
  const root = mkdtempSync(join(tmpdir(), "runner-proxy-bench-"));
  try {
    const mended = hosts(join(root, "mended"), 1, example);
    spawnSync(process.execPath, [cli, "fix", mended]);
    const clean = readFileSync(join(mended, "host0/etc/gitlab-runner/config.toml"), "utf8");
    const node = typical(15);
    const one = typical(15, hosts(join(root, "1"), 1, example));
    /** @type {readonly (readonly [string, number, number, string])[]} */
    const cases = [
      ["100 files", 100, 3, example],
      ["1,000 files", 1000, 1, example],
      ["1,000 files, mended", 1000, 1, clean],
      ["5,000 files", 5000, 1, example],
    ];
    const rows = cases.map(([name, count, rounds, text]) => {
      const { time, peak } = typical(rounds, hosts(join(root, name), count, text));
      return [name, ratio(time / node.time), ratio(time / one.time), Math.round(peak)];
    });
    table(
      "runner-proxy lint, a config.toml of 2 KB with ten mistakes a host: processor time, peak memory",
      ["", "times node -e 0", "times one file", "MB"],
      [["1 file", ratio(one.time / node.time), "1.00", Math.round(one.peak)], ...rows],
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
