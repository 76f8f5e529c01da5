/// <reference path="./js-md4.d.ts" />
import { hmac } from "@noble/hashes/hmac.js";
import { md5 } from "@noble/hashes/legacy.js";
import md4 from "js-md4";

/**
 * The hash that cntlm takes as `PassNTLMv2` in place of a password. It holds for this user and domain alone.
 * Source: `ntlm2_hash_password` of cntlm; compared with `cntlm -H` of 0.92.3, which prints the bytes complemented.
 * @returns 32 hexadecimal digits, in upper case
 */
export function passNtlmV2(username: string, domain: string, password: string): string {
  const key = new Uint8Array(md4.arrayBuffer(widen(kept(password))));
  const identity = [...kept(username), ...kept(domain)].map((byte) =>
    byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte,
  );
  return [...hmac(md5, key, widen(identity))]
    .map((byte) => (byte ^ 0xff).toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** cntlm cuts each of the three at 49 bytes (measured). */
function kept(text: string): number[] {
  return bytesOf(text).slice(0, 49);
}

/** The bytes of the file, as cntlm sees them: it knows no encoding. */
function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  for (const character of encodeURIComponent(text.replace(loneSurrogate, "\uFFFD")).matchAll(/%([\da-f]{2})|[^%]/gi)) {
    bytes.push(character[1] ? Number.parseInt(character[1], 16) : character[0].charCodeAt(0));
  }
  return bytes;
}

/** One byte becomes one UTF-16 unit, low byte first. */
function widen(bytes: readonly number[]): Uint8Array {
  return Uint8Array.from(bytes.flatMap((byte) => [byte, 0]));
}
