import type { AnyFormat, Tree } from "../formats/index.js";
import type { ProxySettings } from "../proxy/settings.js";
import { LineIndex } from "../text/line-index.js";

/** One file at one version. Its tree and settings are read once, when first asked for. */
export class Document {
  private lineIndex: LineIndex | undefined;
  private parsed: Tree | undefined;
  private read: ProxySettings | undefined;

  constructor(
    readonly uri: string,
    readonly text: string,
    readonly version: number,
    readonly format: AnyFormat,
  ) {}

  get lines(): LineIndex {
    this.lineIndex ??= new LineIndex(this.text);
    return this.lineIndex;
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
