import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { cacheFolder } from "./cache-folder.js";
import { asStarted } from "./heap.js";
import { StoredCode } from "./stored-code.js";

interface Loaded {
  readonly module: { readonly exports: unknown };
  readonly script: Script;
  readonly stored: StoredCode;
  /** How many bytes of compiled code there were; 0: none that could be used. */
  readonly used: number;
}

/** What a module's wrapper adds to the first line. */
const [prefix = ""] = Module.wrap("\n").split("\n");

/**
 * A program in bundles that lie side by side, started from the code that V8 compiled for it last time: compiling takes
 * half of a start. Node has this built in from 22.1 on, for modules that it loads itself.
 */
export class Bundle {
  private readonly loaded = new Map<string, Loaded>();
  private readonly require: NodeJS.Require;

  private constructor(private readonly folder: string) {
    this.require = createRequire(join(folder, "start.js"));
  }

  /** Runs a bundle. @param name `./` and its file's name */
  static run(folder: string, name: string): Bundle {
    const bundle = new Bundle(folder);
    if (cacheFolder(true) === undefined) bundle.require(name);
    else bundle.load(name);
    return bundle;
  }

  /**
   * Writes what has been compiled by now, for the next start. To be called off the path: it takes a hundredth of a second.
   * @param again where there is some already, but with markedly less in it
   */
  keep(again: boolean): void {
    for (const { script, stored, used } of this.loaded.values()) {
      if (used > 0 && !again) continue;
      const data = asStarted(() => script.createCachedData());
      if (data.length > used * 1.05) stored.write(data);
    }
  }

  private load(name: string): unknown {
    const known = this.loaded.get(name);
    if (known) return known.module.exports;
    const file = join(this.folder, name);
    const source = readFileSync(file);
    const stored = new StoredCode(file, source);
    const cachedData = stored.read();
    // Bundles are written in ASCII: as such they are read without a look at each character.
    const code = Module.wrap(source.toString("latin1"));
    const options = { filename: file, columnOffset: -prefix.length, ...(cachedData && { cachedData }) };
    const script = asStarted(() => new Script(code, options));
    const used = script.cachedDataRejected === false ? (cachedData?.length ?? 0) : 0;
    const module = { exports: {} };
    this.loaded.set(name, { module, script, stored, used });
    const wrapper: unknown = script.runInThisContext();
    if (typeof wrapper !== "function") throw new TypeError(`${file} is no module`);
    const require = (id: string): unknown => (id.startsWith("./") ? this.load(id) : this.require(id));
    wrapper.call(module.exports, module.exports, require, module, file, dirname(file));
    return module.exports;
  }
}
