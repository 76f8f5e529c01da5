import { cntlmAssignmentSign } from "./cntlm-assignment-sign.js";
import { cntlmDomainInUsername } from "./cntlm-domain-in-username.js";
import { cntlmDuplicateOption } from "./cntlm-duplicate-option.js";
import { cntlmFinalNewline } from "./cntlm-final-newline.js";
import { cntlmHashAuthMismatch } from "./cntlm-hash-auth-mismatch.js";
import { cntlmHashTruncates } from "./cntlm-hash-truncates.js";
import { cntlmInvalidValue } from "./cntlm-invalid-value.js";
import { cntlmListenExposed } from "./cntlm-listen-exposed.js";
import { cntlmListenUnreachable } from "./cntlm-listen-unreachable.js";
import { cntlmLoop } from "./cntlm-loop.js";
import { cntlmMissingOption } from "./cntlm-missing-option.js";
import { cntlmNoProxyCidr } from "./cntlm-no-proxy-cidr.js";
import { cntlmPasswordPath } from "./cntlm-password-path.js";
import { cntlmPlaintextPassword } from "./cntlm-plaintext-password.js";
import { cntlmQuotedValue } from "./cntlm-quoted-value.js";
import { cntlmUnknownOption } from "./cntlm-unknown-option.js";
import { cntlmWeakAuth } from "./cntlm-weak-auth.js";
import { proxyAllUnread } from "./proxy-all-unread.js";
import { proxyCaseConflict } from "./proxy-case-conflict.js";
import { proxyCaseMissing } from "./proxy-case-missing.js";
import { proxyPairMissing } from "./proxy-pair-missing.js";
import { proxyVariableDuplicate } from "./proxy-variable-duplicate.js";
import { proxyVariableTypo } from "./proxy-variable-typo.js";
import type { Rule } from "./rule.js";
import { systemdBackslash } from "./systemd-backslash.js";
import { systemdDollar } from "./systemd-dollar.js";
import { systemdDropinName } from "./systemd-dropin-name.js";
import { systemdExport } from "./systemd-export.js";
import { systemdInlineComment } from "./systemd-inline-comment.js";
import { systemdPercent } from "./systemd-percent.js";
import { systemdSectionMissing } from "./systemd-section-missing.js";
import { systemdTypographicQuote } from "./systemd-typographic-quote.js";
import { systemdUnclosedQuote } from "./systemd-unclosed-quote.js";
import { systemdUnquotedBlank } from "./systemd-unquoted-blank.js";

/** Every rule, one line each, in the order of the alphabet. */
export const rules: readonly Rule[] = [
  cntlmAssignmentSign,
  cntlmDomainInUsername,
  cntlmDuplicateOption,
  cntlmFinalNewline,
  cntlmHashAuthMismatch,
  cntlmHashTruncates,
  cntlmInvalidValue,
  cntlmListenExposed,
  cntlmListenUnreachable,
  cntlmLoop,
  cntlmMissingOption,
  cntlmNoProxyCidr,
  cntlmPasswordPath,
  cntlmPlaintextPassword,
  cntlmQuotedValue,
  cntlmUnknownOption,
  cntlmWeakAuth,
  proxyAllUnread,
  proxyCaseConflict,
  proxyCaseMissing,
  proxyPairMissing,
  proxyVariableDuplicate,
  proxyVariableTypo,
  systemdBackslash,
  systemdDollar,
  systemdDropinName,
  systemdExport,
  systemdInlineComment,
  systemdPercent,
  systemdSectionMissing,
  systemdTypographicQuote,
  systemdUnclosedQuote,
  systemdUnquotedBlank,
];

export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
