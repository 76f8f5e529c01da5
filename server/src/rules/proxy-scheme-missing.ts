import { parseAddress } from "../proxy/address.js";
import { labelsOf } from "../proxy/clients.js";
import { clientsFailing } from "../proxy/outcome.js";
import { clientsOf } from "../proxy/readers.js";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Rule } from "./rule.js";
import { endpointSpan, isKnown, type ProxyPlace, proxyPlaces } from "./support/addresses.js";

const bare = parseAddress("host:3128");
const bareWithCredentials = parseAddress("user:password@host:3128");

export const proxySchemeMissing: Rule = {
  id: "proxy-scheme-missing",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "The address of a proxy does not begin with `http://`." },
  check(context) {
    for (const place of proxyPlaces(context.settings)) {
      const span = withoutScheme(place);
      if (!span) continue;
      const { value, scope, address } = place;
      const failing = clientsFailing(address.credentials ? bareWithCredentials : bare, clientsOf(scope));
      const edits = value.replace({ start: span.start, end: span.start }, "http://");
      context.report({
        span: value.toSource(endpointSpan(place) ?? span),
        message:
          failing.length > 0
            ? msg("Without http:// the address does not work in {0}.", labelsOf(failing))
            : msg("It works here without http://, but Ruby and undici, say, refuse such an address."),
        ...(failing.length === 0 && { severity: "hint" as const }),
        ...(edits && { fixes: [{ title: msg("Add http://"), edits, safe: true }] }),
      });
    }
  },
};

/** The address, where it is one and begins with its host or its credentials. */
function withoutScheme(place: ProxyPlace): Span | undefined {
  const { address, placeholders } = place;
  const start = address.problems.find(({ kind }) => kind === "no-scheme")?.span.start;
  const { host, port } = address;
  if (start === undefined || !host || !isKnown(place, { start, end: start + 1 })) return undefined;
  // A tag of a template that is not closed yet.
  if (address.template && /^[{%`]/.test(address.text.slice(start))) return undefined;
  // With http:// before it, it would be no address either.
  if (address.problems.some(({ kind }) => kind === "bad-host")) return undefined;
  if (mayContinueAsScheme(place, start)) return undefined;
  // A word that says "none", and a word alone that is to be replaced whole.
  if (!port && /^(?:none|no|off|false|true|on|direct|disabled?|null|nil|\d+)$/i.test(host.text)) return undefined;
  const replaced = placeholders.some((placeholder) => placeholder.start <= start && placeholder.end > start);
  if (replaced && !(port && /^\d+$/.test(port.text))) return undefined;
  return { start, end: address.text.length };
}

const schemes = ["http:", "https:", "socks"];

/** `h{{ proxy }}`: what is filled in may bring the rest of the scheme. */
function mayContinueAsScheme(place: ProxyPlace, start: number): boolean {
  const { text } = place.address;
  let known = 1;
  while (known < 5 && isKnown(place, { start, end: start + known + 1 })) known++;
  return known < 5 && schemes.some((scheme) => scheme.startsWith(text.slice(start, start + known).toLowerCase()));
}
