import type { Reader } from "../../proxy/settings.js";
import { templateName } from "../../text/template.js";
import { baseName, folderOf, pathOf } from "../../text/uri.js";

/** What a file's path says of the unit that it belongs to. */
export interface UnitFile {
  /** With its type, `docker.service`; undefined where the path does not tell. */
  readonly unit: string | undefined;
  readonly program: UnitProgram | undefined;
  /** Of a drop-in for several units, what their names have in common: `service`, `gitlab-.service`. */
  readonly shared?: string;
  readonly part: "unit" | "drop-in";
  /** Drop-ins of a unit are read in the order of these names, whatever their folders; the unit file itself comes first. */
  readonly order: string;
  /** Whether systemd reads the path: undefined for a copy that lies elsewhere. */
  readonly read: boolean | undefined;
}

export type UnitProgram = "docker" | "containerd" | "buildkit" | "gitlab-runner" | "cntlm" | "other";

const types = "service|socket|device|mount|automount|swap|target|path|timer|slice|scope";
const unitName = new RegExp(`^[\\w:.\\\\@-]+\\.(?:${types})$`);
const unitFolder = new RegExp(`^([\\w:.\\\\@-]+\\.(?:${types}))\\.d$`);
/** Drop-ins for all units of a type, or of a dashed prefix: `service.d`, `docker-.service.d`. */
const sharedFolder = new RegExp(`^((?:${types})|[\\w:.\\\\@-]+-\\.(?:${types}))\\.d$`);

/** The unit of a file, by its path alone. */
export function unitOf(uri: string): UnitFile {
  const path = pathOf(uri);
  const name = plainName(baseName(path));
  const folder = baseName(folderOf(path));
  // A template below `…/systemd/system/` gets its name when it is filled in.
  const read = templateName(path) ? undefined : isRead(path);
  const shared = sharedFolder.exec(folder)?.[1];
  if (shared !== undefined) return { ...unitFile(undefined, "drop-in", name, read), shared };
  const inFolder = unitFolder.exec(folder)?.[1];
  if (inFolder !== undefined) return unitFile(inFolder, "drop-in", name, read);
  if (unitName.test(name)) return unitFile(name, "unit", "", read);
  return unitFile(looseUnit(path, name), "drop-in", name, read);
}

/** The variables of a service, by the name that they have by custom: `/etc/sysconfig/docker`, `/etc/default/docker-proxy`. */
const variablesOf =
  /(?:^|\/)etc\/(?:default|sysconfig)\/(docker|containerd|gitlab-runner|cntlm)(?:[-_.](?:https?[-_])?proxy|\.env)?$/;

/** The unit that a copy's name tells, or the role that it lies in: `docker-http-proxy.conf`, `docker/templates/…`. */
function looseUnit(path: string, name: string): string | undefined {
  const flat = /^([\w@.-]+?\.service)(?:\.d)?[-_.].*\.conf$/.exec(name)?.[1];
  if (flat !== undefined) return flat;
  const named = /^(docker|containerd|gitlab-runner|cntlm|buildkit)[-_.]/.exec(name)?.[1];
  if (named !== undefined && /\.conf$/.test(name)) return `${named}.service`;
  const variables = variablesOf.exec(path)?.[1];
  if (variables !== undefined) return `${variables}.service`;
  const role = /(?:^|[/-])(docker|containerd|gitlab-runner|cntlm)\/(?:files|templates)\/[^/]+$/.exec(path)?.[1];
  return role === undefined ? undefined : `${role}.service`;
}

/** The same file, as a drop-in of a unit that its content names. */
export function unitInFolder(file: UnitFile, unit: string): UnitFile {
  return { ...file, unit, program: programOf(unit) };
}

function unitFile(
  unit: string | undefined,
  part: UnitFile["part"],
  order: string,
  read: boolean | undefined,
): UnitFile {
  return { unit, program: unit === undefined ? undefined : programOf(unit), part, order, read };
}

function programOf(unit: string): UnitProgram {
  const base = unit.replace(/\.[a-z]+$/, "").replace(/@.*$/, "");
  if (/^(?:docker|dockerd|docker-ce|snap\.docker\.dockerd)$/.test(base)) return "docker";
  if (base === "containerd") return "containerd";
  if (/^buildkitd?$/.test(base)) return "buildkit";
  if (base === "cntlm") return "cntlm";
  return /^gitlab-(?:ci-multi-)?runner(?:-.*)?$/.test(base) ? "gitlab-runner" : "other";
}

/** Who reads the environment of a unit. containerd and buildkitd pull images as dockerd does: in Go, on the host. */
export function readersOf(program: UnitProgram | undefined): readonly Reader[] {
  switch (program) {
    case "docker":
    case "containerd":
    case "buildkit":
      return ["dockerd"];
    case "gitlab-runner":
      return ["runner"];
    default:
      return ["unit"];
  }
}

/** The file's name without what a template's name adds: `.j2`, `.erb` … */
export function plainName(name: string): string {
  return templateName(name) ? name.slice(0, name.lastIndexOf(".")) : name;
}

/** Below a folder of units: `UNIT`, `UNIT.d/*.conf` that is not hidden, and links in `UNIT.wants/` and `UNIT.requires/` count. */
function isRead(path: string): boolean | undefined {
  const below = /(?:^|\/)systemd\/(?:system|user)\/(.+)$/.exec(path)?.[1];
  if (below === undefined) return undefined;
  const [first = "", second, ...deeper] = below.split("/");
  if (second === undefined) return unitName.test(first);
  if (deeper.length > 0) return false;
  if (unitFolder.test(first) || sharedFolder.test(first)) return /^[^.].*\.conf$/.test(second);
  return /\.(?:wants|requires|upholds)$/.test(first) && unitName.test(second);
}
