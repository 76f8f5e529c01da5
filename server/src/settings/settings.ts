import { type FormatId, formatIds } from "../formats/format.js";
import { defaultOptions, type EngineOptions, type RuleSetting } from "../options.js";
import { severities } from "../rules/finding.js";
import { ruleById } from "../rules/index.js";
import { type Message, msg } from "../text/message.js";

/** What one source says: an editor's `runnerProxy.*` section or a `.runner-proxy.json`. A key that it leaves out is absent. */
export type Settings = Partial<EngineOptions>;

/** What is wrong with a source. The rest of it counts. */
export interface SettingsProblem {
  /** Keys and indices from the top of the source. */
  readonly path: readonly (string | number)[];
  readonly message: Message;
  /** `warning`: a name that this version does not know. */
  readonly severity: "error" | "warning";
}

/** Keys of the editor's section that are not the engine's. */
const editorKeys = new Set(["trace", "inlayHints", "$schema"]);

const ruleSettings: readonly RuleSetting[] = [...severities, "off"];
const fileFormats: readonly (FormatId | "none")[] = [...formatIds, "none"];

/** Reads a source, whatever it holds. */
export function readSettings(source: unknown): { settings: Settings; problems: readonly SettingsProblem[] } {
  const problems: SettingsProblem[] = [];
  const complain: Complain = (path, message, severity = "error") => void problems.push({ path, message, severity });
  const settings: { -readonly [K in keyof EngineOptions]?: EngineOptions[K] } = {};
  if (source === undefined || source === null) return { settings, problems };
  for (const [key, value] of entries(source, [], complain)) {
    switch (key) {
      case "docker0Address": {
        const address = readAddress(value, complain);
        if (address !== undefined) settings.docker0Address = address;
        break;
      }
      case "internalDomains": {
        const domains = readDomains(value, complain);
        if (domains) settings.internalDomains = domains;
        break;
      }
      case "runnerVersion":
        if (!isNewest(value)) settings.runnerVersion = readVersion(value, complain);
        break;
      case "rules":
        settings.rules = readRules(value, complain);
        break;
      case "files":
        settings.files = readFiles(value, complain);
        break;
      default:
        if (!editorKeys.has(key)) complain([key], msg("There is no setting {0}", key), "warning");
    }
  }
  return { settings, problems };
}

/** Puts sources together; of two that set the same key, rule or glob, the later one counts. */
export function resolveOptions(...sources: readonly Settings[]): EngineOptions {
  const set: Settings = Object.assign({}, ...sources);
  return {
    ...defaultOptions,
    ...set,
    rules: Object.assign({}, ...sources.map(({ rules }) => rules)),
    files: [...sources].reverse().flatMap(({ files }) => files ?? []),
  };
}

type Complain = (path: readonly (string | number)[], message: Message, severity?: "error" | "warning") => void;

function entries(value: unknown, path: readonly string[], complain: Complain): readonly (readonly [string, unknown])[] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  complain(path, path.length > 0 ? msg("{0} must be an object", path.join(".")) : msg("Settings must be an object"));
  return [];
}

function readAddress(value: unknown, complain: Complain): string | undefined {
  const octets = typeof value === "string" ? value.split(".") : [];
  if (octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) {
    return octets.join(".");
  }
  complain(["docker0Address"], msg("docker0Address must be an IPv4 address, such as 172.17.0.1"));
  return undefined;
}

function readDomains(value: unknown, complain: Complain): readonly string[] | undefined {
  if (!Array.isArray(value)) {
    complain(["internalDomains"], msg("internalDomains must be a list of domains"));
    return undefined;
  }
  return value.filter((domain: unknown, at): domain is string => {
    if (typeof domain === "string" && /^[^\s,;/]+$/.test(domain)) return true;
    complain(["internalDomains", at], msg("internalDomains must hold domains, such as corp.example"));
    return false;
  });
}

function isNewest(value: unknown): boolean {
  return value === "" || value === null || value === "newest";
}

function readVersion(value: unknown, complain: Complain): string | undefined {
  const parts = typeof value === "string" ? /^v?(\d{1,4})\.(\d{1,4})(?:\.\d+)?$/.exec(value) : null;
  if (parts) return `${parts[1]}.${parts[2]}`;
  complain(["runnerVersion"], msg('runnerVersion must be a version of GitLab Runner in quotes, such as "17.4"'));
  return undefined;
}

function readRules(value: unknown, complain: Complain): Readonly<Record<string, RuleSetting>> {
  const read: Record<string, RuleSetting> = {};
  for (const [rule, setting] of entries(value, ["rules"], complain)) {
    if (!ruleById(rule)) complain(["rules", rule], msg("There is no rule {0}", rule), "warning");
    const known = ruleSettings.find((name) => name === setting);
    if (known) read[rule] = known;
    else complain(["rules", rule], msg("A rule's setting must be one of {0}", ruleSettings.join(", ")));
  }
  return read;
}

function readFiles(value: unknown, complain: Complain): EngineOptions["files"] {
  return entries(value, ["files"], complain).flatMap(([glob, format]) => {
    const known = fileFormats.find((id) => id === format);
    if (known) return [[glob, known] as const];
    complain(["files", glob], msg("A file's format must be one of {0}", fileFormats.join(", ")));
    return [];
  });
}
