import { proxyAllUnread } from "./proxy-all-unread.js";
import { proxyCaseConflict } from "./proxy-case-conflict.js";
import { proxyCaseMissing } from "./proxy-case-missing.js";
import { proxyPairMissing } from "./proxy-pair-missing.js";
import { proxyVariableDuplicate } from "./proxy-variable-duplicate.js";
import { proxyVariableTypo } from "./proxy-variable-typo.js";
import type { Rule } from "./rule.js";

/** Every rule, one line each, in the order of the alphabet. */
export const rules: readonly Rule[] = [
  proxyAllUnread,
  proxyCaseConflict,
  proxyCaseMissing,
  proxyPairMissing,
  proxyVariableDuplicate,
  proxyVariableTypo,
];

export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
