import { configFileName } from "../protocol.js";
import type { EngineOptions } from "../service.js";
import { readConfigFile } from "../settings/config-file.js";
import { readSettings, resolveOptions, type Settings } from "../settings/settings.js";
import { LineIndex } from "../text/line-index.js";
import type { Localize } from "../text/message.js";
import { pathOf } from "../text/uri.js";
import type { FileAccess } from "./files.js";

/** The section of the editor's settings. */
export const section = "runnerProxy";

/** The `.runner-proxy.json` that counts. */
export interface ConfigFile {
  readonly uri: string;
  /** undefined: there is none yet. */
  readonly text: string | undefined;
}

/** What the editor and the `.runner-proxy.json` say; the file counts before the editor, so that all see the same. */
export class SettingsStore {
  /** `runnerProxy.inlayHints.enabled`: the editor's alone. */
  inlayHints = true;
  private editor: Settings = {};
  private file: Settings = {};
  /** Where the settings of the first folder are, or would be. */
  config: ConfigFile | undefined;

  constructor(
    private readonly localize: Localize,
    private readonly warn: (line: string) => void,
  ) {}

  get options(): EngineOptions {
    return resolveOptions(this.editor, this.file);
  }

  /** Takes the editor's section, or an object that holds it, as editors differ in what they send. */
  setEditor(value: unknown): void {
    const inner = isRecord(value) && section in value ? value[section] : value;
    const { settings, problems } = readSettings(inner);
    for (const { path, message } of problems) this.warn(`${[section, ...path].join(".")}: ${this.localize(message)}`);
    this.editor = settings;
    const hints = isRecord(inner) ? inner.inlayHints : undefined;
    this.inlayHints = !(isRecord(hints) && hints.enabled === false);
  }

  /** Reads the `.runner-proxy.json` of the first folder that has one. */
  async readFiles(folders: readonly string[], files: FileAccess): Promise<void> {
    this.file = {};
    this.config = undefined;
    for (const folder of folders) {
      const uri = `${folder.replace(/\/$/, "")}/${configFileName}`;
      const text = await files.read(uri);
      if (text === undefined) {
        this.config ??= { uri, text };
        continue;
      }
      const { settings, problems } = readConfigFile(text);
      const lines = new LineIndex(text);
      for (const { span, message } of problems) {
        this.warn(`${pathOf(uri)}:${lines.position(span.start).line + 1}: ${this.localize(message)}`);
      }
      this.file = settings;
      this.config = { uri, text };
      return;
    }
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
