import { isAbsolute } from "node:path";
import { parseAddress, portOf } from "../../proxy/address.js";
import { retryGeneration } from "../../retry/rate-limit.js";
import { msg } from "../../text/message.js";
import type { Chain } from "../../workspace/chain.js";
import type { RunnerHops } from "../../workspace/hops.js";
import { type Route, routesOf } from "../../workspace/routes.js";
import type { ProbeContext } from "../context.js";
import { type HttpProxy, send } from "../http/exchange.js";
import { repeat } from "../http/repeat.js";
import { noTrust, type Trust, trustOf } from "../http/trust.js";
import { missing, problem, type Result, unknown } from "../result.js";
import { judge, timeOf, type Way } from "./verdict.js";

/** A request to each GitLab of config.toml, on the way that the runner's service takes, repeated as the runner repeats it. */
export async function checkGitlab(context: ProbeContext): Promise<readonly Result[]> {
  const urls = new Map<string, RunnerHops>();
  const results: Result[] = [];
  for (const runner of context.chain.runners) {
    const url = runner.runner.url;
    if (!url || url.value.trim() === "") continue;
    if (url.text.hasUnknown() || !URL.canParse(url.value)) {
      results.push(unknown(msg("The url {0} of a runner is filled in elsewhere, or is none.", url.value)));
    } else if (!urls.has(url.value)) urls.set(url.value, runner);
  }
  if (urls.size + results.length === 0)
    return [missing(msg("No config.toml with a url is among the files."), context.denied)];
  for (const [url, runner] of urls) results.push(await checkUrl(context, url, runner));
  return results;
}

async function checkUrl(context: ProbeContext, base: string, runner: RunnerHops): Promise<Result> {
  const { chain, clock, limits, options, signal, note } = context;
  const [route] = routesOf(chain, base, { from: "runner", client: "go" });
  if (!route || route.via === "unknown") {
    return { ...unknown(msg("The runner's way to {0} is not known.", base)), ...(route && { because: route.because }) };
  }
  const proxy = route.via === "proxy" ? proxyOf(route) : undefined;
  if (route.via === "proxy" && !proxy) {
    return unknown(msg("This check asks proxies of HTTP alone, and the runner's is another: {0}", route.proxy ?? ""));
  }
  const url = requestUrl(base);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return problem(msg("The runner asks by http and https alone: {0}", base), msg("Check url in config.toml."));
  }
  const files = certificateFiles(runner);
  const relative = Object.values(files).find((path) => path !== undefined && path !== "" && !isAbsolute(path));
  if (relative !== undefined && url.protocol === "https:") {
    return unknown(msg("The file {0} lies below the runner's working directory, which is not known here.", relative));
  }
  const trust =
    url.protocol === "https:" || proxy?.secure
      ? await trustOf({ ...files, ...systemFiles(chain), config: context.pathOf(runner.document), url: base })
      : noTrust;
  note(
    proxy
      ? msg("GET {0} through {1}", url.href, `${proxy.host}:${proxy.port}`)
      : msg("GET {0} without a proxy", url.href),
  );
  const outcome = await repeat(() => send({ url, proxy, trust, timeout: limits.request, signal }), {
    generation: retryGeneration(options.runnerVersion),
    clock,
    limit: limits.repetitions,
    signal,
    waiting: (until, status) => note(msg("{0} answers {1}: waiting until {2}", url.host, status, timeOf(until))),
  });
  return judge(outcome, wayOf(context, url, route, proxy, trust));
}

/** What config.toml says of certificates. */
function certificateFiles({ runner: { table } }: RunnerHops) {
  return {
    caFile: table.string("tls-ca-file")?.value,
    certFile: table.string("tls-cert-file")?.value,
    keyFile: table.string("tls-key-file")?.value,
  };
}

/** What the environment of the runner's service says of the system's authorities. */
function systemFiles({ runnerService }: Chain) {
  const said = (name: string) =>
    runnerService.environment.given.findLast(({ names }) => names.includes(name))?.assignment.value.text;
  return { systemFile: said("SSL_CERT_FILE"), systemFolders: said("SSL_CERT_DIR") };
}

function wayOf({ chain }: ProbeContext, url: URL, { because }: Route, proxy: HttpProxy | undefined, trust: Trust): Way {
  const cntlm = proxy && chain.cntlms.some(({ listens }) => listens.some(({ port }) => port === proxy.port));
  return {
    url,
    because,
    ...(proxy && { proxy: `${proxy.host}:${proxy.port}` }),
    cntlm: cntlm === true,
    trust,
  };
}

/**
 * An address of GitLab that answers without a token and changes nothing. The runner itself takes `/` and `/ci` off the end of `url`
 * (gitlab-runner, network/client.go).
 */
function requestUrl(base: string): URL {
  return new URL(`${base.trim().replace(/\/+$/, "").replace(/\/ci$/, "")}/api/v4/version`);
}

/** The proxy as Go reads its address; undefined for one that is not of HTTP. */
function proxyOf({ proxy: text = "" }: Route): HttpProxy | undefined {
  const address = parseAddress(text);
  const { scheme = "http", host, user, password } = address;
  if (!host || (scheme !== "http" && scheme !== "https")) return undefined;
  return {
    host: host.text,
    port: portOf(address) ?? (scheme === "https" ? 443 : 80),
    secure: scheme === "https",
    ...(user && { login: { user: decoded(user.text), password: decoded(password?.text ?? "") } }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
