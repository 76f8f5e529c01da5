import simplifiedChinese from "../../../l10n/bundle.l10n.zh-cn.json";
import { english, format, type Localize } from "../text/message.js";

type Bundle = Readonly<Record<string, string>>;

const bundles: Readonly<Record<string, Bundle>> = { "zh-cn": simplifiedChinese, zh: simplifiedChinese };

/**
 * Puts messages into the language of the editor. The engine's messages are templates with values, which
 * {@link format} fills in; a library with state of its own has nothing to add.
 * @param bundle what the client has loaded for its language
 */
export function createLocalize(locale: string | undefined, bundle: Bundle | undefined): Localize {
  const texts = bundle ?? bundles[locale?.toLowerCase().replaceAll("_", "-") ?? ""];
  if (!texts) return english;
  return ({ text, args }) => format(Object.hasOwn(texts, text) ? (texts[text] ?? text) : text, args);
}
