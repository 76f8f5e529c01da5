import { setCntlmValue } from "../formats/cntlm-conf/edit.js";
import { cntlmAuthMethods, hashesFor } from "../formats/cntlm-conf/options.js";
import type { CntlmConfTree, CntlmEndpoint, CntlmOption } from "../formats/cntlm-conf/tree.js";
import { placeholderIn } from "../proxy/placeholder.js";
import { msg } from "../text/message.js";
import { nearest } from "../text/nearest.js";
import type { ReportedFix, Rule, RuleContext } from "./rule.js";

export const cntlmInvalidValue: Rule = {
  id: "cntlm-invalid-value",
  severity: "error",
  formats: ["cntlm-conf"],
  docs: { summary: "A value with which cntlm exits, or which it takes for another one." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "cntlm-conf") return;
    for (const endpoint of tree.addresses) {
      if (endpoint.unknown || hasOtherFinding(endpoint.option) || isPlaceholder(endpoint.option.value.text)) continue;
      checkEndpoint(context, endpoint);
    }
    for (const option of tree.options) {
      if (option.state !== "effective" || option.value.hasUnknown() || hasOtherFinding(option)) continue;
      if (isPlaceholder(option.value.text)) continue;
      if (option.kind?.value === "tunnel") checkTunnel(context, option);
      else if (option.kind?.value === "network") checkNetwork(context, option);
    }
    checkAuth(context, tree);
    checkHashes(context, tree);
  },
};

/** A word in capitals or in brackets waits to be filled in, too. */
function isPlaceholder(value: string): boolean {
  return placeholderIn(value) !== undefined || /^[A-Z][A-Z_-]*(?::[A-Z_]+)?$/.test(value) || /^\[.*\]$/.test(value);
}

/** Quotes and signs in the value are told by rules of their own. */
function hasOtherFinding({ faults }: CntlmOption): boolean {
  return faults.some(({ kind }) => kind !== "hash-after-blank" && kind !== "hash-in-word");
}

/** cntlm 0.92.3 cuts an address at its first colon. */
function isIpv6(text: string): boolean {
  return /^\[[\da-f:.]+\](?::\d+)?$/i.test(text) || /^(?:[\da-f]*:){2,}[\da-f:.]*$/i.test(text);
}

function checkEndpoint(context: RuleContext, { option, role, host, port, portSpan }: CntlmEndpoint): void {
  const text = option.value.text;
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) {
    const plain = /^[a-z][a-z\d+.-]*:\/\/(?:[^@]*@)?(\[?[^/@:]+\]?:\d+)\/?$/i.exec(text)?.[1];
    context.report({
      span: option.raw,
      message:
        role === "parent"
          ? msg("cntlm exits: Proxy is host:port, not a URL. The account goes into Username, Domain and Password.")
          : msg("cntlm exits: {0} is an address and a port, not a URL.", option.name),
      // A password in the URL would be lost: that is for the user to say.
      ...fixWith(option, plain, !text.includes("@")),
    });
    return;
  }
  if (isIpv6(text)) {
    context.report({
      span: option.raw,
      message: msg("cntlm exits: {0} takes no IPv6 address. Write an IPv4 address or a name.", option.name),
    });
    return;
  }
  if (role !== "parent" && text.startsWith("*:")) {
    const value = `${context.options.docker0Address}:${text.slice(2)}`;
    context.report({
      span: option.raw,
      message: msg("cntlm exits: it looks for a host named *. Every interface is 0.0.0.0, docker0 is {0}.", value),
      ...fixWith(option, value, false),
    });
    return;
  }
  if (host !== undefined && port !== undefined && text.includes(":") && badHost(host, role)) {
    context.report({
      span: option.raw,
      message: msg("cntlm exits: {0} is no host that it can look up.", `"${host}"`),
      ...fixWith(option, host.startsWith(":") ? host.slice(1) : `${host.trim()}:${port}`, /^:\d+$|^\S+\s+$/.test(host)),
    });
    return;
  }
  if (port === undefined) {
    context.report({
      span: option.raw,
      message:
        role === "parent"
          ? msg("cntlm exits: Proxy needs a port, host:port.")
          : msg("cntlm exits: {0} needs a port.", option.name),
    });
    return;
  }
  if (port < 1 || port > 65535) {
    context.report({
      span: portSpan ?? option.raw,
      message: msg("There is no port {0}: cntlm takes another one, without a word. Ports go up to 65535.", port),
    });
    return;
  }
  const digits = text.slice(text.lastIndexOf(":") + 1);
  if (/^\s*\d+\s*$/.test(digits)) return;
  const clear = /^(\d+)(?:\/|,|;)+$/.exec(digits)?.[1];
  context.report({
    span: portSpan ?? option.raw,
    // It goes on with the number, which is mostly the one that was meant.
    severity: "warning",
    message: msg("cntlm reads port {0} and drops the rest of the value.", port),
    ...fixWith(option, clear && (host !== undefined && text.includes(":") ? `${host}:${clear}` : clear), true),
  });
}

