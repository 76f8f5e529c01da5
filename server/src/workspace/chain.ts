import type { UnitProgram } from "../formats/systemd-dropin/unit.js";
import { isOfUser } from "../proxy/scopes.js";
import { msg } from "../text/message.js";
import { pathOf } from "../text/uri.js";
import { ciHops } from "./ci-hops.js";
import { type Cntlm, cntlmOf } from "./cntlm.js";
import type { Document } from "./document.js";
import { type Environment, type Given, givenBy, nothing } from "./environment.js";
import { clientsAt, dockerClientHops, type Hop, type HopKind, type RunnerHops, runnersOf } from "./hops.js";
import { environmentFiles, ofOneManager, type UnitDocument, unitDocuments, unitEnvironment } from "./units.js";

/** What the files of one host say together. */
export interface Chain {
  /**
   * The host's root folder with its final `/`. undefined for files whose paths show no host: copies, perhaps of several hosts, of
   * which it is not known that they belong together.
   */
  readonly root: string | undefined;
  readonly runners: readonly RunnerHops[];
  /** What the service of gitlab-runner is given. */
  readonly runnerService: ServiceHop;
  /** What dockerd goes by: its service's environment, and over it daemon.json. */
  readonly dockerd: ServiceHop;
  readonly cntlms: readonly Cntlm[];
  /** The files that systemd reads for cntlm.service, docker.service …, in its order. */
  units(program: UnitProgram): readonly UnitDocument[];
  /** Everyone on the way, jobs first, cntlm last. Of services those alone that some file tells of. */
  readonly hops: readonly Hop[];
}

/** A service of the host. */
export interface ServiceHop {
  readonly environment: Environment;
  /** The files that say something of it, with or without a proxy. */
  readonly documents: readonly Document[];
}

const chains = new WeakMap<readonly Document[], Chain>();

/** The chain of a host. Made once for a list of documents; what a document says itself is cached with the document. */
export function chainOf(documents: readonly Document[]): Chain {
  let chain = chains.get(documents);
  if (!chain) {
    chain = buildChain(documents);
    chains.set(documents, chain);
  }
  return chain;
}

/** Lets go of a host's chain: it is made anew when asked for. */
export function forgetChain(documents: readonly Document[]): void {
  chains.delete(documents);
}

function buildChain(documents: readonly Document[]): Chain {
  const root = documents.find(({ hostRoot }) => hostRoot !== undefined)?.hostRoot;
  // Below a host's folder there may be projects, with copies of other hosts' files in them.
  const own = root === undefined ? documents : documents.filter(({ hostRoot }) => hostRoot !== undefined);
  const files = environmentFiles(own, root ?? "/");
  const units = unitsBy(own);
  const service = (program: UnitProgram): ServiceHop => ({
    environment: unitEnvironment(program, units(program), files),
    documents: units(program).map(({ document }) => document),
  });
  const runners = own.flatMap(runnersOf);
  const runnerService = service("gitlab-runner");
  const dockerd = withDaemonJson(service("docker"), own);
  const cntlms = own.flatMap((document) => cntlmOf(document) ?? []);
  const showsUnits = root !== undefined && runnerService.documents.length + dockerd.documents.length > 0;
  let hops: readonly Hop[] | undefined;
  return {
    root,
    runners,
    runnerService,
    dockerd,
    cntlms,
    units,
    get hops() {
      hops ??= unique([
        ...runners.flatMap((runner) => runner.hops),
        ...documents.flatMap((document) => (document.format.id === "gitlab-ci" ? jobsOf(document, runners) : [])),
        ...serviceHop("runner", runnerService, runners.length > 0, showsUnits && !runners.some(isInContainer)),
        ...own.flatMap(dockerClientHops),
        ...serviceHop(
          "dockerd",
          dockerd,
          runners.some(({ localDocker }) => localDocker),
          showsUnits,
        ),
        ...cntlms.map(cntlmHop),
      ]);
      return hops;
    },
  };
}

