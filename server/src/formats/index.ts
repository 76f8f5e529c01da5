import { cntlmConf } from "./cntlm-conf/index.js";
import { dockerJson } from "./docker-json/index.js";
import type { Format, FormatId } from "./format.js";
import { gitlabCi } from "./gitlab-ci/index.js";
import { runnerToml } from "./runner-toml/index.js";
import { systemdDropin } from "./systemd-dropin/index.js";

/** Every format, one line each. The order is that in which they are asked whether a file is theirs. */
const registry = [runnerToml, cntlmConf, systemdDropin, dockerJson, gitlabCi] as const;

type TreeOf<F> = F extends Format<infer T> ? T : never;

/** The tree of any format; `format` tells which. */
export type Tree = TreeOf<(typeof registry)[number]>;

/** A format whose tree type is hidden: it takes back only trees that it made itself. */
export type AnyFormat = Format<Tree>;

/** Every format handles only its own trees, which {@link Document} guarantees, so widening the parameter is sound there. */
export const formats: readonly AnyFormat[] = registry as readonly unknown[] as readonly AnyFormat[];

export function formatById(id: FormatId): AnyFormat {
  const found = formats.find((format) => format.id === id);
  if (!found) throw new Error(`no format ${id}`);
  return found;
}

/** The format of a file, by its path and content. */
export function detectFormat(uri: string, text: string): AnyFormat | undefined {
  return formats.find((format) => format.match(uri, text));
}
