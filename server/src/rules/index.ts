import { buildxDriverOptCommas } from "./buildx-driver-opt-commas.js";
import { caMount } from "./ca-mount.js";
import { chainBootOrder } from "./chain-boot-order.js";
import { chainEndpointMismatch } from "./chain-endpoint-mismatch.js";
import { chainEndpointUnserved } from "./chain-endpoint-unserved.js";
import { chainHopMissing } from "./chain-hop-missing.js";
import { chainNoProxyDrift } from "./chain-no-proxy-drift.js";
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
import { dindTlsVolume } from "./dind-tls-volume.js";
import { dockerConfigEcho } from "./docker-config-echo.js";
import { dockerConfigEscaping } from "./docker-config-escaping.js";
import { dockerConfigMkdir } from "./docker-config-mkdir.js";
import { dockerConfigNotForJobs } from "./docker-config-not-for-jobs.js";
import { dockerConfigOverwrites } from "./docker-config-overwrites.js";
import { dockerConfigShell } from "./docker-config-shell.js";
import { dockerJsonEndpoint } from "./docker-json-endpoint.js";
import { dockerJsonLevel } from "./docker-json-level.js";
import { environmentEntry } from "./environment-entry.js";
import { gitHttpsProxy } from "./git-https-proxy.js";
import { kanikoDockerProxies } from "./kaniko-docker-proxies.js";
import { misplacedKey } from "./misplaced-key.js";
import { noProxyAll } from "./no-proxy-all.js";
import { noProxyCidr } from "./no-proxy-cidr.js";
import { noProxyDind } from "./no-proxy-dind.js";
import { noProxyEmptyEntry } from "./no-proxy-empty-entry.js";
import { noProxyGitlabHost } from "./no-proxy-gitlab-host.js";
import { noProxyLocalhost } from "./no-proxy-localhost.js";
import { noProxyRegistry } from "./no-proxy-registry.js";
import { noProxySeparator } from "./no-proxy-separator.js";
import { noProxyService } from "./no-proxy-service.js";
import { noProxyUrl } from "./no-proxy-url.js";
import { noProxyWildcard } from "./no-proxy-wildcard.js";
import { proxyAddressInvalid } from "./proxy-address-invalid.js";
import { proxyAllUnread } from "./proxy-all-unread.js";
import { proxyCaseConflict } from "./proxy-case-conflict.js";
import { proxyCaseMissing } from "./proxy-case-missing.js";
import { proxyCredentials } from "./proxy-credentials.js";
import { proxyCredentialsControl } from "./proxy-credentials-control.js";
import { proxyCredentialsUnescaped } from "./proxy-credentials-unescaped.js";
import { proxyHttpsToHttp } from "./proxy-https-to-http.js";
import { proxyInDockerSubnet } from "./proxy-in-docker-subnet.js";
import { proxyLoopbackInContainer } from "./proxy-loopback-in-container.js";
import { proxyPairMissing } from "./proxy-pair-missing.js";
import { proxyPlaceholder } from "./proxy-placeholder.js";
import { proxySchemeMissing } from "./proxy-scheme-missing.js";
import { proxyVariableDuplicate } from "./proxy-variable-duplicate.js";
import { proxyVariableTypo } from "./proxy-variable-typo.js";
import { removedKey } from "./removed-key.js";
import type { Rule } from "./rule.js";
import { scriptVariableUndefined } from "./script-variable-undefined.js";
import { syntaxError } from "./syntax-error.js";
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
import { tlsVerificationOff } from "./tls-verification-off.js";
import { unknownKey } from "./unknown-key.js";
import { wrongType } from "./wrong-type.js";
import { yamlScriptColon } from "./yaml-script-colon.js";

/** Every rule, one line each, in the order of the alphabet. */
export const rules: readonly Rule[] = [
  buildxDriverOptCommas,
  caMount,
  chainBootOrder,
  chainEndpointMismatch,
  chainEndpointUnserved,
  chainHopMissing,
  chainNoProxyDrift,
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
  dindTlsVolume,
  dockerConfigEcho,
  dockerConfigEscaping,
  dockerConfigMkdir,
  dockerConfigNotForJobs,
  dockerConfigOverwrites,
  dockerConfigShell,
  dockerJsonEndpoint,
  dockerJsonLevel,
  environmentEntry,
  gitHttpsProxy,
  kanikoDockerProxies,
  misplacedKey,
  noProxyAll,
  noProxyCidr,
  noProxyDind,
  noProxyEmptyEntry,
  noProxyGitlabHost,
  noProxyLocalhost,
  noProxyRegistry,
  noProxySeparator,
  noProxyService,
  noProxyUrl,
  noProxyWildcard,
  proxyAddressInvalid,
  proxyAllUnread,
  proxyCaseConflict,
  proxyCaseMissing,
  proxyCredentials,
  proxyCredentialsControl,
  proxyCredentialsUnescaped,
  proxyHttpsToHttp,
  proxyInDockerSubnet,
  proxyLoopbackInContainer,
  proxyPairMissing,
  proxyPlaceholder,
  proxySchemeMissing,
  proxyVariableDuplicate,
  proxyVariableTypo,
  removedKey,
  scriptVariableUndefined,
  syntaxError,
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
  tlsVerificationOff,
  unknownKey,
  wrongType,
  yamlScriptColon,
];

export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
