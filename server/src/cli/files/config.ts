import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { defaultOptions, type EngineOptions } from "../../options.js";
import { configFileName } from "../../protocol.js";
import { readConfigFile } from "../../settings/config-file.js";
import { resolveOptions } from "../../settings/settings.js";
import { LineIndex } from "../../text/line-index.js";
import { english } from "../../text/message.js";
import { UsageError } from "../exit.js";
import type { Terminal } from "../terminal.js";
import { isFolder, readText, UnreadableError } from "./read.js";

/**
 * The settings for a call: of `--config`, or else of the nearest `.runner-proxy.json` at or above the first path.
 * Names that this version does not know are noted and left out.
 * @throws {UsageError} where the file does not say what it should: findings made without it would be others
 */
export function loadOptions(config: string | undefined, firstPath: string, terminal: Terminal): EngineOptions {
  const path = config ?? findConfig(firstPath);
  if (path === undefined) return defaultOptions;
  const text = read(path);
  const { settings, problems } = readConfigFile(text);
  const lines = new LineIndex(text);
  const worded = problems.map(({ span, message, severity }) => {
    const { line, character } = lines.position(span.start);
    return { severity, line: `${path}:${line + 1}:${character + 1}: ${english(message)}` };
  });
  const errors = worded.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new UsageError(errors.map(({ line }) => line).join("\n"));
  for (const { line } of worded) terminal.note(line);
  return resolveOptions(settings);
}

function read(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    if (error instanceof UnreadableError) throw new UsageError(`${path} ${error.message}`);
    throw error;
  }
}

function findConfig(start: string): string | undefined {
  let folder = resolve(start);
  if (!isFolder(folder)) folder = dirname(folder);
  for (;;) {
    const candidate = join(folder, configFileName);
    if (existsSync(candidate)) return candidate;
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}
