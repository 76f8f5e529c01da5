import { msg } from "../text/message.js";
import { baseName, pathOf } from "../text/uri.js";
import type { Rule } from "./rule.js";

/** What is added to the name of a file that is put aside, by people and by package managers. */
const putAside =
  /(?:~|\.(?:bak\w*|backup|old|orig|saved?|disabled?|off|inactive|rpmsave|rpmnew|rpmorig|dpkg-\w+|ucf-\w+|sample|example|dist))$/i;

export const systemdDropinName: Rule = {
  id: "systemd-dropin-name",
  severity: "warning",
  formats: ["systemd-dropin"],
  docs: { summary: "A file in systemd's folders that systemd does not read." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "systemd-dropin" || tree.file.read !== false || tree.entries) return;
    if (putAside.test(baseName(pathOf(context.document.uri)))) return;
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
