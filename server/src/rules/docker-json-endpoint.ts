import { quoteJson } from "../quoting/json.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";
import { variableOfKey } from "./support/docker-levels.js";

export const dockerJsonEndpoint: Rule = {
  id: "docker-json-endpoint",
  severity: "warning",
  formats: ["docker-json"],
  docs: { summary: "A name under proxies that is neither `default` nor a daemon's address." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "docker-json") return;
    for (const { name, property } of tree.endpoints) {
      const text = name.text;
      if (text === "default" || name.hasUnknown() || variableOfKey(text) !== undefined) continue;
      if (/^(?:tcp|https?|unix|npipe|ssh|fd):\/\//.test(text)) continue;
      const only = !tree.endpoints.some((other) => other.name.text === "default");
      context.report({
        span: property.keySpan,
        message: msg(
          'The docker client never uses {0}: the name is "default", or a daemon\'s address such as tcp://docker:2375.',
          text,
        ),
        ...(only && {
          fixes: [
            {
              title: msg("Rename to {0}", "default"),
              edits: [{ span: property.keySpan, newText: quoteJson("default") }],
              safe: text.toLowerCase() === "default",
            },
          ],
        }),
      });
    }
  },
};
