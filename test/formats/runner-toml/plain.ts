import { TomlDate } from "smol-toml";
import type { ScalarValue, TomlTable, TomlValue } from "../../../server/src/formats/runner-toml/toml/nodes.js";

/** What a table says, in the plain values that smol-toml makes of it (with `integersAsBigInt`). */
export function plainTable(table: TomlTable): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, member] of table.members) {
    const value =
      member.kind === "table"
        ? plainTable(member)
        : member.kind === "table-array"
          ? member.tables.map(plainTable)
          : plainValue(member.value);
    Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return out;
}

function plainValue(value: TomlValue | undefined): unknown {
  switch (value?.kind) {
    case "string":
      return value.value;
    case "array":
      return value.items.map(plainValue);
    case "inline-table":
      return plainTable(value.table);
    case "integer":
    case "float":
    case "boolean":
    case "date":
      return plainScalar(value);
    default:
      return undefined;
  }
}

function plainScalar({ kind, source }: ScalarValue): unknown {
  const digits = source.replaceAll("_", "");
  switch (kind) {
    case "boolean":
      return source === "true";
    case "integer":
      return /^[+-]/.test(digits) ? BigInt(digits.slice(1)) * (digits.startsWith("-") ? -1n : 1n) : BigInt(digits);
    case "float":
      return Number(
        digits.replace("inf", "Infinity").replace("nan", "NaN").replace("+NaN", "NaN").replace("-NaN", "NaN"),
      );
    case "date":
      return dateText(new TomlDate(source));
  }
}

/** Dates as text and all objects without their prototypes, so that the two sides can be compared. */
export function comparable(value: unknown): unknown {
  if (value instanceof TomlDate) return dateText(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    Object.defineProperty(out, name, {
      value: comparable(inner),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return out;
}

function dateText(date: TomlDate): string {
  return `date ${date.toISOString()}`;
}
