/**
 * What the extension and the page with the picture say to each other. Places stay with the extension: the page names
 * them by number.
 */

/** An arrow, under the box that it starts from. */
export interface PictureLink {
  /** Index of the hop that it leads to. */
  readonly to: number;
  readonly address: string;
  readonly problem?: { readonly error: boolean; readonly message: string; readonly rule: string };
  /** All of it, for those who do not see the picture. */
  readonly label: string;
  readonly place: number;
}

/** A box. */
export interface PictureHop {
  readonly title: string;
  /** Its state in words; empty for one that goes through a proxy and is right. */
  readonly state: string;
  /** How it is drawn. */
  readonly look: "right" | "direct" | "unknown" | "warning" | "error";
  /** From the left. */
  readonly column: number;
  readonly label: string;
  readonly place?: number;
  readonly links: readonly PictureLink[];
}

export interface PictureHost {
  /** Empty where there is but one. */
  readonly name: string;
  readonly hops: readonly PictureHop[];
}

/** From the extension to the page. */
export interface PictureData {
  readonly hosts: readonly PictureHost[];
  /** In the user's language. */
  readonly texts: { readonly title: string; readonly copy: string; readonly empty: string };
}

/** From the page to the extension. */
export type PictureMessage = { readonly type: "ready" | "copy" } | { readonly type: "open"; readonly place: number };

/** Whether a message that came to the page is the extension's. */
export function isPictureData(value: unknown): value is PictureData {
  return typeof value === "object" && value !== null && "hosts" in value && "texts" in value;
}

/** What the page says, as far as it is understood. */
export function readPictureMessage(value: unknown): PictureMessage | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  const { type } = value;
  if (type === "ready" || type === "copy") return { type };
  if (type === "open" && "place" in value && typeof value.place === "number") return { type, place: value.place };
  return undefined;
}
