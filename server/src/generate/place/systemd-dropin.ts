import { lineEndingOf } from "../../text/eol.js";
import { msg } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import type { Template } from "../template.js";
import type { ProxyValues } from "../values.js";
import { difference, laidOut, linesAt, type Placement } from "./placement.js";
import { withVariables } from "./variables.js";

/**
 * The variables that the unit lacks, into its [Service]; the whole block where there is none.
 * @param list whether NO_PROXY is one of them
 */
export function placeInDropin(document: Document, block: Template, values: ProxyValues, list: boolean): Placement {
  const { text } = document;
  const scope = document.settings.scopes.find(({ kind }) => kind === "unit");
  if (!scope || !/^\s*\[Service\]/m.test(text)) {
    return { edits: [linesAt(text, text.length, laidOut(block, lineEndingOf(text)), true)] };
  }
  const after = withVariables(document, scope, [
    ["HTTP_PROXY", values.httpProxy],
    ["HTTPS_PROXY", values.httpsProxy],
    ...(list ? [["NO_PROXY", values.noProxy] as const] : []),
  ]);
  if (after === undefined) return { problem: msg("There is no place for the variables in this file.") };
  const edits = difference(text, after);
  return edits.length > 0 ? { edits } : { problem: msg("The file holds all of this already.") };
}
