import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { connect, createServer as createTcpServer, type Socket, type Server as TcpServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What GitLab says of every answer of its API. */
export const json = { "Content-Type": "application/json" };

/** A server of the test's own on loopback. */
export interface Running extends AsyncDisposable {
  readonly port: number;
  /** The request lines that came in, `METHOD target`. */
  readonly seen: readonly string[];
}

export function serveHttp(answer: RequestListener): Promise<Running> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  return listening(server, seen);
}

/** A proxy that answers CONNECT and everything else in one way. */
export function serveProxy(answer: (socket: Socket, request: IncomingMessage) => void): Promise<Running> {
  const seen: string[] = [];
  const server = createServer((request) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request.socket, request);
  });
  server.on("connect", (request, socket: Socket) => {
    seen.push(`CONNECT ${request.url}`);
    answer(socket, request);
  });
  return listening(server, seen);
}

/** A proxy that takes every CONNECT to one port of loopback. */
export function serveTunnel(port: number): Promise<Running> {
  return serveProxy((socket) => {
    const to = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(to).pipe(socket);
    });
    to.on("error", () => socket.destroy());
    socket.on("error", () => to.destroy());
  });
}

export function status(code: number, headers = ""): (socket: Socket) => void {
  return (socket) => socket.end(`HTTP/1.1 ${code} Because\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`);
}

export async function listening(server: Server | TcpServer, seen: readonly string[] = []): Promise<Running> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    socket.on("error", () => undefined);
    sockets.add(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: portOf(server),
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** A port of loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server);
  server.close();
  await once(server, "close");
  return port;
}

/** Starts a program that serves a port in the foreground, and waits until it does. */
export async function startProgram(command: string, args: readonly string[], port: number): Promise<AsyncDisposable> {
  const child = spawn(command, args, { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${command} ends with ${child.exitCode}`);
    await sleep(20);
  }
  return {
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function portOf(server: Server | TcpServer): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
