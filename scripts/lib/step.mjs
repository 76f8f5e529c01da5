/** Says what a script is doing while it does it. */
import { styleText } from "node:util";

/**
 * Announces a piece of work, does it, and says how long it took.
 * @template T
 * @param {string} title what is done, in the present participle: "Building"
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const start = performance.now();
  console.log(paint("cyan", `▸ ${title} …`));
  try {
    const result = await work();
    console.log(paint("green", `✔ ${title} (${seconds(start)})`));
    return result;
  } catch (error) {
    console.log(paint("red", `✘ ${title} (${seconds(start)})`));
    throw error;
  }
}

/**
 * One line of detail below the step that runs.
 * @param {string} text
 */
export function note(text) {
  console.log(`  ${text}`);
}

/** @param {number} start as performance.now() gave it */
export function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

/**
 * Runs a script's main function. An error ends the process with exit code 1 and is shown in full only where it is not
 * one of the expected kind, which explain themselves.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}

/** An expected failure: its message says all there is to say. */
export class Failure extends Error {}

/**
 * @param {"cyan" | "green" | "red"} color
 * @param {string} text
 */
function paint(color, text) {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(color, text) : text;
}
