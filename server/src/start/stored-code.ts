import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { crc32 } from "node:zlib";
import { cacheFolder } from "./cache-folder.js";

/** How many files the folder may hold: two bundles or three for each Node that is in use. */
const most = 12;

/** Bytes of the checksums that a file begins with. */
const headLength = 12;

/** The compiled code of one script, as a file: checksums of all that it depends on and of itself, then what V8 made. */
export class StoredCode {
  private readonly identity: number;
  private readonly name: string;

  /**
   * @param file the script's path
   * @param source its text
   */
  constructor(
    file: string,
    private readonly source: Buffer,
  ) {
    const { arch, execArgv, platform, version, versions } = process;
    const options = process.env.NODE_OPTIONS ?? "";
    this.identity = crc32([file, platform, arch, version, versions.v8, options, ...execArgv].join("\0"));
    this.name = `${basename(file, ".js")}-${this.identity.toString(16).padStart(8, "0")}.bin`;
  }

  /** @returns undefined where there is none, or one of another script, another Node, another user, or a broken one */
  read(): Buffer | undefined {
    const folder = cacheFolder(false);
    const stored = folder === undefined ? undefined : readOwn(join(folder, this.name));
    if (stored === undefined || stored.length <= headLength) return undefined;
    const data = stored.subarray(headLength);
    // V8 compares no more than lengths and versions, and runs what it is given.
    return this.head(data).equals(stored.subarray(0, headLength)) ? data : undefined;
  }

  /** Other processes see the old file or the new one. A disk that cannot be written is left alone. */
  write(data: Buffer): void {
    const folder = cacheFolder(true);
    if (folder === undefined) return;
    const temporary = join(folder, `${this.name}.${process.pid}`);
    try {
      writeFileSync(temporary, Buffer.concat([this.head(data), data]), { flag: "wx", mode: 0o600 });
      renameSync(temporary, join(folder, this.name));
      removeOldest(folder);
    } catch {
      rmSync(temporary, { force: true });
    }
  }

  /** Checksums, as Node's own cache has them: who may write here is known, and what is broken is to be told. */
  private head(data: Buffer): Buffer {
    const head = Buffer.alloc(headLength);
    [this.identity, crc32(this.source), crc32(data)].forEach((sum, i) => void head.writeUInt32LE(sum, i * 4));
    return head;
  }
}

function readOwn(path: string): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return undefined;
  }
  try {
    const stats = fstatSync(file);
    const own = stats.isFile() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0;
    return own ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** Versions come and go. */
function removeOldest(folder: string): void {
  const paths = readdirSync(folder).map((name) => join(folder, name));
  const aged = paths.map((path) => ({ path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
  for (const { path } of aged.sort((a, b) => b.time - a.time).slice(most)) rmSync(path, { force: true });
}
