import { isMap, type Node, YAMLMap } from "yaml";
import { MappedText } from "../../text/mapped-text.js";
import { templateName } from "../../text/template.js";
import { pathOf } from "../../text/uri.js";
import type { SyntaxProblem } from "../format.js";
import { joinFlowLines } from "./flow-lines.js";
import { CiJob, type JobContext } from "./job.js";
import { rootKeywords } from "./keywords.js";
import { isProjectFile } from "./match.js";
import { syntaxProblems, tooDeep } from "./problems.js";
import { joinQuotedLines } from "./quoted-lines.js";
import { ScriptReader } from "./scripts.js";
import { ciHoles, ciView, hasStructuralHole } from "./template.js";
import type { GitlabCiTree } from "./tree.js";
import { readVariables } from "./variables.js";
import { YamlFile } from "./yaml-file.js";
import { hasErrors, readValidYaml, readYaml, type YamlStream } from "./yaml-stream.js";

/** Reads a .gitlab-ci.yml or a part of one. */
export function parseGitlabCi(text: string, uri: string): GitlabCiTree {
  const source = MappedText.document(text);
  const { view, stream, template } = read(source, uri);
  const file: YamlFile = new YamlFile(view, bodyOf(stream), (path) => lookup(path));
  const entries = file.entries(file.root);
  const jobs = new Map<string, CiJob>();
  const scripts = new ScriptReader(file);
  const job = (name: string): CiJob | undefined => jobs.get(name);
  const spent = { layers: 0 };
  const defaults = defaultsOf(file, { file, scripts, job, default: undefined, spent });
  const context: JobContext = { file, scripts, job, default: defaults, spent };
  for (const entry of entries) {
    const map = rootKeywords.has(entry.key) ? undefined : file.resolve(entry.value);
    if (isMap(map)) jobs.set(entry.key, new CiJob(entry.key, entry.keySpan, map, context));
  }
  const all = [...jobs.values()];
  const include = file.entry(file.root, "include");
  return {
    format: "gitlab-ci",
    source,
    problems: problemsOf(text, stream, template),
    template,
    file,
    entries,
    variables: readVariables(file, file.entry(file.root, "variables")),
    default: defaults,
    jobs: all,
    include: include && { keySpan: include.keySpan },
    varied: file
      .items(file.value(file.map(file.value(file.root, "workflow")), "rules"))
      .flatMap((rule) => file.entries(file.map(file.value(file.map(rule), "variables"))).map(({ key }) => key)),
    part: !isProjectFile(uri),
    containers: [defaults, ...all].some(
      (job) => job.ownValues("image").length > 0 || job.ownValues("services").length > 0,
    ),
    job,
  };

  function lookup([first, second, ...rest]: readonly string[]): Node | undefined {
    if (first === undefined) return undefined;
    const job = jobs.get(first);
    if (!job || second === undefined)
      return inside(file.value(file.root, first), second === undefined ? [] : [second, ...rest]);
    const values = job.ownValues(second);
    for (const value of [...values].reverse()) {
      const found = inside(value, rest);
      if (found) return found;
    }
    return undefined;
  }

  function inside(start: Node | undefined, path: readonly string[]): Node | undefined {
    let node = start;
    for (const key of path) node = file.value(file.map(node), key);
    return node;
  }
}

/** Parses; where the text shows that another tool fills it in, the holes are filled first. */
function read(source: MappedText, uri: string): { view: MappedText; stream: YamlStream; template: boolean } {
  const { text } = source;
  const holes = ciHoles(text);
  if (holes.length > 0 && (templateName(pathOf(uri)) || hasStructuralHole(text, holes))) {
    const view = ciView(source, holes);
    return { view, stream: readYaml(view.text), template: true };
  }
  const stream = readLeniently(text);
  if (holes.length === 0 || !hasErrors(stream)) return { view: source, stream, template: false };
  const view = ciView(source, holes);
  const filled = readYaml(view.text);
  // Holes in strings, and a mistake elsewhere: the file is no template.
  if (hasErrors(filled)) return { view: source, stream, template: false };
  return { view, stream: filled, template: true };
}

/** Parses as GitLab does where the yaml package is stricter. The text that scalars are decoded from stays the same. */
function readLeniently(text: string): YamlStream {
  const stream = readYaml(text);
  if (stream.tooDeepAt !== undefined || !hasErrors(stream)) return stream;
  const joined = joinQuotedLines(joinFlowLines(text));
  return (joined === text ? undefined : readValidYaml(joined)) ?? stream;
}

function problemsOf(text: string, stream: YamlStream, template: boolean): readonly SyntaxProblem[] {
  if (stream.tooDeepAt !== undefined) return [tooDeep(stream.tooDeepAt)];
  return template ? [] : syntaxProblems(text, stream);
}

/** The document that holds the jobs: the second one where the first is a `spec:` header. */
function bodyOf({ documents }: YamlStream): YamlStream["documents"][number] | undefined {
  const [first, second] = documents;
  return second && isMap(first?.contents) && first.contents.has("spec") ? second : first;
}

/** `default:` over the keywords at the root, which mean the same. */
function defaultsOf(file: YamlFile, context: JobContext): CiJob {
  const entry = file.entry(file.root, "default");
  const map = file.map(entry?.value);
  const keySpan = entry?.keySpan ?? { start: 0, end: 0 };
  return new CiJob("default", keySpan, map ?? new YAMLMap(), context, file.root);
}
