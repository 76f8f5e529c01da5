import type { Connection, DocumentDiagnosticReport } from "vscode-languageserver";
import { methods, type StatusParams } from "../protocol.js";
import type { Finding, Service } from "../service.js";
import { toDiagnostic } from "./convert.js";
import type { DocumentStore } from "./documents.js";
import { inSlices, pause } from "./slices.js";

/** What the client can do. */
export interface DiagnosticsClient {
  /** It asks for diagnostics; one that does not is sent them. */
  readonly pulls: boolean;
  /** It can be told to ask again. */
  readonly refreshes: boolean;
  /** It shows {@link StatusParams}. */
  readonly showsStatus: boolean;
}

/** The findings of a document under an id that stays as long as they say the same. */
interface Version {
  readonly id: string;
  readonly findings: readonly Finding[];
}

/**
 * Brings findings to the client. After a change the open documents are looked at again in slices: a client that pulls
 * is told to ask again only where another document's findings have changed, one that does not is sent those that have.
 */
export class Diagnostics {
  private readonly versions = new Map<string, Version>();
  /** The ids that the client has seen. */
  private readonly seen = new Map<string, string>();
  /** Documents that the client asks about of its own accord, since it changed them. */
  private readonly expected = new Set<string>();
  /** The open documents that changed since all were looked at last; undefined: anything may have changed. */
  private dirty: Set<string> | undefined;
  /** How many documents there were then: a new one may bring others into a host. */
  private documentCount = 0;
  private nextId = 0;
  private generation = 0;

  constructor(
    private readonly connection: Connection,
    private readonly service: Service,
    private readonly documents: DocumentStore,
    private readonly client: DiagnosticsClient,
    /** Fulfilled when the settings are known: what is found before is not shown. */
    private readonly ready: () => Promise<unknown>,
  ) {}

  /** To be called after every change, with the open document that was changed. */
  changed(uri?: string): void {
    if (uri === undefined) this.dirty = undefined;
    else this.dirty?.add(uri);
    if (uri !== undefined) {
      this.expected.add(uri);
      if (!this.documents.isOpen(uri)) this.closed(uri);
    }
    this.recheck(++this.generation).catch((error) => this.connection.console.error(String(error)));
  }

  /** The answer to a client that asks. */
  pull(uri: string, previousId: string | undefined): DocumentDiagnosticReport {
    const version = this.version(uri);
    this.expected.delete(uri);
    this.seen.set(uri, version.id);
    if (version.id === previousId) return { kind: "unchanged", resultId: version.id };
    return { kind: "full", resultId: version.id, items: version.findings.map(toDiagnostic) };
  }

  private closed(uri: string): void {
    this.versions.delete(uri);
    this.expected.delete(uri);
    if (this.seen.delete(uri) && !this.client.pulls) {
      void this.connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  }

  private version(uri: string): Version {
    const findings = this.service.findings(uri);
    this.service.trim();
    const known = this.versions.get(uri);
    if (known?.findings === findings) return known;
    const id = known && saySame(known.findings, findings) ? known.id : String(this.nextId++);
    const version: Version = { id, findings };
    if (this.documents.isOpen(uri)) this.versions.set(uri, version);
    return version;
  }

  private async recheck(generation: number): Promise<void> {
    const overtaken = () => generation !== this.generation;
    await pause();
    await this.ready();
    let stale = false;
    const done = await inSlices(
      this.touched(),
      (uri) => {
        if (this.client.pulls && (this.expected.has(uri) || !this.client.refreshes)) return;
        const seen = this.seen.get(uri);
        if (seen === undefined && (this.client.pulls || !this.service.document(uri))) return;
        const version = this.version(uri);
        if (seen === version.id) return;
        if (this.client.pulls) stale = true;
        else this.push(uri, version);
      },
      overtaken,
    );
    if (!done) return;
    this.dirty = new Set();
    if (stale) await this.connection.languages.diagnostics.refresh().catch(() => undefined);
    if (this.client.showsStatus) await this.count(overtaken);
  }

  /** The open documents whose findings may have changed: those of the hosts of what changed. */
  private touched(): readonly string[] {
    const open = this.documents.openUris();
    const count = this.service.size;
    const grown = count !== this.documentCount;
    this.documentCount = count;
    if (!this.dirty || grown) {
      this.dirty = undefined;
      return open;
    }
    const hosts = new Set([...this.dirty].flatMap((uri) => [uri, ...this.service.host(uri).map((other) => other.uri)]));
    return open.filter((uri) => hosts.has(uri));
  }

  private push(uri: string, version: Version): void {
    this.seen.set(uri, version.id);
    const known = this.service.document(uri)?.version;
    void this.connection.sendDiagnostics({
      uri,
      diagnostics: version.findings.map(toDiagnostic),
      ...(known !== undefined && { version: known }),
    });
  }

  private async count(overtaken: () => boolean): Promise<void> {
    const uris = this.service.uris();
    let findings = 0;
    const done = await inSlices(
      uris,
      (uri) => {
        findings += this.service.findings(uri).length;
      },
      overtaken,
    );
    const params: StatusParams = { files: uris.length, findings };
    if (done) await this.connection.sendNotification(methods.status, params);
  }
}

/** Whether two lists look the same to the client. Most findings of a new version are those of the old. */
function saySame(a: readonly Finding[], b: readonly Finding[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((finding, at) => {
    const other = b[at];
    return other === finding || (other !== undefined && told(other) === told(finding));
  });
}

function told(finding: Finding): string {
  return JSON.stringify(toDiagnostic(finding));
}
