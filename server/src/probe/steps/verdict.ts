import { type Message, msg } from "../../text/message.js";
import type { Answer } from "../http/exchange.js";
import type { Failure } from "../http/failure.js";
import type { Repeated } from "../http/repeat.js";
import type { Trust } from "../http/trust.js";
import { ok, problem, type Result, unknown } from "../result.js";

/** The way that a request took. */
export interface Way {
  readonly url: URL;
  /** Host and port of the proxy; undefined: there was none. */
  readonly proxy?: string;
  /** The proxy is the cntlm of this host. */
  readonly cntlm: boolean;
  /** Why it took that way. */
  readonly because: Message;
  readonly trust: Pick<Trust, "open" | "without">;
}

/** What the runner's request came to, and what to do about it. */
export function judge(outcome: Repeated, way: Way): Result {
  return { because: way.because, ...verdictOn(outcome, way) };
}

function verdictOn({ attempts, end }: Repeated, way: Way): Result {
  switch (end.kind) {
    case "gave-up":
      return limited(msg("{0}: {1} after {2} requests, all answered 429.", way.url.host, end.error, attempts));
    case "too-long": {
      const until = timeOf(end.until);
      return limited(
        msg(
          "{0} answers {1} and lets the runner wait until {2}; this check does not.",
          way.url.host,
          end.status,
          until,
        ),
      );
    }
    case "answer":
      return judgeAnswer(end.answer, attempts, way);
  }
}

/** @param time milliseconds since the epoch */
export function timeOf(time: number): string {
  return new Date(time).toISOString();
}

function limited(message: Message): Result {
  return problem(message, msg("Raise GitLab's rate limit for this host, or let fewer runners share its address."));
}

function judgeAnswer(answer: Answer, attempts: number, way: Way): Result {
  switch (answer.kind) {
    case "failure":
      return judgeFailure(answer.failure, way);
    case "tunnel-refused":
      return judgeTunnel(answer.status, way);
    case "response":
      return judgeResponse(answer.status, answer.headers, attempts, way);
  }
}

function judgeTunnel(status: number, { url, proxy = "", cntlm }: Way): Result {
  const target = `${url.hostname}:${url.port === "" ? 443 : url.port}`;
  // tinyproxy says 401 where the login is wrong, and 407 where there is none.
  if (status === 407 || status === 401) return needsLogin(proxy, cntlm, status);
  if (status === 502 || status === 503 || status === 504) {
    return problem(
      msg("The proxy {0} does not reach {1}: it answers {2}.", proxy, target, status),
      cntlm ? ofParent() : msg("See that the proxy resolves the name; an internal host belongs into NO_PROXY."),
    );
  }
  return problem(
    msg("The proxy {0} refuses the way to {1}: it answers {2}.", proxy, target, status),
    msg("Ask for the host to be allowed, or put an internal one into NO_PROXY."),
  );
}

/** What to do where cntlm does not get on. */
function ofParent(): Message {
  return msg("See that cntlm's Proxy is up, and that the company's proxy resolves the name.");
}

function needsLogin(proxy: string, cntlm: boolean, status: number): Result {
  if (!cntlm) {
    return problem(
      msg("The proxy {0} wants a login, or does not take this one ({1}).", proxy, status),
      msg("Write user and password into the address, percent-encoded, or let cntlm log in."),
    );
  }
  return problem(
    msg("cntlm on {0} answers 407: the company's proxy does not take its login.", proxy),
    msg(
      "Check Username, Domain, Auth and the hash in cntlm.conf; cntlm -M {0} finds the Auth that works.",
      "http://example.com",
    ),
    ["sudo cntlm -c /etc/cntlm.conf -I -M http://example.com"],
  );
}

function judgeResponse(
  status: number,
  headers: Readonly<Record<string, string | undefined>>,
  attempts: number,
  way: Way,
): Result {
  const { url, proxy } = way;
  const plain = proxy !== undefined && url.protocol === "http:";
  if (status === 407) return needsLogin(proxy ?? url.host, way.cntlm, status);
  if (status === 429)
    return limited(msg("{0} limits requests: it answers 429 after {1} requests.", url.host, attempts));
  if (status >= 300 && status < 400) {
    return problem(
      msg(
        "{0} sends the runner on to {1} ({2}), where its requests do not arrive as they should.",
        url.origin,
        originOf(headers.location),
        status,
      ),
      msg("Write that address as url in config.toml."),
    );
  }
  if (status >= 500) {
    return problem(
      plain
        ? msg("{0}, or the proxy {1} in its place, answers {2} after {3} requests.", url.host, proxy, status, attempts)
        : msg("{0} answers {1} after {2} requests.", url.host, status, attempts),
      plain
        ? way.cntlm
          ? ofParent()
          : msg("See that the proxy reaches GitLab; an internal host belongs into NO_PROXY.")
        : msg("See GitLab's own logs."),
    );
  }
  // GitLab answers its API in JSON, whatever it answers; a page is a proxy's, a portal's or another server's.
  const json = /^application\/(?:[\w.+-]*\+)?json\b/i.test(headers["content-type"] ?? "");
  if (json && status !== 404) {
    return ok(
      proxy === undefined
        ? msg("{0} answers {1}, asked directly.", url.host, status)
        : msg("{0} answers {1} through the proxy {2}.", url.host, status, proxy),
    );
  }
  if (plain && !json) {
    return problem(
      msg("The proxy {0} answers {1} itself, as it seems, and not {2}.", proxy, status, url.host),
      msg(
        "Check the login in the proxy's address, and whether the proxy allows the host; an internal one belongs into NO_PROXY.",
      ),
    );
  }
  return problem(msg("{0} answers {1}, and not as GitLab does.", url.origin, status), msg("Check url in config.toml."));
}

