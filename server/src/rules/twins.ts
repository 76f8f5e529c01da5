import { pathOf } from "../text/uri.js";
import type { Document } from "../workspace/document.js";
import type { Finding } from "./finding.js";
import { judgedText, reachAsides } from "./judged.js";
import { Moved } from "./moved.js";
import type { FixSource } from "./reported.js";

/** What was found in a document, with the documents of its host then: URI → what the document says. */
interface Twin {
  readonly host: ReadonlyMap<string, string | undefined>;
  readonly findings: readonly Finding[];
}

/** How many texts and findings are remembered. In UTF-16 units: how long a text may be, and all texts together. */
const most = 256;
const longest = 64 * 1024;
const mostText = 2 * 1024 * 1024;

/**
 * One template often writes the files of many hosts. What was found in a document holds for another one at the same
 * place of a host that has the same files with the same texts, but for what no rule judges (`Format.asides`).
 */
export class Twins {
  private readonly texts = new Map<string, number>();
  private readonly ids = new WeakMap<Document, string | undefined>();
  private readonly twins = new Map<string, Twin>();
  private nextText = 0;
  private textLength = 0;

  /** @param fixesOf of a finding of this document */
  find(document: Document, host: readonly Document[], fixesOf: FixSource): readonly Finding[] | undefined {
    const key = this.keyOf(document, host);
    const twin = key === undefined ? undefined : this.twins.get(key);
    if (!twin) return undefined;
    const here = new Map(host.map((other) => [this.ids.get(other), other.uri]));
    const uriHere = (uri: string) => here.get(twin.host.get(uri)) ?? uri;
    const place = {
      uri: document.uri,
      range: (range: Finding["range"]) => range,
      related: <T extends { readonly uri: string }>(other: T): T => ({ ...other, uri: uriHere(other.uri) }),
    };
    return twin.findings.map((finding) => new Moved(finding, place, fixesOf));
  }

  remember(document: Document, host: readonly Document[], findings: readonly Finding[]): void {
    const key = this.keyOf(document, host);
    if (key === undefined || reachAsides(findings, host)) return;
    this.twins.set(key, { host: new Map(host.map((other) => [other.uri, this.ids.get(other)])), findings });
    const [first = key] = this.twins.keys();
    if (this.twins.size > most) this.twins.delete(first);
  }

  /** undefined where what is found may depend on more than these files say. */
  private keyOf(document: Document, host: readonly Document[]): string | undefined {
    const ids: string[] = [];
    for (const other of host) {
      const id = this.idOf(other);
      if (id === undefined || other.hostRoot !== document.hostRoot) return undefined;
      ids.push(id);
    }
    return [this.idOf(document), ...ids.sort()].join("\n");
  }

  /** The same for documents that say the same at the same place of their host. */
  private idOf(document: Document): string | undefined {
    if (this.ids.has(document)) return this.ids.get(document);
    const { text, hostRoot, format, uri } = document;
    let id: string | undefined;
    if (hostRoot !== undefined && text.length <= longest) {
      const judged = judgedText(text, format);
      const number = this.texts.get(judged) ?? this.nextText++;
      this.textLength += this.texts.delete(judged) ? 0 : judged.length;
      this.texts.set(judged, number);
      for (const first of this.texts.keys()) {
        if (this.texts.size <= most && this.textLength <= mostText) break;
        this.textLength -= first.length;
        this.texts.delete(first);
      }
      id = `${number} ${format.id} ${pathOf(uri).slice(hostRoot.length)}`;
    }
    this.ids.set(document, id);
    return id;
  }
}
