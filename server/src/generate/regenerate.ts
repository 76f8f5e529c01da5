import { type WrittenJson, writtenAt } from "../features/embedded/written.js";
import { parseDockerJson } from "../formats/docker-json/parse.js";
import { dockerJsonSettings } from "../formats/docker-json/settings.js";
import type { Service } from "../service.js";
import { type Message, msg } from "../text/message.js";
import type { Document } from "../workspace/document.js";
import type { DindScriptRequest } from "./dind-script.js";
import { mendJson } from "./mend-json.js";

/** What to generate in the place of a script; or why that cannot be told from it. */
export type Regeneration =
  | { readonly request: DindScriptRequest; readonly offset: number }
  | { readonly problem: Message };

/** The keys whose scripts are generated, by format. */
const keys = { "runner-toml": "pre_build_script", "gitlab-ci": "before_script" } as const;

/**
 * What the generator is asked to get the script anew that writes Docker's JSON at a place: for the same proxies, or for the job's
 * variables where the old one took those.
 * @param offset in the script; where none leads to one, the only one of the document
 */
export function regeneration(service: Service, uri: string, offset: number | undefined): Regeneration {
  const document = service.document(uri);
  const written = document && writtenAt(document, offset);
  if (!document || !written) {
    return { problem: msg("There is no script here that writes JSON to .docker/config.json.") };
  }
  const target = targetOf(document, written);
  if (!target) return { problem: msg("Scripts are generated for {0} alone.", Object.values(keys).join(", ")) };
  const proxies = proxiesOf(written);
  if ("problem" in proxies) return proxies;
  const shell = written.script.shell === "powershell" ? { shell: "pwsh" as const } : {};
  return { request: { target, ...shell, ...proxies }, offset: written.content.contentSpan.start };
}

function targetOf({ format }: Document, { script }: WrittenJson): DindScriptRequest["target"] | undefined {
  if (format.id === "runner-toml" && script.key === keys[format.id]) return "config.toml";
  return format.id === "gitlab-ci" && script.key === keys[format.id] ? ".gitlab-ci.yml" : undefined;
}

type Proxies = Pick<DindScriptRequest, "httpProxy" | "httpsProxy" | "noProxy">;

/** The values that the script writes; none where it takes all of them from the job. */
function proxiesOf({ content }: WrittenJson): Proxies | { readonly problem: Message } {
  const asWritten = content.text;
  // What a command prints into the JSON comes from the job; the quotes in it are the shell's.
  const text = asWritten.replace(/\$\([^()]*\)/g, "$JOB");
  const mended = mendJson(text) ?? text;
  const tree = parseDockerJson(mended, "file:///.docker/config.json");
  const fromJob = /\$/.test(mended) && !/:\/\//.test(mended);
  if (tree.problems.length > 0) return fromJob ? {} : unclear();
  const [scope, other] = dockerJsonSettings(tree).scopes;
  const more = tree.keys.filter(({ key }) => key.text !== "proxies").map(({ key }) => key.text);
  if (other || more.length > 0) {
    const names = more.length > 0 ? more : tree.endpoints.map(({ name }) => name.text);
    return {
      problem: msg("The JSON holds more than the proxies of one endpoint: {0}. Edit it instead.", names.join(", ")),
    };
  }
  const values = scope?.assignments.map(({ name, value }) => [name.text, value.text] as const) ?? [];
  const known: readonly string[] = ["httpProxy", "httpsProxy", "noProxy"];
  const strange = values.filter(([name]) => !known.includes(name)).map(([name]) => name);
  if (strange.length > 0) {
    return {
      problem: msg("The JSON holds more than the proxies of one endpoint: {0}. Edit it instead.", strange.join(", ")),
    };
  }
  const taken = values.filter(([, value]) => value.includes("$"));
  if (taken.length === values.length) return {};
  return taken.length === 0 ? Object.fromEntries(values) : unclear();
}

function unclear(): { readonly problem: Message } {
  return {
    problem: msg("Whether the values are fixed or the job's cannot be told from this script. Generate one anew."),
  };
}
