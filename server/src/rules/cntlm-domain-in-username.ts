import { insertCntlmOption, setCntlmValue } from "../formats/cntlm-conf/edit.js";
import { msg } from "../text/message.js";
import type { Rule } from "./rule.js";

export const cntlmDomainInUsername: Rule = {
  id: "cntlm-domain-in-username",
  severity: "warning",
  formats: ["cntlm-conf"],
  docs: { summary: "The domain stands in Username and there is no Domain: it goes out empty." },
  check(context) {
    const { tree } = context;
    if (tree.format !== "cntlm-conf" || tree.option("Domain")) return;
    const user = tree.option("Username");
    if (!user || user.value.hasUnknown()) return;
    const parts = /^([^\\@\s]+)\\([^\\@]+)$/.exec(user.value.text);
    const mail = /^([^\\@\s]+)@([^\\@\s]+)$/.exec(user.value.text);
    const domain = parts?.[1] ?? mail?.[2];
    const name = parts?.[2] ?? mail?.[1];
    if (domain === undefined || name === undefined) return;
    const renamed = setCntlmValue(user, name);
    const added = insertCntlmOption(tree, "Domain", domain, user);
    context.report({
      span: user.raw,
      message: msg(
        "cntlm takes the whole for the user name and sends an empty domain: write Username {0} and Domain {1}.",
        name,
        domain,
      ),
      // Which domain an address stands for is the administrator's to say.
      ...(renamed &&
        added && {
          fixes: [
            { title: msg("Split into Username and Domain"), edits: [...renamed, ...added], safe: parts !== null },
          ],
        }),
    });
  },
};