/** Of `:3128` the whole is the host: a Listen is not to be found, a Proxy is looked up at the first request. */
function badHost(host: string, role: CntlmEndpoint["role"]): boolean {
  return / /.test(host) || (role !== "parent" && host.startsWith(":"));
}

/** `[address:]port:host:port`, each port a number. */
function checkTunnel(context: RuleContext, option: CntlmOption): void {
  const parts = option.value.text.split(":");
  const port = parts.length === 3 ? parts[0] : parts[1];
  if (parts.length >= 3 && parts.length <= 4 && /^\s*[+-]?0*[1-9]/.test(port ?? "") && parts.at(-1) !== "") return;
  context.report({
    span: option.raw,
    message: msg("cntlm exits: a Tunnel is [address:]port:host:port."),
  });
}

/** `address[/bits]`, one a line. */
function checkNetwork(context: RuleContext, option: CntlmOption): void {
  const [address = "", ...masks] = option.value.text.split("/");
  const [bits] = masks;
  const isBits = bits === undefined || (/^\s*\d+$/.test(bits) && Number(bits) <= 32);
  if (masks.length < 2 && isBits && (address === "*" || !/[\s,:*]/.test(address))) return;
  context.report({
    span: option.raw,
    message: msg("cntlm exits: {0} takes one address, or one network as address/bits.", option.name),
  });
}

function fixWith(option: CntlmOption, value: string | undefined, safe: boolean): { fixes?: ReportedFix[] } {
  const edits = value === undefined || value === "" ? undefined : setCntlmValue(option, value);
  return edits && value ? { fixes: [{ title: msg("Write {0}", value), edits, safe }] } : {};
}

function checkAuth(context: RuleContext, tree: CntlmConfTree): void {
  const auth = tree.option("Auth");
  if (!auth || auth.value.hasUnknown() || hasOtherFinding(auth) || hashesFor(auth.value.text)) return;
  if (auth.value.text.toUpperCase() === "GSS") {
    context.report({
      span: auth.raw,
      severity: "information",
      message: msg("Auth GSS (Kerberos) is known to forks of cntlm alone: cntlm 0.92.3 exits."),
    });
    return;
  }
  context.report({
    span: auth.raw,
    message: msg("cntlm exits: it does not know Auth {0}. It takes {1}.", auth.value.text, cntlmAuthMethods.join(", ")),
    ...fixWith(auth, nearest(auth.value.text, cntlmAuthMethods), true),
  });
}

/** cntlm looks at every hash that is given, whatever the method, and at none where there is a Password. */
function checkHashes(context: RuleContext, tree: CntlmConfTree): void {
  if (tree.option("Password")) return;
  const needed = hashesFor(tree.option("Auth")?.value.text ?? "NTLMv2");
  for (const name of ["PassNTLMv2", "PassNT", "PassLM"]) {
    const option = tree.option(name);
    if (!option || option.value.hasUnknown() || hasOtherFinding(option) || isPlaceholder(option.value.text)) continue;
    const { text } = option.value;
    if (/^[\da-f]{32}$/i.test(text)) continue;
    // Read two digits at a time: an even number of them passes.
    const passes = /^(?:[\da-f]{2})+$/i.test(text);
    if (passes && needed && !needed.includes(name)) continue;
    context.report({
      span: option.raw,
      message: passes
        ? msg("The parent proxy refuses it: {0} is 32 hexadecimal digits, as cntlm -H prints them.", name)
        : msg("cntlm exits: {0} is 32 hexadecimal digits, as cntlm -H prints them.", name),
    });
  }
}
