import type { Position } from "./places.js";

/** A field of a value of which nothing is known. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Whether a value is an object with these fields as texts; the optional ones may be missing. */
export function hasTexts(value: unknown, required: readonly string[], optional: readonly string[] = []): boolean {
  if (typeof value !== "object" || value === null) return false;
  const isText = (name: string) => typeof fieldOf(value, name) === "string";
  return required.every(isText) && optional.every((name) => fieldOf(value, name) === undefined || isText(name));
}

export function isPosition(value: unknown): value is Position {
  return [fieldOf(value, "line"), fieldOf(value, "character")].every((n) => Number.isInteger(n) && Number(n) >= 0);
}

/** Whether a value is undefined or passes. */
export function isMissingOr(passes: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || passes(value);
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
