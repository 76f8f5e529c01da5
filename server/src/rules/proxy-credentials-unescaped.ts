import type { AddressProblem } from "../proxy/address.js";
import { type ClientName, clientNames, labelsOf } from "../proxy/clients.js";
import { encodeCredential } from "../proxy/credentials.js";
import { clientsOf, onlyGoReads, programOf } from "../proxy/readers.js";
import { msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import type { Rule } from "./rule.js";
import { isReal, type ProxyPlace, proxyPlaces } from "./support/addresses.js";

/** The programs that are in play wherever a job or a service runs; the others may be. */
const common: readonly ClientName[] = ["curl", "wget", "git", "go", "docker"];

export const proxyCredentialsUnescaped: Rule = {
  id: "proxy-credentials-unescaped",
  severity: "error",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "A character in the user name or password of a proxy that has to be percent-encoded." },
  check(context) {
    for (const place of proxyPlaces(context.settings)) {
      const { value, scope } = place;
      const problems = problemsOf(place);
      const failing = clientNames.filter(
        (client) => clientsOf(scope).includes(client) && problems.some(({ fails }) => fails?.includes(client)),
      );
      const breaking = problems.filter(({ fails }) => fails?.some((client) => failing.includes(client)));
      const [first] = breaking;
      if (!first) continue;
      const characters = [...new Set(breaking.map(({ span }) => value.text.slice(span.start, span.end)))];
      const edits = encode(place, problems);
      context.report({
        span: value.toSource(first.span),
        message: msg(
          "{0} in the user name or password breaks the address for {1}: write {2}.",
          characters.map((character) => (character === " " ? "' '" : character)).join(" "),
          onlyGoReads(scope) ? programOf(scope) : labelsOf(failing),
          characters.map(encodeCredential).join(" "),
        ),
        ...(!failing.some((client) => common.includes(client)) && { severity: "warning" as const }),
        ...(edits && { fixes: [{ title: msg("Percent-encode the user name and password"), edits, safe: false }] }),
      });
    }
  },
};

function problemsOf(place: ProxyPlace): AddressProblem[] {
  const { address, value, assignment } = place;
  return address.problems.filter(({ kind, span }) => {
    if ((kind !== "character" && kind !== "escape") || !isReal(place, span)) return false;
    // systemd loses the assignment over these, and rules of its own say so.
    return !(assignment.dropped && /[\\%]/.test(value.text.slice(span.start, span.end)));
  });
}

function encode({ value }: ProxyPlace, problems: readonly AddressProblem[]): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const { span } of problems) {
    const written = value.replace(span, encodeCredential(value.text.slice(span.start, span.end)));
    if (!written) return undefined;
    edits.push(...written);
  }
  return edits;
}
