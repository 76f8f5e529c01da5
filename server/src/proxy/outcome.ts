import type { AddressProblem, ProxyAddress } from "./address.js";
import { type ClientName, clientNames, type Outcome } from "./clients.js";
import { measured } from "./clients.measured.js";
import { credentialOutcome } from "./credentials.js";

/** A form of address that was measured. */
type Shape = keyof typeof measured.addresses;

const shapes: Readonly<Record<Shape, Readonly<Partial<Record<ClientName, Outcome>>>>> = measured.addresses;
const severity: readonly Outcome[] = ["proxy", "altered", "failed", "direct"];

/**
 * What becomes of a request when the client has this address, as the nearest measured forms tell; the worst of them. undefined where
 * a template hides the place, and for proxy-from-env, which hands the address on as it is.
 */
export function addressOutcome(client: ClientName, address: ProxyAddress): Outcome | undefined {
  if (address.template || client === "node-proxy-from-env") return undefined;
  const all = address.problems.map((problem) => outcomeOf(client, address, problem));
  return all.reduce((worst, next) => (severity.indexOf(next) > severity.indexOf(worst) ? next : worst), "proxy");
}

/** The clients that do not reach the proxy as the address means it. */
export function clientsFailing(address: ProxyAddress, clients: readonly ClientName[] = clientNames): ClientName[] {
  if (address.problems.length === 0) return [];
  return clients.filter((client) => !["proxy", undefined].includes(addressOutcome(client, address)));
}

function outcomeOf(client: ClientName, address: ProxyAddress, problem: AddressProblem): Outcome {
  if (problem.fails) return credentialOutcome(client, address.text.slice(problem.span.start, problem.span.end));
  return shapes[shapeOf(address, problem)][client] ?? "proxy";
}

function notANumber({ scheme, host }: ProxyAddress): Shape {
  if (scheme !== undefined) return "port-not-a-number";
  return host ? "no-scheme-port-not-a-number" : "word-alone";
}

function shapeOf(address: ProxyAddress, { kind, span }: AddressProblem): Shape {
  const marked = address.text.slice(span.start, span.end);
  const atStart = span.start === 0;
  const atEnd = span.end === address.text.length;
  switch (kind) {
    case "no-scheme":
      if (!address.host) return "no-host-no-scheme";
      return address.credentials ? "no-scheme-with-credentials" : "no-scheme";
    case "bad-scheme":
      if (!marked.includes(":")) return address.scheme === undefined ? "slashes-without-scheme" : "no-colon";
      return marked.endsWith("/") ? "one-slash" : "no-slashes";
    case "no-host":
      return address.port ? "no-host" : "scheme-alone";
    case "bad-port":
      if (!/^\d+$/.test(marked)) return notANumber(address);
      return Number(marked) === 0 ? "port-zero" : "port-too-large";
    case "blank":
      if (atStart) return "blank-before";
      return atEnd ? (/^[\r\n]/.test(marked) ? "line-end-after" : "blank-after") : "blank-inside";
    case "quote":
      if (atStart) return "leading-quote";
      return atEnd ? "trailing-quote" : "double-quoted";
    case "comma":
      return marked.startsWith(";") ? "trailing-semicolon" : "trailing-comma";
    case "path":
      return marked.startsWith("/") ? "path" : "query";
    default:
      return "blank-inside"; // a character that no host has, which fails like a blank there
  }
}
