import { once } from "node:events";
import { type ClientRequest, IncomingMessage, request } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import { checkServerIdentity as compareNames, connect as connectTls, type PeerCertificate } from "node:tls";
import { type Failure, failureOf, NoAlternativeName, type Party } from "./failure.js";
import type { Trust } from "./trust.js";

/** A proxy that is asked by HTTP. */
export interface HttpProxy {
  readonly host: string;
  readonly port: number;
  /** TLS to the proxy itself: its address begins with `https://`. */
  readonly secure: boolean;
  /** For Basic authentication, decoded. */
  readonly login?: { readonly user: string; readonly password: string };
}

export interface Exchange {
  readonly url: URL;
  /** undefined: straight to the server. */
  readonly proxy: HttpProxy | undefined;
  readonly trust: Trust;
  /** Milliseconds for all of it. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

export interface Response {
  readonly kind: "response";
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export type Answer =
  | Response
  /** The proxy's own answer to CONNECT, where it is not 200. */
  | { readonly kind: "tunnel-refused"; readonly status: number }
  | { readonly kind: "failure"; readonly failure: Failure };

/**
 * Sends one GET as Go's net/http would: https through a tunnel (CONNECT), http with the whole URL in the request line,
 * credentials of the proxy's address as Basic. Redirects are not followed, and nothing of the body is read.
 * @throws the signal's reason when it is aborted
 */
export async function send(exchange: Exchange): Promise<Answer> {
  exchange.signal.throwIfAborted();
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = setTimeout(stop, exchange.timeout);
  exchange.signal.addEventListener("abort", stop);
  const attempt = new Attempt(exchange, controller.signal);
  try {
    return await attempt.run();
  } catch (error) {
    exchange.signal.throwIfAborted();
    const at = attempt.party;
    const failure: Failure = controller.signal.aborted ? { kind: "timeout", at } : failureOf(error, at);
    return { kind: "failure", failure };
  } finally {
    clearTimeout(timer);
    exchange.signal.removeEventListener("abort", stop);
    attempt.close();
  }
}

class Attempt {
  /** Whose answer is awaited. */
  party: Party;
  private readonly sockets: Socket[] = [];

  constructor(
    private readonly exchange: Exchange,
    private readonly signal: AbortSignal,
  ) {
    this.party = exchange.proxy ? "proxy" : "server";
  }

  async run(): Promise<Answer> {
    const { url, proxy } = this.exchange;
    const secure = url.protocol === "https:";
    if (!proxy) {
      const plain = await this.open(hostOf(url), portOf(url));
      const socket = secure ? await this.secure(plain, hostOf(url)) : plain;
      return this.get(socket, `${url.pathname}${url.search}`);
    }
    const plain = await this.open(proxy.host, proxy.port);
    const socket = proxy.secure ? await this.secure(plain, proxy.host) : plain;
    if (!secure) return this.get(socket, url.href, loginOf(proxy));
    const status = await this.tunnel(socket, proxy);
    if (status !== 200) return { kind: "tunnel-refused", status };
    this.party = "server";
    return this.get(await this.secure(socket, hostOf(url)), `${url.pathname}${url.search}`);
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private async open(host: string, port: number): Promise<Socket> {
    return this.when(connect({ host, port }), "connect");
  }

  private secure(socket: Socket, host: string): Promise<Socket> {
    const { authorities, identity } = this.exchange.trust;
    const secured = connectTls({
      socket,
      // A name alone is sent along; an address is compared with the certificate all the same.
      ...(isIP(host) === 0 && { servername: host }),
      host,
      ca: [...authorities],
      // Go takes each certificate that it is given for an end of the chain, not those that sign themselves alone.
      allowPartialTrustChain: true,
      checkServerIdentity,
      ...identity,
    });
    return this.when(secured, "secureConnect");
  }

  private async when(socket: Socket, event: "connect" | "secureConnect"): Promise<Socket> {
    this.sockets.push(socket);
    // An error after the wait is over must not end the process.
    socket.on("error", () => undefined);
    await once(socket, event, { signal: this.signal });
    return socket;
  }

  /** @returns the status of the proxy's answer */
  private async tunnel(socket: Socket, proxy: HttpProxy): Promise<number> {
    const { url } = this.exchange;
    const authority = `${url.hostname}:${portOf(url)}`;
    const message = request({
      method: "CONNECT",
      path: authority,
      headers: { Host: authority, ...userAgent, ...loginOf(proxy) },
      createConnection: () => socket,
    });
    return (await this.answerTo(message, "connect")).statusCode ?? 0;
  }

  private async get(socket: Socket, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { url } = this.exchange;
    const message = request({
      method: "GET",
      path,
      headers: { Host: url.host, Connection: "close", ...userAgent, ...headers },
      createConnection: () => socket,
    });
    const { statusCode, headers: received } = await this.answerTo(message, "response");
    return { kind: "response", status: statusCode ?? 0, headers: textsOf(received) };
  }

  private async answerTo(message: ClientRequest, event: "connect" | "response"): Promise<IncomingMessage> {
    message.on("error", () => undefined);
    const answered = once(message, event, { signal: this.signal });
    message.end();
    const [answer]: readonly unknown[] = await answered;
    if (!(answer instanceof IncomingMessage)) throw new Error("no answer");
    return answer;
  }
}

/** Node takes the Common Name of a certificate that has no other; Go does not (crypto/x509, since 1.15). */
function checkServerIdentity(host: string, certificate: PeerCertificate): Error | undefined {
  return certificate.subjectaltname ? compareNames(host, certificate) : new NoAlternativeName();
}

const userAgent = { "User-Agent": "runner-proxy" };

function loginOf({ login }: HttpProxy): Readonly<Record<string, string>> {
  if (!login) return {};
  const encoded = Buffer.from(`${login.user}:${login.password}`).toString("base64");
  return { "Proxy-Authorization": `Basic ${encoded}` };
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function textsOf(headers: IncomingMessage["headers"]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}
