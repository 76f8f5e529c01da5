import { proxyCaseMissing } from "./proxy-case-missing.js";
import { proxyPairMissing } from "./proxy-pair-missing.js";
import type { Rule } from "./rule.js";

/** Every rule, one line each, in the order of the alphabet. */
export const rules: readonly Rule[] = [
  proxyCaseMissing, //
  proxyPairMissing,
];

export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
