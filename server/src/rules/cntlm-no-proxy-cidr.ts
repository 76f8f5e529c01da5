import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmNoProxyCidr: Rule = {
  id: "cntlm-no-proxy-cidr",
  severity: "warning",
  formats: ["cntlm-conf"],
  docs: { summary: "A CIDR block in NoProxy, which never matches: cntlm compares with wildcards." },
  check(context) {
    if (context.tree.format !== "cntlm-conf") return;
    for (const { value } of context.tree.all("NoProxy")) {
      for (const match of value.text.matchAll(/[^\s,]+/g)) {
        const block = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(match[0]);
        const span = { start: match.index, end: match.index + match[0].length };
        if ((!block && !/^[\da-f:]+:[\da-f:.]*\/\d{1,3}$/i.test(match[0])) || value.hasUnknown(span)) continue;
        const wildcard = block && asWildcard(block);
        const edits = wildcard ? value.replace(span, wildcard) : undefined;
        context.report({
          span: value.toSource(span),
          message: wildcard
            ? msg("cntlm knows no CIDR: {0} never matches. {1} is the same block.", match[0], wildcard)
            : msg("cntlm knows no CIDR: {0} never matches. It compares names and addresses with * and ?.", match[0]),
          ...(wildcard && edits && { fixes: [{ title: msg("Write {0}", wildcard), edits, safe: true }] }),
        });
      }
    }
  },
};

/** `10.0.0.0/8` is `10.*`: only a block of whole octets can be said with wildcards. */
function asWildcard(block: RegExpExecArray): string | undefined {
  const octets = Number(block[5]) / 8;
  if (!Number.isInteger(octets) || octets < 1 || octets > 3) return undefined;
  return `${block.slice(1, 1 + octets).join(".")}.*`;
}
