// The command line from start to end, as a process: beside `node -e 0`, for 1 to 5,000 files, with its peak memory.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, ratio, table } from "./measure.mjs";
import { ofHost } from "./texts.mjs";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const example = readFileSync(new URL("../../examples/host/etc/gitlab-runner/config.toml", import.meta.url), "utf8");

/** One config.toml a host. @param {string} folder @param {number} count @param {string} text @param {boolean} [proxies] */
function hosts(folder, count, text, proxies = false) {
  for (let i = 0; i < count; i++) {
    const etc = join(folder, `host${i}`, "etc/gitlab-runner");
    mkdirSync(etc, { recursive: true });
    writeFileSync(join(etc, "config.toml"), ofHost(text, i, proxies));
  }
  return folder;
}

/** Has a process say what it cost when it ends. */
const probe = `process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write(["cost", (userCPUTime + systemCPUTime) / 1000, maxRSS / 1024].join(" "));
});`;

/** Where the probe and the program's compiled code lie. */
const place = mkdtempSync(join(tmpdir(), "runner-proxy-bench-"));
const probePath = join(place, "probe.cjs");
const { CI: _, ...environment } = process.env;

/**
 * Processor time in milliseconds, which other work on the machine disturbs less than the clock, and megabytes at the peak.
 * @param {string} [folder] what is linted; without, nothing is done
 * @param {boolean} [first] as if there were no compiled code yet
 */
function cost(folder, first = false) {
  const program = folder === undefined ? ["-e", "0"] : [cli, "lint", "--format", "json", folder];
  const { stderr } = spawnSync(process.execPath, ["--require", probePath, ...program], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...environment, XDG_CACHE_HOME: place, RUNNER_PROXY_NO_CACHE: first ? "1" : "" },
  });
  const [, time, peak] = /cost ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  return { time: Number(time), peak: Number(peak) };
}

/** @param {number} rounds @param {string} [folder] @param {boolean} [first] */
function typical(rounds, folder, first) {
  const costs = Array.from({ length: rounds }, () => cost(folder, first));
  return { time: median(costs.map(({ time }) => time)), peak: median(costs.map(({ peak }) => peak)) };
}

export async function run() {
  const root = join(place, "hosts");
  writeFileSync(probePath, probe);
  try {
    const mended = hosts(join(root, "mended"), 1, example);
    spawnSync(process.execPath, [cli, "fix", mended], { env: { ...environment, RUNNER_PROXY_NO_CACHE: "1" } });
    const clean = readFileSync(join(mended, "host0/etc/gitlab-runner/config.toml"), "utf8");
    const node = typical(15);
    const single = hosts(join(root, "1"), 1, example);
    const first = typical(15, single, true);
    // The first start leaves its compiled code to the others.
    cost(single);
    const one = typical(15, single);
    /** @type {readonly (readonly [string, number, number, string, boolean?])[]} */
    const cases = [
      ["100 files", 100, 3, example],
      ["1,000 files", 1000, 1, example],
      ["1,000 files, mended", 1000, 1, clean],
      ["1,000 files, a proxy a host", 1000, 1, example, true],
      ["5,000 files", 5000, 1, example],
      ["5,000 files, a proxy a host", 5000, 1, example, true],
    ];
    const rows = cases.map(([name, count, rounds, text, proxies]) => {
      const { time, peak } = typical(rounds, hosts(join(root, name), count, text, proxies));
      return [name, ratio(time / node.time), ratio(time / one.time), Math.round(peak)];
    });
    table(
      "runner-proxy lint, a config.toml of 2 KB with ten mistakes a host, names and tokens of its own: processor time, peak memory",
      ["", "times node -e 0", "times one file", "MB"],
      [
        ["1 file", ratio(one.time / node.time), "1.00", Math.round(one.peak)],
        ["1 file, first start", ratio(first.time / node.time), ratio(first.time / one.time), Math.round(first.peak)],
        ...rows,
      ],
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