/** Whether the runner itself runs in a container, whose variables no file of the host shows. */
function isInContainer({ document }: RunnerHops): boolean {
  return /(?:^|\/)srv\/gitlab-runner\/config\//.test(pathOf(document.uri));
}

function unitsBy(documents: readonly Document[]): Chain["units"] {
  const found = new Map<UnitProgram, readonly UnitDocument[]>();
  return (program) => {
    const known = found.get(program) ?? unitDocuments(documents, program);
    found.set(program, known);
    return known;
  };
}

/** dockerd puts the values of daemon.json into its environment, over those that are there (moby, `overrideProxyEnv`). */
function withDaemonJson({ environment, documents }: ServiceHop, own: readonly Document[]): ServiceHop {
  const ofUser = documents.some(isOfUser);
  const daemons = ofOneManager(
    own.filter(({ tree }) => tree.format === "docker-json" && tree.kind === "daemon"),
    (document) => document,
  ).filter((document) => documents.length === 0 || isOfUser(document) === ofUser);
  const given: Given[] = daemons.flatMap((document) =>
    document.settings.scopes
      .filter(({ kind }) => kind === "docker-daemon")
      .flatMap((scope) => givenBy(document, scope))
      .filter(({ assignment }) => assignment.value.text !== ""),
  );
  const open = daemons.some(({ tree }) => tree.template)
    ? msg("Another tool fills in a part of daemon.json.")
    : undefined;
  return {
    environment: { given: [...environment.given, ...given], open: environment.open ?? open },
    documents: [...documents, ...daemons],
  };
}

/** @param implied another file tells that the service is there. @param complete its files would be here if there were any */
function serviceHop(kind: HopKind, service: ServiceHop, implied: boolean, complete: boolean): readonly Hop[] {
  const { environment: shown, documents } = service;
  const [document] = documents;
  if (!document && !implied) return [];
  const unseen = !document && !complete ? msg("No file of this service is among the files.") : undefined;
  const environment = unseen ? { ...shown, open: shown.open ?? unseen } : shown;
  const scope = document?.settings.scopes[0];
  const first = environment.given[0];
  const place = first
    ? { document: first.document, span: first.scope.span }
    : document && { document, span: scope?.span ?? { start: 0, end: 0 } };
  return [{ id: kind, kind, label: "", environment, clients: clientsAt(kind), container: false, place }];
}

function jobsOf(document: Document, [only, another]: readonly RunnerHops[]): readonly Hop[] {
  const open = only
    ? msg("Which of the runners takes the job is not known.")
    : msg("The environment of the job's runner is not among the files.");
  return ciHops(document, another ? undefined : only, open);
}

function cntlmHop({ document, listens }: Cntlm): Hop {
  return {
    id: "cntlm",
    kind: "cntlm",
    label: "",
    environment: nothing,
    clients: clientsAt("cntlm"),
    container: false,
    place: { document, span: listens[0]?.span ?? { start: 0, end: 0 } },
  };
}

/** Several hops of one name get a number. */
function unique(hops: readonly Hop[]): readonly Hop[] {
  const seen = new Map<string, number>();
  return hops.map((hop) => {
    const count = (seen.get(hop.id) ?? 0) + 1;
    seen.set(hop.id, count);
    return count === 1 ? hop : { ...hop, id: `${hop.id}#${count}` };
  });
}

/** The URI of a file of the host that is not there yet. `path` without its first `/`. */
export function uriOnHost(chain: Chain, documents: readonly Document[], path: string): string | undefined {
  const { root } = chain;
  const sample = documents.find(({ hostRoot }) => hostRoot === root);
  if (root === undefined || !sample) return undefined;
  const below = pathOf(sample.uri).slice(root.length);
  // What follows the root is plain ASCII: the folders of a system. A file's own name may be percent-encoded.
  const tail = sample.uri.lastIndexOf(below.slice(0, below.lastIndexOf("/") + 1));
  return tail < 0 ? undefined : sample.uri.slice(0, tail) + path;
}
