import { baseName, folderOf, pathOf } from "../../text/uri.js";

/** Paths that are cntlm's by their name: `cntlm.conf`, `cntlm.ini`, `cntlm.conf.j2`, `cntlm-template.conf`, `cntlm_de.ini`. */
const named = /^cntlm(?:[-_.][^/]*)?\.(?:conf|ini|cfg)(?:\.[a-z\d]+)?$/i;

/** Folders where a file is named after the program that it is about: tmpfiles.d, rsyslog.d, supervisor's conf.d, upstart's init. */
const ofOthers = /(?:\.d|^init|^apparmor|^supervisor)$/i;

/** Names that may be cntlm's; the content decides. */
const possible = /\.(?:conf|ini|cfg|in|j2|jinja2?|epp|erb|tpl|tmpl|tftpl|template)$/i;

export const cntlmFileNames: readonly RegExp[] = [/(?:^|\/)cntlm[^/]*\.(?:conf|ini|cfg)[^/]*$/i, /\.(?:conf|ini)$/i];

/** Parent proxies, and one option that no other program with a `Proxy` option has. */
const proxyLine = /^[ \t]*Proxy[ \t]+\S/m;
const ownLine = /^[ \t]*(?:NoProxy|PassNTLMv2|PassNT|PassLM|SOCKS5Proxy|Workstation|Domain|Gateway)[ \t]+\S/m;

/** How much of a file's beginning is looked at. */
const lookedAt = 65_536;

export function matchesCntlm(uri: string, text: string): boolean {
  const path = pathOf(uri);
  if (named.test(baseName(path)) && !ofOthers.test(baseName(folderOf(path)))) return true;
  if (!possible.test(path)) return false;
  const head = text.slice(0, lookedAt);
  return proxyLine.test(head) && ownLine.test(head);
}
