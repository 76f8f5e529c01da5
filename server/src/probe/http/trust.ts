import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { rootCertificates } from "node:tls";

/** Where Go looks for the system's authorities on Linux; the first that is there counts (crypto/x509, root_linux.go). */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

export interface TrustRequest {
  /** `tls-ca-file` of the runner, if it has one. */
  readonly caFile: string | undefined;
  /** The path of its config.toml on this machine. */
  readonly config: string | undefined;
  /** GitLab's host name. */
  readonly host: string;
}

/**
 * The authorities that the runner trusts: the system's, and those of `tls-ca-file`, or else of `certs/HOST.crt` beside
 * config.toml (gitlab-runner, network/client.go).
 * @returns PEM texts
 */
export async function authoritiesOf({ caFile, config, host }: TrustRequest): Promise<readonly string[]> {
  const own = caFile ?? (config === undefined ? undefined : join(dirname(config), "certs", `${host}.crt`));
  const added = own === undefined ? undefined : await textOf(own);
  return [...(await systemAuthorities()), ...(added === undefined ? [] : [added])];
}

async function systemAuthorities(): Promise<readonly string[]> {
  for (const path of bundles) {
    const text = await textOf(path);
    if (text !== undefined) return [text];
  }
  return rootCertificates;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
