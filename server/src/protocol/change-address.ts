import type { PlaceInfo } from "./places.js";
import { hasTexts } from "./validate.js";

export interface ChangeAddressParams {
  /** Host and port, with or without a scheme. */
  readonly from: string;
  readonly to: string;
  /** A document of the host whose files are changed. */
  readonly uri: string;
}

/** The edits of all files of the host, or the reason why there are none, in the user's language. */
export type ChangeAddressResult =
  | { readonly edits: readonly (PlaceInfo & { readonly newText: string })[] }
  | { readonly problem: string };

/** Whether a value from outside is a {@link ChangeAddressParams}. */
export function isChangeAddressParams(value: unknown): value is ChangeAddressParams {
  return hasTexts(value, ["from", "to", "uri"]);
}
