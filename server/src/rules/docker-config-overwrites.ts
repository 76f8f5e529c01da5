import { isConditional } from "../shell/command.js";
import { type DockerConfigWrite, dockerConfigWrites } from "../shell/facts/docker-config.js";
import { earlierScripts } from "../shell/script.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";
import { once } from "./support/once.js";

export const dockerConfigOverwrites: Rule = {
  id: "docker-config-overwrites",
  severity: "information",
  formats: ["runner-toml", "gitlab-ci"],
  docs: { summary: "A script writes .docker/config.json anew after a `docker login`, whose credentials are lost." },
  check(context) {
    const { scripts } = context.settings;
    const first = once();
    for (const script of scripts) {
      for (const write of dockerConfigWrites(script, earlierScripts(script, scripts))) {
        const { command, target, loginBefore } = write;
        if (!loginBefore || !losesLogins(write)) continue;
        const span = command.source.toSource(target.span);
        if (!first(span)) continue;
        context.report({
          span,
          message: msg("The credentials of the docker login before this are lost: write the file first, then log in."),
          related: [
            {
              span: loginBefore.source.toSource(loginBefore.span),
              message: msg("This login keeps its credentials in the same file."),
            },
          ],
        });
      }
    }
  },
};

/** What is written is known and holds no logins of its own. */
function losesLogins({ append, command, content }: DockerConfigWrite): boolean {
  const text = (content.bash ?? content.busybox ?? content.dash)?.text;
  if (append || text === undefined || isConditional(command)) return false;
  return /proxies/.test(text) && !/"?(?:auths|credsStore|credHelpers)\b/.test(text);
}
