import type { MappedText } from "../text/mapped-text.js";
import type { Span } from "../text/span.js";
import { decodeBlock } from "./yaml/block.js";
import { decodeDouble, decodePlain, decodeSingle } from "./yaml/flow.js";
import type { YamlStyle } from "./yaml/modes.js";

export { type YamlStyle, yamlScalar, yamlValue } from "./yaml/modes.js";

/**
 * Decodes a scalar of YAML 1.2.
 * @param span the scalar in `outer`: with its quotes, with the header of a block and all of its lines.
 * @param inFlow in a flow collection (`[a, b]`), where a plain scalar may hold less.
 */
export function decodeYamlScalar(outer: MappedText, span: Span, style: YamlStyle, inFlow = false): MappedText {
  switch (style) {
    case "plain":
      return decodePlain(outer, span, inFlow);
    case "single":
      return decodeSingle(outer, span);
    case "double":
      return decodeDouble(outer, span);
    default:
      return decodeBlock(outer, span);
  }
}
