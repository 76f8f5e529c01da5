import type { MappedText } from "../../text/mapped-text.js";
import type { Span } from "../../text/span.js";

/** One entry of a `variables:` mapping. */
export interface CiVariable {
  readonly name: MappedText;
  /** From the name to the end of the value. */
  readonly span: Span;
  /** The value as written, before GitLab expands it; undefined where none is given or it is no scalar. */
  readonly raw: MappedText | undefined;
  /** The value as the job gets it: `$NAME` is unknown, `$$` a dollar sign, unless `expand: false`. */
  readonly value: MappedText | undefined;
  readonly expand: boolean;
  /** Written as a mapping with `value:`. */
  readonly long: boolean;
  /** A list stands where a value belongs, which GitLab rejects: there is nothing to judge and nowhere to write. */
  readonly list: boolean;
}

/** A `variables:` mapping. */
export interface CiVariables {
  /** The key `variables`. */
  readonly keySpan: Span;
  readonly variables: readonly CiVariable[];
}

export interface CiImage {
  readonly name: MappedText;
  readonly span: Span;
}

export interface CiService {
  /** The image; `$NAME` is unknown. */
  readonly image: MappedText;
  /** Host names under which the job reaches it; none where a variable makes them. */
  readonly aliases: readonly string[];
  readonly aliasSpan: Span | undefined;
  /** An image of Docker-in-Docker, told by its name. */
  readonly dind: boolean;
  readonly span: Span;
  readonly variables: CiVariables | undefined;
  /** The command's words, or the one string. */
  readonly command: readonly MappedText[];
  readonly entrypoint: readonly MappedText[];
}

/** An item of a script that YAML reads as something else than a string. */
export interface CiMisreadLine {
  /** The item on its line, without the `-`. */
  readonly span: Span;
  /** The `:` that makes a mapping of it; undefined where it is a mapping for another reason. */
  readonly colon: number | undefined;
}

export type CiScriptKey = "before_script" | "script" | "after_script" | "pre_get_sources_script";

export interface CiScript {
  readonly key: CiScriptKey;
  readonly keySpan: Span;
  /** One a line of the list, nested lists, aliases and `!reference` followed. */
  readonly lines: readonly MappedText[];
  readonly misread: readonly CiMisreadLine[];
  /** Lines come from a place that this file does not show (`!reference` into another file). */
  readonly partial: boolean;
}
