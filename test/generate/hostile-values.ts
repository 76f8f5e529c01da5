import fc from "fast-check";

/** Values that break careless quoting: of the shells, of JSON, TOML and YAML, of printf, echo, sed and test. */
export const hostileValues: readonly string[] = [
  "http://172.17.0.1:3128",
  "",
  " ",
  " leading and trailing ",
  "-n",
  "-e \\n",
  "--",
  "'",
  "''",
  "'''",
  "'\\''",
  '"',
  '""',
  '"""',
  "\\",
  "\\\\",
  "\\n\\t\\u0041\\x41\\0",
  "$HOME",
  "\u0024{HOME}",
  "$(id)",
  "$((1+1))",
  "$$",
  "`id`",
  "%",
  "%s%d%n%%",
  "http://user:p%40ss@proxy:8080",
  "http://user:pa#ss!^&*()@proxy:8080",
  "a;b|c&d>e<f",
  "*",
  "~",
  "{}[]",
  "a: b # c",
  "]]>",
  "&",
  "/&/",
  "\\(1)",
  "{{ proxy }}",
  "Größe-代理-прокси-🙂",
  "‘typographic’ “quotes”",
  "\u00a0\u2028\u200b\ufeff",
  "\u007f\u0085",
  "x".repeat(20_000),
  ".corp.example,10.0.0.0/8,*.x,docker:2375,docker:2376",
];

const alphabet = [..."'\"\\$`%&;|<>(){}[]*?!#~=:,./- _\tanu0é中🙂\u2028\u0001"];

/** Texts without line breaks, mostly of characters that mean something to some layer. */
export const hostileValue: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 24 }),
  fc.string({ unit: "binary", maxLength: 24 }).map((text) => text.replace(/[\r\n\0]/g, "")),
);
