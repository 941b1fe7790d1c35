import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { mtlsSecurityPolicy } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const securityPolicy: Rule<DomainName> = {
  id: "domain-name/security-policy",
  severity: "error",
  requires: l10n.t("A custom domain name with mutual TLS must have the security policy TLS_1_2."),
  source: sources.apiGatewayMtls,
  *check({ mtls, policies }) {
    if (mtls !== "on") return;
    for (const { node, text } of policies) {
      if (text === undefined || text === mtlsSecurityPolicy || isTemplated(text)) continue;
      const fix = (safe: boolean): { readonly fixes: readonly Fix[] } => ({
        fixes: [
          {
            reason: l10n.t("Change to {0}", mtlsSecurityPolicy),
            safe,
            changes: [{ kind: "set", node, value: mtlsSecurityPolicy }],
          },
        ],
      });
      if (text === "TLS_1_0")
        yield {
          at: node,
          reason: l10n.t("With mutual TLS the security policy must be {0}, not {1}.", mtlsSecurityPolicy, text),
          ...fix(false),
        };
      else if (text.startsWith("SecurityPolicy_"))
        yield {
          at: node,
          reason: l10n.t(
            "The enhanced security policy {0} cannot be combined with mutual TLS: it must be {1}.",
            text,
            mtlsSecurityPolicy,
          ),
          ...fix(false),
        };
      else if (/^TLS[-_ ]?v?1[-_. ]?2$/i.test(text))
        yield { at: node, reason: l10n.t("The security policy is written {0}.", mtlsSecurityPolicy), ...fix(true) };
      // Of a policy that is newer than this rule nobody knows.
      else
        yield {
          at: node,
          severity: "warning",
          reason: l10n.t(
            "With mutual TLS the security policy must be {0}; {1} is not documented.",
            mtlsSecurityPolicy,
            text,
          ),
          ...fix(false),
        };
    }
  },
};
