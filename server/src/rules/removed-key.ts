import type { TomlValue } from "../formats/runner-toml/toml/nodes.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";
import { allTables, entriesOf } from "./support/toml-tables.js";

interface RemovedKey {
  readonly table: string;
  /** Since when the name is not read any more. */
  readonly since: string;
  /** The name in use, in the same table. */
  readonly now?: string;
  /** The table that holds the same keys now. */
  readonly nowTable?: string;
}

/** Names that current runners ignore (release notes of GitLab Runner). */
const removed: Readonly<Record<string, RemovedKey>> = {
  pre_clone_script: { table: "runners[]", since: "17.0", now: "pre_get_sources_script" },
  post_clone_script: { table: "runners[]", since: "17.0", now: "post_get_sources_script" },
  metrics_server: { table: "", since: "12.0", now: "listen_address" },
  serveraddress: { table: "runners[].cache", since: "12.0", nowTable: "[runners.cache.s3]" },
  accesskey: { table: "runners[].cache", since: "12.0", nowTable: "[runners.cache.s3]" },
  secretkey: { table: "runners[].cache", since: "12.0", nowTable: "[runners.cache.s3]" },
  bucketname: { table: "runners[].cache", since: "12.0", nowTable: "[runners.cache.s3]" },
  bucketlocation: { table: "runners[].cache", since: "12.0", nowTable: "[runners.cache.s3]" },
  insecure: { table: "runners[].cache", since: "12.0", nowTable: "[runners.cache.s3]" },
};

export const removedKey: Rule = {
  id: "removed-key",
  severity: "error",
  formats: ["runner-toml"],
  docs: { summary: "A key that current runners ignore, since it has another name now." },
  check(context) {
    const { tree, options } = context;
    if (tree.format !== "runner-toml") return;
    for (const { table, path } of allTables(tree)) {
      for (const entry of entriesOf(table)) {
        const info = removedKeyAt(path, entry.key.text);
        if (!info || isOlder(options.runnerVersion, info.since)) continue;
        // What is off or empty said nothing under the old name either; `gitlab-runner register` once wrote it.
        if (entry.value && saysNothing(entry.value)) continue;
        // Both names beside each other serve runners of both generations.
        if (info.now !== undefined && table.find(info.now)) continue;
        context.report({
          span: entry.key,
          message:
            info.now !== undefined
              ? msg("GitLab Runner ignores {0} since {1}: it is {2}.", entry.key.text, info.since, info.now)
              : msg(
                  "GitLab Runner ignores {0} here since {1}: it belongs into {2}.",
                  entry.key.text,
                  info.since,
                  info.nowTable ?? "",
                ),
          ...(info.now !== undefined && {
            fixes: [
              { title: msg("Rename to {0}", info.now), edits: [{ span: entry.key, newText: info.now }], safe: true },
            ],
          }),
        });
      }
    }
  },
};

function saysNothing(value: TomlValue): boolean {
  return value.kind === "boolean" ? value.source === "false" : value.kind === "string" && value.value === "";
}

/** What became of a key at its place; undefined for a key that was never removed. */
export function removedKeyAt(table: string, key: string): RemovedKey | undefined {
  const lower = key.toLowerCase();
  const found = Object.hasOwn(removed, lower) ? removed[lower] : undefined;
  return found?.table === table.toLowerCase() ? found : undefined;
}

/** Whether `version` (MAJOR.MINOR; undefined is the newest) came before `since`. */
function isOlder(version: string | undefined, since: string): boolean {
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [sinceMajor = 0, sinceMinor = 0] = since.split(".").map(Number);
  return major < sinceMajor || (major === sinceMajor && minor < sinceMinor);
}
