import { pathOf } from "../../text/uri.js";

/** Endings of templates, after `.toml` or in its place. */
const templateEndings = "j2|jinja2?|erb|epp|tpl|tftpl|tmpl|template|in";

export const fileNames: readonly RegExp[] = [
  new RegExp(`\\.toml(?:\\.(?:${templateEndings}|example|sample|dist|bak|orig|default))?$`, "i"),
  new RegExp(`\\.(?:${templateEndings})$`, "i"),
];

const ownFolder = /(?:^|\/)\.?gitlab-runner\/config\.toml$/;

/** Headers that only this file has: `[[runners]]`, `[runners.docker]`, `[runners.{{ name }}]`. */
const subTables =
  "docker|machine|cache|kubernetes|custom|custom_build_dir|ssh|parallels|virtualbox|autoscaler|instance|referees|feature_flags";
const runnersHeader = new RegExp(
  `^[ \\t]*(?:\\[\\[[ \\t]*runners[ \\t]*\\]\\]|\\[\\[?[ \\t]*runners\\.(?:(?:${subTables})\\b|[{<$]))`,
  "m",
);
/** The wrong number of brackets, a slip in the name, or an array of inline tables: this file, if keys of a runner follow. */
const nearHeader = /^[ \t]*(?:\[{1,2}[ \t]*"?runners?"?[ \t]*\]{0,2}[ \t]*(?:#.*)?$|runners[ \t]*=[ \t]*\[)/im;
const runnerKey = /(?:^|[\s{,])(?:executor|token|url|environment|builds_dir|clone_url)[ \t]*=/i;

/** Top-level keys; two of them, `concurrent` among them, are this file's. */
const concurrent = /^[ \t]*concurrent[ \t]*=/m;
const topLevel =
  /^[ \t]*(?:\[session_server\]|(?:check_interval|shutdown_timeout|connection_max_age|sentry_dsn)[ \t]*=)/m;

/** Whether a file is GitLab Runner's config.toml or a template of it: by its folder, or by a name that fits and its content. */
export function matchRunnerToml(uri: string, text: string): boolean {
  const path = pathOf(uri);
  if (ownFolder.test(path)) return true;
  if (!fileNames.some((name) => name.test(path))) return false;
  if (runnersHeader.test(text)) return true;
  if (!/\.toml\b/i.test(path)) return false;
  return (nearHeader.test(text) && runnerKey.test(text)) || (concurrent.test(text) && topLevel.test(text));
}
