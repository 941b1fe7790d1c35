import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { mtlsSecurityPolicy } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  change: () => l10n.t("Change to {0}", mtlsSecurityPolicy),
  older: ({ policy }: { policy: string }) =>
    l10n.t("Mutual TLS requires the security policy {0}, not {1}.", mtlsSecurityPolicy, policy),
  enhanced: ({ policy }: { policy: string }) =>
    l10n.t("The enhanced security policy {0} cannot be combined with mutual TLS. Use {1}.", policy, mtlsSecurityPolicy),
  spelling: () => l10n.t("The security policy must be spelled {0}.", mtlsSecurityPolicy),
  undocumented: ({ policy }: { policy: string }) =>
    l10n.t(
      "Mutual TLS requires the security policy {0}. The AWS documentation does not list {1}.",
      mtlsSecurityPolicy,
      policy,
    ),
} satisfies Says;

export const securityPolicy: Rule<DomainName, typeof says> = {
  id: "domain-name/security-policy",
  severity: "error",
  requires: l10n.t("A custom domain name with mutual TLS must have the security policy TLS_1_2."),
  source: sources.apiGatewayMtls,
  says,
  *check({ mtls, policies }) {
    if (mtls !== "on") return;
    for (const { node, text } of policies) {
      if (text === undefined || text === mtlsSecurityPolicy || isTemplated(text)) continue;
      const fix = (safe: boolean): { readonly fixes: readonly Fix<ReasonOf<typeof says>>[] } => ({
        fixes: [
          {
            reason: { code: "change" },
            safe,
            changes: [{ kind: "set", node, value: mtlsSecurityPolicy }],
          },
        ],
      });
      if (text === "TLS_1_0") yield { at: node, reason: { code: "older", args: { policy: text } }, ...fix(false) };
      else if (text.startsWith("SecurityPolicy_"))
        yield { at: node, reason: { code: "enhanced", args: { policy: text } }, ...fix(false) };
      else if (/^TLS[-_ ]?v?1[-_. ]?2$/i.test(text)) yield { at: node, reason: { code: "spelling" }, ...fix(true) };
      // A policy that is newer than this rule is not known.
      else
        yield {
          at: node,
          severity: "warning",
          reason: { code: "undocumented", args: { policy: text } },
          ...fix(false),
        };
    }
  },
};
