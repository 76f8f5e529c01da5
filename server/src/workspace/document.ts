import type { AnyFormat, Tree } from "../formats/index.js";
import type { ProxySettings } from "../proxy/settings.js";
import { LineIndex } from "../text/line-index.js";
import { hostRoot } from "./hosts.js";

/** One file at one version. Its tree and settings are read once, when first asked for. */
export class Document {
  private lineIndex: LineIndex | undefined;
  private parsed: Tree | undefined;
  private read: ProxySettings | undefined;
  private root: { readonly value: string | undefined } | undefined;

  constructor(
    readonly uri: string,
    readonly text: string,
    readonly version: number,
    readonly format: AnyFormat,
  ) {}

  /** Lets go of what was read: it is read again when asked for, into objects of its own. */
  release(): void {
    this.lineIndex = undefined;
    this.parsed = undefined;
    this.read = undefined;
  }

  get lines(): LineIndex {
    this.lineIndex ??= new LineIndex(this.text);
    return this.lineIndex;
  }

  /** See {@link hostRoot}. */
  get hostRoot(): string | undefined {
    this.root ??= { value: hostRoot(this.uri) };
    return this.root.value;
  }

  get tree(): Tree {
    this.parsed ??= this.format.parse(this.text, this.uri);
    return this.parsed;
  }

  get settings(): ProxySettings {
    this.read ??= this.format.settings(this.tree);
    return this.read;
  }
}
