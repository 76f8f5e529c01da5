/** The files of examples/host, to be changed at will. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";

/**
 * Copies the example host, hands the copy over and deletes it afterwards.
 * @template T
 * @param {(folder: string) => Promise<T>} use
 */
export async function withExampleHost(use) {
  const parent = await mkdtemp(join(tmpdir(), "example-"));
  const folder = join(parent, "runner-host");
  try {
    await cp(join(root, "examples", "host"), folder, { recursive: true });
    return await use(folder);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}
