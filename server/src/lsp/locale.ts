import { english, format, type Localize } from "../text/message.js";
import { simplifiedChinese } from "./simplified-chinese.js";

type Bundle = Readonly<Record<string, string>>;

/**
 * Puts messages into the language of the editor. The engine's messages are templates with values, which
 * {@link format} fills in; a library with state of its own has nothing to add.
 * @param bundle what the client has loaded for its language
 */
export function createLocalize(locale: string | undefined, bundle: Bundle | undefined): Localize {
  const texts = bundle ?? bundleOf(locale);
  if (!texts) return english;
  return ({ text, args }) => format(Object.hasOwn(texts, text) ? (texts[text] ?? text) : text, args);
}

/** The bundle is large, and read when a language asks for it. */
function bundleOf(locale: string | undefined): Bundle | undefined {
  return /^zh(?:[-_]cn)?$/i.test(locale ?? "") ? simplifiedChinese : undefined;
}
