import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the docker client makes of a config.json. */
export interface ClientReading {
  /** It says that it cannot read the file, and goes on without it. */
  readonly rejected: boolean;
  /** The upper-case variables that it gives to a container, by name. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * A daemon on a port of this machine that knows just enough of Docker's API for `docker create`, and keeps the
 * environment that each container is asked for with.
 */
export class FakeDaemon {
  private readonly asked = new Map<string, readonly string[]>();
  private readonly folder = mkdtempSync(join(tmpdir(), "docker-"));
  private count = 0;
  private readonly server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      response.setHeader("Api-Version", "1.44");
      if (request.url?.includes("/containers/create")) {
        const made: unknown = JSON.parse(body);
        if (isRequest(made)) this.asked.set(made.Image, made.Env ?? []);
        response.writeHead(201, { "Content-Type": "application/json" }).end('{"Id":"x","Warnings":[]}');
      } else response.end("OK");
    });
  });

  /** @returns its address as `docker -H` takes it. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this.address;
  }

  stop(): void {
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get address(): string {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("the fake daemon is not started");
    return `tcp://127.0.0.1:${address.port}`;
  }

  /** Runs the client once a file, two at a time. */
  async read(texts: readonly string[]): Promise<readonly ClientReading[]> {
    const out: ClientReading[] = [];
    for (let i = 0; i < texts.length; i += 2)
      out.push(...(await Promise.all(texts.slice(i, i + 2).map((t) => this.one(t)))));
    return out;
  }

  private one(text: string): Promise<ClientReading> {
    const image = `case${this.count++}`;
    const folder = join(this.folder, image);
    mkdirSync(folder);
    writeFileSync(join(folder, "config.json"), text);
    return new Promise((resolve, reject) => {
      execFile("docker", ["--config", folder, "-H", this.address, "create", image], (error, _, stderr) => {
        const list = this.asked.get(image);
        if (!list) return reject(error ?? new Error(stderr));
        const entries = list.map(
          (entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)] as const,
        );
        const upper = entries.filter(([name]) => name === name.toUpperCase());
        resolve({ rejected: stderr.includes("Error parsing config file"), variables: Object.fromEntries(upper) });
      });
    });
  }
}

function isRequest(value: unknown): value is { Image: string; Env?: readonly string[] } {
  return typeof value === "object" && value !== null && "Image" in value && typeof value.Image === "string";
}
