import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";
import type { TreeBase } from "../format.js";
import { Runner } from "./runner.js";
import type { Section, TomlTable } from "./toml/nodes.js";
import { parseToml } from "./toml/parser.js";

/** GitLab Runner's config.toml. */
export interface RunnerTomlTree extends TreeBase {
  readonly format: "runner-toml";
  /** The document, the root of all MappedTexts of the tree. */
  readonly source: MappedText;
  /** The top level. */
  readonly root: TomlTable;
  /** The lines of the document by header, in order; the first section holds the lines before the first header. */
  readonly sections: readonly Section[];
  readonly runners: readonly Runner[];
  readonly comments: readonly Span[];
  /** A template whose lines may be conditional or repeated, or come from elsewhere: what is missing may be there. */
  readonly conditional: boolean;
}

const templateName = /\.(?:j2|jinja2?|erb|epp|tpl|tftpl|tmpl|template|in)$/i;

/** Marks of a template inside a text. `$NAME` is none: the runner itself expands it in `url` and `token`. */
const filledIn = /\{\{|\{%|<%|^@\w+@$|^%\w+%$|^##\w+##$/;

/** Reads a config.toml. Never throws. */
export function parseRunnerToml(text: string, uri: string): RunnerTomlTree {
  const document = parseToml(text, templateName.test(uri));
  const { root, sections, source, problems } = document;
  const runners = root.tables("runners").map((table, index) => new Runner(table, index, startOf(table, root)));
  return {
    format: "runner-toml",
    source,
    root,
    sections,
    runners,
    problems,
    conditional: document.conditional,
    template: document.template || runners.some(isFilledIn),
    get comments() {
      return document.comments;
    },
  };
}

/** Where an inline table stands that is one of the runners: at its key. */
function startOf(table: TomlTable, root: TomlTable): number {
  const member = root.find("runners");
  return table.sections[0]?.start ?? (member?.kind === "entry" ? member.key.start : 0);
}

function isFilledIn({ name, url, token, executor }: Runner): boolean {
  return [name, url, token, executor].some((text) => text !== undefined && filledIn.test(text.value));
}
