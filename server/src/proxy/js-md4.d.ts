declare module "js-md4" {
  /** Only the form that computes in JavaScript; the others ask Node's crypto, whose OpenSSL has no MD4 any more. */
  const md4: { arrayBuffer(message: Uint8Array): ArrayBuffer };
  export default md4;
}