function originOf(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? new URL(location).origin : (location ?? "");
}

function judgeFailure(failure: Failure, { url, proxy, trust }: Way): Result {
  const party = failure.at === "proxy" ? (proxy ?? "") : url.host;
  const through = failure.at === "server" && proxy !== undefined;
  const advice =
    failure.at === "proxy"
      ? msg("See that the proxy runs and that its address is right.")
      : msg("If this host is reached through the proxy alone, take it out of NO_PROXY.");
  switch (failure.kind) {
    case "refused":
      return problem(msg("{0} refuses the connection.", party), advice);
    case "unreachable":
      return problem(msg("There is no way to {0} from here.", party), advice);
    case "unknown-host":
      return problem(msg("The name of {0} is not known here.", party), advice);
    case "timeout":
      return problem(msg("{0} did not answer in time.", party), advice);
    case "closed":
      return problem(
        through
          ? msg("The tunnel of the proxy {0} ends without an answer of {1}.", proxy ?? "", url.host)
          : msg("{0} closes the connection without an answer.", party),
        through ? msg("Ask for the host to be allowed, or put an internal one into NO_PROXY.") : advice,
      );
    case "not-http":
      return problem(msg("{0} does not speak HTTP.", party), advice);
    case "not-tls":
      return problem(
        msg("{0} does not speak TLS, as https:// asks for.", party),
        failure.at === "proxy" ? msg("Write the proxy's address with http://.") : msg("Check url in config.toml."),
      );
    case "tls-refused":
      return judgeRefusal(failure.code, party, trust);
    case "certificate":
      return judgeCertificate(failure.code, party, trust);
    case "other":
      return problem(msg("The request to {0} fails: {1}", party, failure.reason), advice);
  }
}

/** A server ends the handshake most often since it asks for a certificate, or takes no other than newer or older TLS. */
function judgeRefusal(code: string, party: string, { open }: Way["trust"]): Result {
  const message = msg("{0} refuses the TLS connection ({1}).", party, code);
  if (!/CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE/.test(code)) {
    return problem(message, msg("See the server's log; the runner speaks TLS 1.2 and newer."));
  }
  if (open) return { ...unknown(message), because: open };
  return problem(
    message,
    msg("If it asks for a certificate of the runner, name one that it trusts as tls-cert-file, with its tls-key-file."),
  );
}

/** Reasons as OpenSSL names them. */
function judgeCertificate(code: string, party: string, { open, without }: Way["trust"]): Result {
  if (code === "CERT_HAS_EXPIRED") {
    return problem(
      msg("The certificate of {0} has expired.", party),
      msg("Renew it, or set the clock of this machine."),
    );
  }
  if (code === "CERT_NOT_YET_VALID") {
    return problem(msg("The certificate of {0} is not valid yet.", party), msg("Set the clock of this machine."));
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
    return problem(
      msg("The certificate of {0} is for another name.", party),
      msg("Write url with a name that the certificate holds."),
    );
  }
  if (code === "CERT_HAS_NO_ALTERNATIVE_NAME") {
    return problem(
      msg("The certificate of {0} has its name as Common Name alone, which the runner does not take.", party),
      msg("Let it be issued with a Subject Alternative Name."),
    );
  }
  if (open) {
    return {
      ...unknown(msg("The certificate of {0} is of an authority that is not known here ({1}).", party, code)),
      because: open,
    };
  }
  if (without !== undefined) {
    return problem(
      msg("The certificate of {0} is not trusted ({1}): the runner finds no certificate in {2}.", party, code, without),
      msg("Put the authority's certificate there, as PEM."),
    );
  }
  return problem(
    msg("The certificate of {0} is of an authority that this machine does not trust ({1}).", party, code),
    msg(
      "Name the authority's certificate as tls-ca-file of the runner. A proxy that opens TLS signs with an authority of its own.",
    ),
  );
}
