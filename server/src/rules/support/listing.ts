const most = 6;

/** Names for a message; of many the first ones. */
export function listing(names: readonly string[]): string {
  return names.length > most ? `${names.slice(0, most).join(", ")} …` : names.join(", ");
}
