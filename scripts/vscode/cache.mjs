/** The folder of downloaded VS Codes: each is installed once, under a name that tells its version. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../lib/paths.mjs";
import { step } from "../lib/step.mjs";

/**
 * A folder of the cache, filled where it is missing. An interrupted install leaves nothing under the folder's name.
 * @param {{ name: string, title: string, fill: (folder: string) => Promise<void> }} item `fill` is given an empty folder
 * @returns {Promise<string>}
 */
export async function cached({ name, title, fill }) {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) {
    return folder;
  }
  await step(`Installing ${title}`, async () => {
    await mkdir(cacheFolder, { recursive: true });
    const unfinished = await mkdtemp(join(cacheFolder, `unfinished-${name}-`));
    try {
      await fill(unfinished);
      await rename(unfinished, folder);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      // Another checkout that shares the cache may have been faster.
      if (!existsSync(folder)) {
        throw error;
      }
    }
  });
  return folder;
}
