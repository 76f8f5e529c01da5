/** Whether a value is an object with these fields as texts; the optional ones may be missing. */
export function hasTexts(value: unknown, required: readonly string[], optional: readonly string[] = []): boolean {
  if (typeof value !== "object" || value === null) return false;
  const isText = (name: string) => typeof Reflect.get(value, name) === "string";
  return required.every(isText) && optional.every((name) => Reflect.get(value, name) === undefined || isText(name));
}
