import { quoteShellWord } from "../quoting/shell.js";
import type { Service } from "../service.js";
import { type Message, msg } from "../text/message.js";
import { baseName, pathOf } from "../text/uri.js";
import type { Document } from "../workspace/document.js";

/** Lines for a shell, or why there are none. */
export type InstallCommands = { readonly text: string } | { readonly problem: Message };

/** Where a file belongs on the host, whose it is there, and what has to be done for it to count. */
interface Target {
  readonly path: string;
  readonly owner: string;
  readonly mode: string;
  /** Units that read it when they start. */
  readonly restart: readonly string[];
  /** systemd itself reads it. */
  readonly reload: boolean;
}

/**
 * The lines that put files in place on their host, with the right owner and mode, and make them count. They are for a person to
 * read and run: nothing here runs them.
 */
export function installCommands(service: Service, uris: readonly string[]): InstallCommands {
  const lines: string[] = [];
  const restart = new Set<string>();
  let reload = false;
  for (const uri of uris) {
    const document = service.document(uri);
    const target = document && targetOf(document);
    if (!document || !target) continue;
    const source = pathOf(uri);
    if (source !== target.path) {
      const { owner, mode, path } = target;
      lines.push(`sudo install -D -o ${owner} -g ${owner} -m ${mode} ${quoted(source)} ${quoted(path)}`);
    }
    for (const unit of target.restart) restart.add(unit);
    reload ||= target.reload;
  }
  if (reload) lines.push("sudo systemctl daemon-reload");
  if (restart.size > 0) lines.push(`sudo systemctl restart ${[...restart].map(quoted).join(" ")}`);
  if (lines.length === 0) return { problem: msg("None of the files is one that a host needs installed.") };
  return { text: lines.map((line) => `${line}\n`).join("") };
}

function quoted(word: string): string {
  return quoteShellWord(word) ?? "''";
}

function targetOf(document: Document): Target | undefined {
  const { tree, uri, hostRoot } = document;
  const onHost = hostRoot === undefined ? undefined : `/${pathOf(uri).slice(hostRoot.length)}`;
  const root = { owner: "root", restart: [], reload: false };
  switch (tree.format) {
    // Account and hash, or the runners' tokens, are in it.
    case "cntlm-conf":
      return { ...root, path: onHost ?? "/etc/cntlm.conf", mode: "0600", restart: ["cntlm.service"] };
    // gitlab-runner reads it again when it changes.
    case "runner-toml":
      return { ...root, path: onHost ?? "/etc/gitlab-runner/config.toml", mode: "0600" };
    case "docker-json":
      if (tree.kind === "daemon") {
        return { ...root, path: onHost ?? "/etc/docker/daemon.json", mode: "0644", restart: ["docker.service"] };
      }
      return onHost === undefined ? undefined : { ...root, path: onHost, owner: ownerOf(onHost), mode: "0600" };
    case "systemd-dropin": {
      const { unit, part } = tree.file;
      const name = baseName(pathOf(uri));
      const own = unit && (part === "unit" ? unit : `${unit}.d/${name.endsWith(".conf") ? name : "http-proxy.conf"}`);
      const path = onHost ?? (own && `/etc/systemd/system/${own}`);
      if (path === undefined) return undefined;
      return {
        ...root,
        path,
        mode: "0644",
        restart: unit === undefined ? [] : [unit],
        reload: tree.entries === undefined,
      };
    }
    // It belongs to a repository.
    case "gitlab-ci":
      return undefined;
  }
}

function ownerOf(path: string): string {
  return /^\/home\/([A-Za-z_][\w.-]*)\//.exec(path)?.[1] ?? "root";
}
