const mask = "…";

/**
 * Takes secrets out of a text that is to be shown: credentials in addresses, values of keys and options that hold
 * secrets (`token`, `Password`, `PassNTLMv2` …), runner tokens wherever they stand. The text may be quoted in any way.
 * Everything that prints text of a document goes through here (invariant 8).
 */
export function redact(text: string): string {
  return (
    text
      .replace(/\bgl(?:rt|pat|cbt|dt|ft|ptt|soat|oas|agent|imt|rtr)-[\w.-]+/g, mask)
      .replace(/(:\/\/)[^\s/"'`<>]*@/g, `$1${mask}@`)
      // A password with blanks, slashes or quotes, these escaped: to the last @ before the next address
      .replace(
        /(:\/\/)[^\s/:@"'`<>\\]+:(?!\d+(?![\w%]))(?:(?<=\\)"|(?!:\/\/)[^\r\n"]){0,300}@(?=[^\s"'])/g,
        `$1${mask}@`,
      )
      // user:password@host:port without a scheme
      .replace(/(^|[=\s"'`])[\w.%\\-]{1,300}:[^\s/"'`@<>]{1,300}@(?=[\w.-]+:\d)/g, `$1${mask}@`)
      // The same behind a variable or key, with any password
      .replace(
        /((?:https?|ftp|all)[-_]?proxy\\*["']?[ \t]*[:=][ \t]*\\*["']?)(?=[\w.%\\-]+:(?!\/\/))(?![\w.-]+:\d+(?![\w%]))(?:(?<=\\)"|[^\r\n"]){0,300}@(?=[\w.[-])/gi,
        `$1${mask}@`,
      )
      .replace(/(\bAuthorization\\*["']?\s*:\s*\\*["']?(?:\w+\s+)?)[^\s"'\\]+/gi, `$1${mask}`)
      .replace(/(\s--?(?:password|passwd|token|passphrase)[ \t]+\\*["']?)(?!\$)[^\s"'\\]+/gi, `$1${mask}`)
      .replace(/(\b(?:login|sshpass)\b[^\n;|&]{0,500}?\s-p[ \t]*\\*["']?)(?!\$)[^\s"'\\]+/g, `$1${mask}`)
      .replace(
        /(\bcurl\b[^\n;|&]{0,500}?\s(?:-u|--user|-U|--proxy-user)[ \t]*\\*["']?[^\s:"'\\]+:)[^\s"'\\]+/g,
        `$1${mask}`,
      )
      .replace(/^(\s*(?:Password|PassLM|PassNT|PassNTLMv2|SOCKS5Users?)\s+).+$/gim, `$1${mask}`)
      .replace(
        /((?:password|passwd|token|secret|auth|identitytoken|registrytoken|access_?key|secret_?key|api_?key|private_?key)\w*\\*["']?\s*[:=]\s*\\*["']?)(?!\$|[{[](?:[\s"'\\}\]]|$))[^\s"',;\\}]+/gi,
        `$1${mask}`,
      )
  );
}

/** An address without its credentials; the rest as it is. */
export function redactAddress(address: string): string {
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(address)?.[0] ?? "";
  const rest = address.slice(scheme.length);
  const at = rest.lastIndexOf("@");
  return at < 0 ? address : `${scheme}${mask}@${rest.slice(at + 1)}`;
}
