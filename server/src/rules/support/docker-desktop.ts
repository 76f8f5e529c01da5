import type { Runner } from "../../formats/runner-toml/runner.js";
import { pathOf } from "../../text/uri.js";
import type { RuleContext } from "../rule.js";

/** Sockets of Docker Desktop: a pipe of Windows, those in a user's `.docker` folder, what lies below macOS's /Users. */
const socket = /^npipe:|^unix:.*\/\.docker\/(?:run|desktop)\/docker[\w.-]*\.sock$|^unix:\/*Users\//i;

/** The folders of users on macOS and Windows, and the one that the runner's manual makes on Windows. */
const folder = /(?:^|\/)Users\/[^/]+\/\.(?:docker|gitlab-runner)\/|^\/?[a-z](?::|%3a)\/GitLab-Runner\/[^/]+$/i;

/**
 * Whether containers run in the machine of Docker Desktop, whose docker0 is not the host's: by the file's path, the socket of the
 * runner, or the context and the credential store in Docker's config.json.
 * @param runner that the containers belong to
 */
export function usesDockerDesktop({ document, tree }: RuleContext, runner: Runner | undefined): boolean {
  if (socket.test(runner?.docker?.string("host")?.value ?? "") || folder.test(pathOf(document.uri))) return true;
  if (tree.format !== "docker-json") return false;
  const says = (key: string) => tree.root?.property(key)?.value?.text?.text ?? "";
  return /^desktop(?:-linux|-windows)$/.test(says("currentContext")) || /^desktop(?:\.exe)?$/.test(says("credsStore"));
}

/** The machine whose dockerd runs the containers, where it is another one than the runner's; undefined elsewhere. */
export function remoteDocker(runner: Runner | undefined): string | undefined {
  const host = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]+)/.exec(
    runner?.docker?.string("host")?.value ?? "",
  )?.[1];
  return host === undefined || /^(?:localhost|127\..*|\[::1\])$/.test(host) ? undefined : host;
}
