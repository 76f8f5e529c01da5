import { setCntlmValue } from "../formats/cntlm-conf/edit.js";
import type { CntlmConfTree, CntlmOption } from "../formats/cntlm-conf/tree.js";
import { portOf } from "../proxy/address.js";
import { placeholderIn } from "../proxy/placeholder.js";
import { msg } from "../text/message.js";
import type { Span, TextEdit } from "../text/span.js";
import { docker0Address } from "../workspace/docker-network.js";
import type { ReportedFix, Rule, RuleContext } from "./rule.js";
import { endpointSpan, type ProxyPlace, proxyPlaces } from "./support/addresses.js";

/** The name that GitLab's guide gives to the address of docker0. */
const docker0 = "docker0_interface_ip";
/** The options that are a person's own. */
const options = /^(?:Username|Domain|Password|Pass(?:LM|NT|NTLMv2)|Workstation|Proxy|Listen|SOCKS5Proxy)$/i;

export const proxyPlaceholder: Rule = {
  id: "proxy-placeholder",
  severity: "warning",
  formats: ["runner-toml", "cntlm-conf", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "A placeholder of a guide or a sample stands where an address belongs." },
  host: true,
  check(context) {
    if (context.tree.format === "cntlm-conf") checkCntlm(context, context.tree);
    else for (const line of byLine(context)) reportLine(context, line);
  },
};

/** The places with placeholders, those of one line together: one finding serves them all. */
function byLine(context: RuleContext): Iterable<readonly ProxyPlace[]> {
  const lines = new Map<number, ProxyPlace[]>();
  for (const place of proxyPlaces(context.settings)) {
    const [first] = place.placeholders;
    if (!first) continue;
    const { line } = context.document.lines.position(place.value.toSource(first).start);
    const known = lines.get(line);
    if (known) known.push(place);
    else lines.set(line, [place]);
  }
  return lines.values();
}

function reportLine(context: RuleContext, places: readonly ProxyPlace[]): void {
  const [place] = places;
  const [span] = place?.placeholders ?? [];
  if (!place || !span) return;
  const { value, address, assignment } = place;
  const marked = value.text.slice(span.start, span.end);
  const inCredentials = address.credentials !== undefined && span.start < address.credentials.end;
  const fixes = fixesFor(context, places);
  context.report({
    span: value.toSource(span),
    message: inCredentials
      ? msg("{0} still holds a placeholder: fill it in.", assignment.name.text)
      : msg("{0} is a placeholder: write the address of the proxy.", marked),
    ...(fixes.length > 0 && { fixes }),
  });
}

function fixesFor(context: RuleContext, places: readonly ProxyPlace[]): ReportedFix[] {
  const named = places.flatMap((place) => {
    const span = place.placeholders.find(({ start, end }) => isDocker0(place.value.text.slice(start, end)));
    return span ? [{ place, span }] : [];
  });
  if (named.length === places.length) {
    const [first] = places;
    const address = docker0Address(context, first && portOf(first.address));
    return write(named, address, true);
  }
  // Another placeholder may stand for the company's proxy; where a cntlm serves the host, it stands before that.
  const listen = cntlmOf(context);
  const endpoints = places.flatMap((place) => {
    const span = endpointSpan(place);
    return span && place.placeholders.every(({ start, end }) => start >= span.start && end <= span.end)
      ? [{ place, span }]
      : [];
  });
  return listen !== undefined && endpoints.length === places.length ? write(endpoints, listen, false) : [];
}

function write(
  targets: readonly { readonly place: ProxyPlace; readonly span: Span }[],
  text: string,
  safe: boolean,
): ReportedFix[] {
  const edits: TextEdit[] = [];
  for (const { place, span } of targets) {
    const written = place.value.replace(span, text);
    if (!written) return [];
    edits.push(...written);
  }
  return [{ title: msg("Write {0}", text), edits, safe }];
}

function isDocker0(text: string): boolean {
  return text.toLowerCase() === docker0;
}

/** Where the host's cntlm is reached from containers and from the host alike. */
function cntlmOf(context: RuleContext): string | undefined {
  for (const { settings } of context.host) {
    for (const { role, port } of settings.addresses) {
      if (role === "listen" && port !== undefined) return `${docker0Address(context, port)}:${port}`;
    }
  }
  return undefined;
}

/** A sample that was left as it is: one finding, at the first of its placeholders. */
function checkCntlm(context: RuleContext, tree: CntlmConfTree): void {
  const found = tree.options.flatMap((option) => {
    if (option.state !== "effective" || !options.test(option.name)) return [];
    const span = placeholderIn(option.value.text);
    return span && !option.value.hasUnknown(span) ? [{ option, span }] : [];
  });
  const [first, ...others] = found;
  if (!first) return;
  const fixes = found.flatMap(({ option, span }) => listenFix(context, option, span));
  context.report({
    span: first.option.value.toSource(first.span),
    message: msg("{0} still holds a placeholder: fill it in.", first.option.name),
    related: others.map(({ option, span }) => ({
      span: option.value.toSource(span),
      message: msg("{0} still holds a placeholder: fill it in.", option.name),
    })),
    ...(fixes.length > 0 && { fixes }),
  });
}

function listenFix(context: RuleContext, option: CntlmOption, span: Span): ReportedFix[] {
  const { text } = option.value;
  if (!isDocker0(text.slice(span.start, span.end))) return [];
  const value = text.slice(0, span.start) + docker0Address(context) + text.slice(span.end);
  const edits = setCntlmValue(option, value);
  return edits ? [{ title: msg("Write {0}", value), edits, safe: true }] : [];
}
