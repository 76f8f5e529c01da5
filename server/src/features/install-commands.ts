import { isOfUser } from "../proxy/scopes.js";
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
  /** Its service is one of a user's own (rootless Docker), who has a systemd of their own. */
  readonly ofUser: boolean;
}

/**
 * The lines that put files in place on their host, with the right owner and mode, and make them count. They are for a person to
 * read and run: nothing here runs them.
 */
export function installCommands(service: Service, uris: readonly string[]): InstallCommands {
  const targets = uris.flatMap((uri) => {
    const document = service.document(uri);
    const target = document && targetOf(document);
    return target ? [{ source: pathOf(uri), target }] : [];
  });
  if (targets.length === 0) return { problem: msg("None of the files is one that a host needs installed.") };
  const lines = targets
    .filter(({ source, target }) => source !== target.path)
    .map(({ source, target }) => installLine(source, target));
  return { text: [...lines, ...follow(targets.map(({ target }) => target))].map((line) => `${line}\n`).join("") };
}

/** A file that cannot be written from here, as it should be. */
export interface FileByHand {
  readonly uri: string;
  readonly text: string;
}

/** The same for files that are not there yet: the lines carry their texts along. */
export function installTexts(service: Service, files: readonly FileByHand[]): string {
  const host = service.fork();
  for (const { uri, text } of files) host.setDocument(uri, text);
  const placed = files.map(({ uri, text }) => {
    const document = host.document(uri);
    return { uri, text, target: document && targetOf(document) };
  });
  const lines = placed.map(({ uri, text, target }) =>
    target
      ? withText(installLine("/dev/stdin", target), text)
      : withText(`sudo tee ${quoted(pathOf(uri))} > /dev/null`, text),
  );
  return [...lines, ...follow(placed.flatMap(({ target }) => target ?? []))].map((line) => `${line}\n`).join("");
}

function installLine(source: string, { owner, mode, path }: Target): string {
  return `sudo install -D -o ${owner} -g ${owner} -m ${mode} ${quoted(source)} ${quoted(path)}`;
}

/** A command that reads a text from a here-document, which ends with a line that the text does not have. */
function withText(command: string, text: string): string {
  let end = "EOF";
  for (let count = 1; text.split(/\r?\n/).includes(end); count++) end = `EOF_${count}`;
  return `${command} <<'${end}'\n${text}${text.endsWith("\n") ? "" : "\n"}${end}`;
}

/** What has to be reloaded and restarted for the files to count. */
function follow(targets: readonly Target[]): readonly string[] {
  return [
    ...reloaded(
      "sudo systemctl",
      targets.filter(({ ofUser }) => !ofUser),
    ),
    // Run by the user: sudo would ask the systemd of root.
    ...reloaded(
      "systemctl --user",
      targets.filter(({ ofUser }) => ofUser),
    ),
  ];
}

function reloaded(systemctl: string, targets: readonly Target[]): readonly string[] {
  const units = [...new Set(targets.flatMap(({ restart }) => restart))];
  return [
    ...(targets.some(({ reload }) => reload) ? [`${systemctl} daemon-reload`] : []),
    ...(units.length > 0 ? [`${systemctl} restart ${units.map(quoted).join(" ")}`] : []),
  ];
}

function quoted(word: string): string {
  return quoteShellWord(word) ?? "''";
}

function targetOf(document: Document): Target | undefined {
  const { tree, uri, hostRoot } = document;
  const onHost = hostRoot === undefined ? undefined : `/${pathOf(uri).slice(hostRoot.length)}`;
  const ofUser = isOfUser(document);
  const root = { owner: ownerOf(onHost ?? ""), restart: [], reload: false, ofUser };
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
      return onHost === undefined ? undefined : { ...root, path: onHost, mode: "0600" };
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
