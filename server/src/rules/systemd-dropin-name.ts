import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const systemdDropinName: Rule = {
  id: "systemd-dropin-name",
  severity: "warning",
  formats: ["systemd-dropin"],
  docs: { summary: "A file in systemd's folders that systemd does not read." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "systemd-dropin" || tree.file.read !== false || tree.entries) return;
    const place = tree.sections[0]?.span ?? tree.directives[0]?.keySpan;
    if (!place) return;
    context.report({
      span: place,
      message: msg(
        "systemd does not read this file: a drop-in is UNIT.d/NAME.conf, such as docker.service.d/http-proxy.conf.",
      ),
    });
  },
};
