import { baseName, pathOf } from "../../text/uri.js";

/** The project's own file, and the names and folders that parts of it usually have. */
export const fileNames: readonly RegExp[] = [
  /(?:^|\/)[^/]*\.?gitlab-ci[^/]*\.ya?ml(?:\.[\w-]+)?$/i,
  /(?:^|\/)\.?gitlab(?:-ci)?\/(?:.*\/)?[^/]+\.ya?ml$/i,
  /(?:^|\/)ci\/(?:gitlab|templates)\/(?:.*\/)?[^/]+\.ya?ml$/i,
];

/** How much of a file its top-level keys are looked for in. */
const lookedAt = 65_536;

/** GitLab's own name is enough; in a folder that only suggests CI the content has to agree. */
export function matchGitlabCi(uri: string, text: string): boolean {
  const path = pathOf(uri);
  if (isCiName(baseName(path))) return true;
  return fileNames.some((name) => name.test(path)) && looksLikeCi(text);
}

function isCiName(name: string): boolean {
  return /^\.gitlab-ci\.ya?ml$|\.gitlab-ci\.ya?ml$|^\.?gitlab-ci[\w.-]*\.ya?ml(?:\.(?:j2|erb|tmpl|tpl))?$/i.test(name);
}

/** The project's own file: what it says is not included elsewhere. */
export function isProjectFile(uri: string): boolean {
  return /^\.gitlab-ci\.ya?ml$/i.test(baseName(pathOf(uri)));
}

/** A keyword of jobs one level down, or one of the root that no other YAML has. */
function looksLikeCi(text: string): boolean {
  const head = text.slice(0, lookedAt);
  return (
    /^(?: {1,8}|\t)(?:script|before_script|after_script|extends|services|stage|trigger|image) *:/m.test(head) ||
    /^(?:stages|before_script|after_script|include|workflow|default|variables) *:/m.test(head) ||
    /^\.[\w.-]+ *:[ \t]*(?:\r?\n[ \t]*(?:#.*)?)*\n[ \t]+variables *:/m.test(head)
  );
}
