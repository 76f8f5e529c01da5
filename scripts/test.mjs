/**
 * npm test: installs what is missing, checks the code and runs every test, up to the first failure.
 *
 * `npm test -- --only types,unit` runs some of the stages below; `vscode` stands for every VS Code.
 */
import { parseArgs, stripVTControlCharacters } from "node:util";
import { ensureInstalled, ensurePrograms } from "./lib/install.mjs";
import { capture, run } from "./lib/run.mjs";
import { Failure, note, runMain, seconds, step } from "./lib/step.mjs";

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {{ name: string, title: string, needsBuild?: boolean, run: () => Promise<Counts | undefined> }} Stage */

/** @type {Stage[]} */
const checks = [
  check("types", "Checking types"),
  check("style", "Checking style"),
  check("deps", "Checking dependencies between the parts"),
  check("unused", "Checking for unused code"),
];

/**
 * @param {string} name of an npm script check:NAME
 * @param {string} title
 * @returns {Stage}
 */
function check(name, title) {
  return {
    name,
    title,
    run: async () => {
      await run("npm", ["run", "--silent", `check:${name}`]);
      return undefined;
    },
  };
}

/** @type {Stage} */
const unit = {
  name: "unit",
  title: "Testing the engine, the command line and the protocol",
  needsBuild: true,
  run: runUnit,
};

async function runUnit() {
  const { code, output } = await capture("npx", ["vitest", "run"]);
  const counts = { passed: vitestCount(output, "passed"), failed: vitestCount(output, "failed") };
  if (code !== 0) {
    throw new TestsFailed(output.trimEnd(), counts);
  }
  return counts;
}

/**
 * A count in vitest's summary, which CI=true colours: "Tests  1 failed | 12 passed (13)".
 * @param {string} output
 * @param {"passed" | "failed"} outcome
 */
function vitestCount(output, outcome) {
  const summary = /^\s*Tests\s+(.*)$/m.exec(stripVTControlCharacters(output))?.[1] ?? "";
  return Number(new RegExp(`(\\d+) ${outcome}`).exec(summary)?.[1] ?? 0);
}

class TestsFailed extends Failure {
  /**
   * @param {string} message
   * @param {Counts} counts
   */
  constructor(message, counts) {
    super(message);
    this.counts = counts;
  }
}

/**
 * One stage for each VS Code.
 * @returns {Promise<Stage[]>}
 */
async function vscodeStages() {
  const { hosts } = await import("./vscode/hosts.mjs");
  return hosts.map(({ name, title, run }) => ({
    name,
    title: `Testing in ${title}`,
    needsBuild: true,
    async run() {
      const result = await run();
      if (result !== undefined && result.failed > 0) {
        throw new TestsFailed(result.lines.join("\n"), result);
      }
      return result;
    },
  }));
}

await runMain(async () => {
  const start = performance.now();
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  await ensureInstalled();
  const inVSCode = await vscodeStages();
  const stages = chosen([...checks, unit, ...inVSCode], inVSCode, values.only);
  if (stages.includes(unit)) {
    await ensurePrograms();
  }
  if (stages.some((stage) => inVSCode.includes(stage))) {
    const { ensureChromium } = await import("./vscode/browser.mjs");
    await ensureChromium();
  }
  const total = { passed: 0, failed: 0 };
  const add = (/** @type {Counts} */ counts) => {
    total.passed += counts.passed;
    total.failed += counts.failed;
  };
  let built = false;
  try {
    for (const stage of stages) {
      if (stage.needsBuild && !built) {
        await step("Building", () => run("npm", ["run", "--silent", "build"]));
        built = true;
      }
      const counts = await step(stage.title, stage.run);
      if (counts !== undefined) {
        add(counts);
        note(`${counts.passed} passed, ${counts.failed} failed`);
      }
    }
  } catch (error) {
    add(error instanceof TestsFailed && error.counts.failed > 0 ? error.counts : { passed: 0, failed: 1 });
    throw error;
  } finally {
    process.once("exit", () => console.log(`\n${seconds(start)}\n${total.passed} passed, ${total.failed} failed`));
  }
});

/**
 * @param {Stage[]} stages
 * @param {Stage[]} inVSCode
 * @param {string | undefined} only names, separated by commas
 */
function chosen(stages, inVSCode, only) {
  if (only === undefined) {
    return stages;
  }
  const names = only.split(",").flatMap((name) => (name === "vscode" ? inVSCode.map((stage) => stage.name) : [name]));
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    const known = ["vscode", ...stages.map((stage) => stage.name)].join(", ");
    throw new Failure(`No such stage: ${unknown.join(", ")}. There are ${known}.`);
  }
  return stages.filter((stage) => names.includes(stage.name));
}
