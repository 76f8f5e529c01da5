/**
 * A text for people, before it is put into their language: the English text, which is also the key of the
 * translation bundle, and the values for its `{0}`, `{1}` … The engine speaks in messages; adapters localise them.
 */
export interface Message {
  readonly text: string;
  readonly args: readonly (string | number)[];
}

/** Makes a {@link Message}. `text` must be a literal: the translation test reads it from the source. */
export function msg(text: string, ...args: (string | number)[]): Message {
  return { text, args };
}

/** Turns a message into a sentence of the user's language. */
export type Localize = (message: Message) => string;

/** Puts the values of a message into `template`, which is its English text or a translation of it. */
export function format(template: string, args: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (hole, index: string) => String(args[Number(index)] ?? hole));
}

/** The message in English. */
export const english: Localize = (message) => format(message.text, message.args);
