import type { Scope } from "../proxy/settings.js";
import { type Message, msg } from "../text/message.js";
import type { Rule, RuleContext } from "./rule.js";
import { isReal, proxyPlaces } from "./support/addresses.js";

export const proxyCredentials: Rule = {
  id: "proxy-credentials",
  severity: "warning",
  formats: ["runner-toml", "systemd-dropin", "docker-json", "gitlab-ci"],
  docs: { summary: "A user name and password in the address of a proxy." },
  check(context) {
    for (const place of proxyPlaces(context.settings)) {
      const { password } = place.address;
      // A file of EnvironmentFile= can be kept from others, and is where the password of a service belongs.
      if (!password || password.text === "" || !isReal(place, password) || place.scope.kind === "environment-file")
        continue;
      context.report({ span: place.value.toSource(password), message: messageFor(context, place.scope) });
    }
  },
};

function messageFor(context: RuleContext, scope: Scope): Message {
  if (context.document.format.id === "gitlab-ci") {
    return msg("Whoever can read the repository has this password: keep it in a masked CI/CD variable, or in cntlm.");
  }
  if (scope.kind === "unit") {
    return msg(
      "Every user of the host can read this password with systemctl show: keep it in cntlm, or in a file of EnvironmentFile= with mode 0600.",
    );
  }
  if (scope.kind === "docker-daemon") return msg("Whoever can read the file has this password: keep it in cntlm.");
  return msg("Every job and container can read this password: keep it in a cntlm on the host.");
}
