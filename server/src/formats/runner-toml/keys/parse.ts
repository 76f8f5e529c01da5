/** The type of a key's value, as GitLab Runner's configuration structures declare it. */
export const valueTypes = [
  "string",
  "integer",
  "float",
  "boolean",
  "datetime",
  "duration",
  "table",
  "array of string",
  "array of integer",
  "array of float",
  "array of table",
  "string or array of string",
  "table of string",
  "table of integer",
  "table of boolean",
  "table of array of string",
  "table of any",
] as const;

/** `duration` is a text such as `1h30m` or a whole number of nanoseconds; `table of …` has free keys. */
export type ValueType = (typeof valueTypes)[number];

/** What the program says of one key of config.toml. */
export interface KeyInfo {
  /** The table's path: `""` for the top level, `[]` after the name of an array of tables (`runners[].docker`). */
  readonly table: string;
  /** The key in its usual letter case; Go reads it in any. */
  readonly key: string;
  readonly type: ValueType;
  readonly required: boolean;
  /** The values that the program takes, where it takes only some. */
  readonly values?: readonly string[];
  /** The least number. */
  readonly minimum?: number;
  /** The least length of a text. */
  readonly minimumLength?: number;
  readonly note?: "experimental" | "deprecated";
}

/**
 * Reads a list of keys: a line `[TABLE]`, then lines `TYPE | TRAIT …: KEY KEY …`, where a trait is `required`,
 * `enum=A,B`, `min=N`, `minLength=N`, `experimental` or `deprecated`.
 */
export function parseKeys(list: string): KeyInfo[] {
  const out: KeyInfo[] = [];
  let table = "";
  for (const line of list.split("\n")) {
    const header = /^\[(.*)\]$/.exec(line);
    if (header) table = header[1] ?? "";
    const [, traits, keys] = /^([^:[]+): (.*)$/.exec(line) ?? [];
    if (traits === undefined || keys === undefined) continue;
    const [first = "", ...rest] = traits.split(" | ");
    const type = valueTypes.find((known) => known === first);
    if (!type) continue;
    const shared = { table, type, required: rest.includes("required"), ...traitsOf(rest) };
    for (const key of keys.split(" ")) out.push({ ...shared, key });
  }
  return out;
}

function traitsOf(traits: readonly string[]): Partial<KeyInfo> {
  const after = (name: string) => traits.find((trait) => trait.startsWith(`${name}=`))?.slice(name.length + 1);
  const values = after("enum");
  const minimum = after("min");
  const length = after("minLength");
  const note = (["experimental", "deprecated"] as const).find((word) => traits.includes(word));
  return {
    ...(values !== undefined && { values: values.split(",") }),
    ...(minimum !== undefined && { minimum: Number(minimum) }),
    ...(length !== undefined && { minimumLength: Number(length) }),
    ...(note && { note }),
  };
}
