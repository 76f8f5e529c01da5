import { dockerConfigWrites } from "../shell/facts/docker-config.js";
import type { MappedText } from "../text/mapped-text.js";
import { msg } from "../text/message.js";
import type { Span } from "../text/span.js";
import type { Rule } from "./rule.js";
import { once } from "./support/once.js";

export const kanikoDockerProxies: Rule = {
  id: "kaniko-docker-proxies",
  severity: "information",
  formats: ["gitlab-ci"],
  docs: { summary: "A script writes `proxies` to kaniko's config.json, where kaniko does not look for them." },
  check(context) {
    const first = once();
    for (const script of context.settings.scripts) {
      if (script.repeated) continue;
      for (const { place, content } of dockerConfigWrites(script)) {
        const text = content.bash ?? content.busybox ?? content.dash;
        const key = place === "kaniko" && text ? proxiesKey(text) : undefined;
        if (!key || !first(key)) continue;
        context.report({
          span: key,
          message: msg(
            "kaniko does not read proxies: set http_proxy, https_proxy and no_proxy, and pass them to the build with --build-arg.",
          ),
        });
      }
    }
  },
};

/** The key in the document, without its quotes; also where the JSON is broken. */
function proxiesKey(content: MappedText): Span | undefined {
  const found = /(?<![\w-])proxies(?=\\*["']?\s*:)/.exec(content.text);
  return found ? content.toSource({ start: found.index, end: found.index + found[0].length }) : undefined;
}
