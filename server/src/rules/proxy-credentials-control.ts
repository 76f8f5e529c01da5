import { msg } from "../text/message.js";
import type { TextEdit } from "../text/span.js";
import type { Rule } from "./rule.js";
import { isReal, proxyPlaces } from "./support/addresses.js";

export const proxyCredentialsControl: Rule = {
  id: "proxy-credentials-control",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: {
    summary: "`%0A`, `%0D` or `%00` in the credentials of a proxy: a line end that was encoded with the password.",
  },
  check(context) {
    for (const place of proxyPlaces(context.settings)) {
      const { value, address } = place;
      const problems = address.problems.filter(({ kind, span }) => kind === "control" && isReal(place, span));
      const [first] = problems;
      if (!first) continue;
      const edits: TextEdit[] = problems.flatMap(({ span }) => value.replace(span, "") ?? []);
      const escapes = [...new Set(problems.map(({ span }) => value.text.slice(span.start, span.end).toUpperCase()))];
      context.report({
        span: value.toSource(first.span),
        message: msg(
          "{0} is a line end or a zero byte that was encoded with the password: curl and git do not send it, Go sends a wrong password.",
          escapes.join(" "),
        ),
        ...(edits.length > 0 && { fixes: [{ title: msg("Remove {0}", escapes.join(" ")), edits, safe: false }] }),
      });
    }
  },
};
