import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createSecureContext, rootCertificates } from "node:tls";
import { type Message, msg } from "../../text/message.js";

/** Where Go looks for the system's authorities on Linux: the first file that is there (crypto/x509, root_linux.go). */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** Go adds all that lies in these folders. */
const folders = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

/** What config.toml and the service's environment say of certificates. */
export interface TrustRequest {
  /** `tls-ca-file`, `tls-cert-file` and `tls-key-file` of the runner. */
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  /** `SSL_CERT_FILE` and `SSL_CERT_DIR`, which Go takes instead of the system's. */
  readonly systemFile: string | undefined;
  readonly systemFolders: string | undefined;
  /** The path of config.toml on this machine. */
  readonly config: string | undefined;
  /** GitLab's URL as it is written. */
  readonly url: string;
}

/** Whom the runner trusts, and how it presents itself. */
export interface Trust {
  /** PEM texts. */
  readonly authorities: readonly string[];
  /** Its own certificate, in PEM. */
  readonly identity?: { readonly cert: string; readonly key: string };
  /** Why it may trust others too, of whom is nothing known here. */
  readonly open?: Message;
  /** A file that is to name the authority and has no certificate that the runner finds. */
  readonly without?: string;
}

/** For requests without TLS. */
export const noTrust: Trust = { authorities: [] };

/**
 * As GitLab Runner does it (network/client.go, read in 19.4): `tls-ca-file`, or else `HOST.crt` of its folder, is added to the
 * system's authorities, in PEM; where it cannot be read, the system's count alone. A certificate of its own is
 * `tls-cert-file` with `tls-key-file`, each of them else `HOST.auth.crt` and `HOST.auth.key`.
 */
export async function trustOf(request: TrustRequest): Promise<Trust> {
  const { caFile, certFile, keyFile, url, config } = request;
  const beside = (ending: string) => join(certificatesFolder(config), `${hostIn(url)}${ending}`);
  const ca = await read(caFile || beside(".crt"));
  const cert = await read(certFile || beside(".auth.crt"));
  const key = await read(keyFile || beside(".auth.key"));
  const open = [ca, cert, key].find(({ denied }) => denied);
  const named = Boolean(caFile) || ca.text !== undefined;
  return {
    authorities: [...(await systemAuthorities(request)), ...(ca.text === undefined ? [] : [ca.text])],
    ...identityOf(cert.text, key.text),
    ...(open && { open: msg("This user may not read {0}, which the runner reads.", open.path) }),
    ...(!open && ofPlatform()),
    ...(named && !/-----BEGIN CERTIFICATE-----/.test(ca.text ?? "") && { without: ca.path }),
  };
}

/** A pair that cannot be loaded is left out. */
function identityOf(cert: string | undefined, key: string | undefined): Pick<Trust, "identity"> {
  if (cert === undefined || key === undefined) return {};
  try {
    createSecureContext({ cert, key });
    return { identity: { cert, key } };
  } catch {
    return {};
  }
}

/**
 * `certs` of the runner's own folder: /etc/gitlab-runner for root, ~/.gitlab-runner else (commands/config_unix.go). It is not
 * beside a config.toml that `--config` names elsewhere.
 */
function certificatesFolder(config: string | undefined): string {
  const own = /[\\/](?:etc[\\/]|\.)gitlab-runner[\\/]config\.toml$/;
  // On Windows it is the folder that the service is started in, which is that of its config.toml.
  if (config !== undefined && (own.test(config) || process.platform === "win32")) return join(dirname(config), "certs");
  return "/etc/gitlab-runner/certs";
}

/** The host as the runner cuts it out: letter case stays, and the port goes. */
function hostIn(url: string): string {
  return /^[^:]*:\/\/(?:[^/?#@]*@)?([^/?#:]*)/.exec(url.trim())?.[1] ?? "";
}

function ofPlatform(): { readonly open?: Message } {
  if (process.platform !== "darwin" && process.platform !== "win32") return {};
  return { open: msg("The authorities that this system itself knows are not read here.") };
}

async function systemAuthorities({ systemFile, systemFolders }: TrustRequest): Promise<readonly string[]> {
  const bundle = await firstOf(systemFile ? [systemFile] : bundles);
  const texts = new Set<string>(bundle === undefined ? [] : [bundle]);
  for (const folder of systemFolders ? systemFolders.split(":") : folders) {
    const names = await readdir(folder).catch(() => []);
    for (const { text } of await Promise.all(names.map((name) => read(join(folder, name))))) {
      // The folder's certificates are mostly those of the bundle.
      if (text !== undefined && !bundle?.includes(text.trim())) texts.add(text);
    }
  }
  return texts.size > 0 ? [...texts] : rootCertificates;
}

/** The text of the first file that is there. */
async function firstOf(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const { text } = await read(path);
    if (text !== undefined) return text;
  }
  return undefined;
}

interface ReadFile {
  readonly path: string;
  readonly text?: string;
  /** It may be there, and others may read it. */
  readonly denied: boolean;
}

async function read(path: string): Promise<ReadFile> {
  try {
    return { path, text: await readFile(path, "utf8"), denied: false };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return { path, denied: code === "EACCES" || code === "EPERM" };
  }
}
