import type { Service } from "../service.js";
import type { Range } from "../text/line-index.js";
import { type Message, msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import { pathOf } from "../text/uri.js";
import type { Document } from "../workspace/document.js";
import { servingPlaces } from "./definition.js";
import { endpoints } from "./occurrences/endpoints.js";
import { hostOf } from "./occurrences/host.js";

/** A stretch that leads to another file of the host, or to documentation. */
export interface DocumentLink {
  readonly range: Range;
  readonly target: string;
  readonly tooltip: Message;
}

const runnerDocs = "https://docs.gitlab.com/runner/configuration/advanced-configuration/";
const sectionDocs: Readonly<Record<string, string>> = {
  session_server: `${runnerDocs}#the-session_server-section`,
  runners: `${runnerDocs}#the-runners-section`,
  "runners.docker": `${runnerDocs}#the-runnersdocker-section`,
  "runners.docker.services": `${runnerDocs}#the-runnersdockerservices-section`,
  "runners.cache": `${runnerDocs}#the-runnerscache-section`,
  "runners.kubernetes": `${runnerDocs}#the-runnerskubernetes-section`,
  "runners.machine": `${runnerDocs}#the-runnersmachine-section`,
  "runners.ssh": `${runnerDocs}#the-runnersssh-section`,
};
const unitDocs: Readonly<Record<string, string>> = {
  Unit: "https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html",
  Install:
    "https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#%5BInstall%5D%20Section%20Options",
  Service: "https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html",
};

/**
 * Headers lead to their documentation, paths of the host's files to the files, addresses to the Listen that serves them,
 * `include: local` to the included file.
 */
export function documentLinks(service: Service, uri: string): readonly DocumentLink[] {
  const document = service.document(uri);
  if (!document) return [];
  const { lines } = document;
  const found = [
    ...headers(document),
    ...paths(document, service.host(uri)),
    ...served(document, service),
    ...included(document, service),
  ];
  return found
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ span, target, tooltip }) => ({ range: lines.range(span), target, tooltip }));
}

interface Link {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: Message;
}

function* headers({ tree }: Document): Generator<Link> {
  const link = (span: Span, docs: Readonly<Record<string, string>>, name: string): readonly Link[] => {
    const target = Object.hasOwn(docs, name) ? docs[name] : undefined;
    return target === undefined ? [] : [{ span, target, tooltip: msg("Open the documentation") }];
  };
  if (tree.format === "runner-toml") {
    for (const { header } of tree.sections) {
      const [first, last] = [header?.parts[0], header?.parts.at(-1)];
      if (!header || !first || !last) continue;
      yield* link({ start: first.start, end: last.end }, sectionDocs, header.parts.map(({ text }) => text).join("."));
    }
  } else if (tree.format === "systemd-dropin") {
    for (const { nameSpan, name } of tree.sections) yield* link(nameSpan, unitDocs, name);
  }
}

/** Absolute paths, in values and comments alike, of files that are there. */
function* paths(document: Document, host: readonly Document[]): Generator<Link> {
  const root = host.find(({ hostRoot }) => hostRoot !== undefined)?.hostRoot;
  if (root === undefined) return;
  const byPath = new Map(host.map((other) => [pathOf(other.uri), other]));
  for (const { index, 0: path } of document.text.matchAll(/(?<![\w./~$}-])\/(?:[\w.@-]+\/)*[\w.@-]*\w/g)) {
    const target = byPath.get(root + path.slice(1));
    if (!target || target === document) continue;
    yield { span: { start: index, end: index + path.length }, target: target.uri, tooltip: msg("Open this file") };
  }
}

function* served(document: Document, service: Service): Generator<Link> {
  const host = hostOf(service, document.uri);
  for (const endpoint of endpoints(host)) {
    if (endpoint.document !== document || endpoint.definition) continue;
    const [listen] = servingPlaces(endpoint, host);
    if (!listen || listen.document === document) continue;
    const line = listen.document.lines.position(listen.span.start).line + 1;
    const target = `${listen.document.uri}#L${line}`;
    yield { span: endpoint.span, target, tooltip: msg("Open the Listen that serves it") };
  }
}

function* included({ tree, uri, hostRoot }: Document, service: Service): Generator<Link> {
  if (tree.format !== "gitlab-ci" || hostRoot !== undefined) return;
  const { file } = tree;
  const root = uri.slice(0, uri.lastIndexOf("/") + 1);
  const value = file.value(file.root, "include");
  const items = file.items(value);
  for (const item of items.length > 0 ? items : [value]) {
    const text = file.text(item) ?? file.text(file.value(file.map(item), "local"));
    if (!text || !/^\/?[\w./-]+\.ya?ml$/.test(text.text)) continue;
    const target = root + text.text.replace(/^\//, "");
    if (service.document(target)) yield { span: text.contentSpan, target, tooltip: msg("Open this file") };
  }
}
