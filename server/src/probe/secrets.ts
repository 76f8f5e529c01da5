import { parseAddress } from "../proxy/address.js";
import type { Document } from "../workspace/document.js";

/** Keys of Docker's config.json that hold logins. */
const logins = new Set(["auth", "password", "identitytoken", "registrytoken"]);

/** Whether a document holds a secret in clear text: a password, a token, a hash, or a login. */
export function holdsSecret(document: Document): boolean {
  return holdsOwnSecret(document) || hasCredentials(document);
}

function holdsOwnSecret({ tree, text }: Document): boolean {
  switch (tree.format) {
    case "cntlm-conf":
      return ["Password", "PassLM", "PassNT", "PassNTLMv2", "SOCKS5User"].some((name) => tree.all(name).length > 0);
    case "runner-toml":
      return tree.runners.some(({ token }) => (token?.value ?? "") !== "");
    case "docker-json":
      return [...text.matchAll(/"(\w+)"\s*:\s*"[^"]/g)].some(([, key]) => logins.has(key?.toLowerCase() ?? ""));
    default:
      return false;
  }
}

/** An address with a password in it. */
export function hasCredentials({ settings }: Document): boolean {
  return settings.scopes.some(({ assignments }) =>
    assignments.some(({ variable, value, external }) => {
      if (!variable || variable === "no_proxy" || external) return false;
      const { password } = parseAddress(value.text);
      return password !== undefined && !value.hasUnknown(password);
    }),
  );
}
