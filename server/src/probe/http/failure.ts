/** At which of the two the request failed. */
export type Party = "proxy" | "server";

/**
 * Why there is no answer.
 * - `closed`: the connection ended without one; `not-http`, `not-tls`: it speaks another protocol
 * - `certificate`: it is not trusted; `code` is OpenSSL's or Node's name of the reason
 * - `tls-refused`: the other side ends the handshake; `code` is OpenSSL's name of the reason
 */
export type Failure =
  | { readonly kind: "refused" | "unreachable" | "unknown-host" | "timeout" | "closed"; readonly at: Party }
  | { readonly kind: "not-http" | "not-tls"; readonly at: Party }
  | { readonly kind: "certificate" | "tls-refused"; readonly at: Party; readonly code: string }
  | { readonly kind: "other"; readonly at: Party; readonly reason: string };

/** A certificate whose name stands in its Common Name alone. */
export class NoAlternativeName extends Error {
  readonly code = "CERT_HAS_NO_ALTERNATIVE_NAME";
}

const connectionCodes: Readonly<Record<string, "refused" | "unreachable" | "unknown-host" | "timeout" | "closed">> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ENOTFOUND: "unknown-host",
  EAI_AGAIN: "unknown-host",
  ETIMEDOUT: "timeout",
  ECONNRESET: "closed",
  ECONNABORTED: "closed",
  EPIPE: "closed",
};

const certificateCode = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

/** What OpenSSL says of an answer that is none of TLS. */
const notTls =
  /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_TOO_SMALL|UNEXPECTED_MESSAGE|HTTP_REQUEST)$/;

/** @param error what Node's net, tls or http reported */
export function failureOf(error: unknown, at: Party): Failure {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const connection = connectionCodes[code];
  if (connection !== undefined) return { kind: connection, at };
  if (certificateCode.test(code)) return { kind: "certificate", at, code };
  if (code.startsWith("HPE_")) return { kind: "not-http", at };
  if (notTls.test(code)) return { kind: "not-tls", at };
  if (code.startsWith("ERR_SSL_") || code === "EPROTO") return { kind: "tls-refused", at, code };
  return { kind: "other", at, reason: error instanceof Error ? error.message : String(error) };
}
