import * as l10n from "@vscode/l10n";
import { withoutAccessMode } from "../../apigateway/access-mode.ts";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { accessModePath, isEnhancedPolicy, mtlsSecurityPolicy } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import type { Node } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  change: () => l10n.t("Change to {0}", mtlsSecurityPolicy),
  "change-and-remove": ({ member }: { member: string }) =>
    l10n.t("Change to {0} and remove {1}", mtlsSecurityPolicy, member),
  "change-and-unset": () => l10n.t("Change to {0} and set {1} to an empty string", mtlsSecurityPolicy, accessModePath),
  "of-http-api": ({ policy }: { policy: string }) =>
    l10n.t("HTTP and WebSocket APIs support only the security policy {0}, not {1}.", mtlsSecurityPolicy, policy),
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
  requires: l10n.t(
    "A custom domain name with mutual TLS, and any custom domain name of an HTTP or WebSocket API, must have the security policy TLS_1_2.",
  ),
  source: sources.apiGatewayMtls,
  says,
  *check(domain) {
    const { mtls, policies, spelling, role } = domain;
    if (mtls !== "on") {
      // An answer may be about a domain name of REST APIs: both APIs list all of them.
      for (const { node, text } of spelling.api === "http" && role === "input" ? policies : [])
        if (text !== undefined && (text === "TLS_1_0" || isEnhancedPolicy(text)) && !isTemplated(text))
          yield {
            at: node,
            severity: "warning",
            source: sources.httpApiSecurityPolicy,
            reason: { code: "of-http-api", args: { policy: text } },
            fixes: [
              { reason: { code: "change" }, safe: false, changes: [{ kind: "set", node, value: mtlsSecurityPolicy }] },
            ],
          };
      return;
    }
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
      else if (isEnhancedPolicy(text))
        yield {
          at: node,
          source: sources.apiGatewaySecurityPolicy,
          reason: { code: "enhanced", args: { policy: text } },
          fixes: [fixOfEnhanced(node, domain)],
        };
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

/** The endpoint access mode goes along: no other policy has one. */
function fixOfEnhanced(node: Node, domain: DomainName): Fix<ReasonOf<typeof says>> {
  const others = withoutAccessMode(domain);
  const member = domain.accessModes.find(({ text }) => text !== "")?.member?.spelled;
  return {
    reason:
      others.length === 0
        ? { code: "change" }
        : member === undefined
          ? { code: "change-and-unset" }
          : { code: "change-and-remove", args: { member } },
    safe: false,
    changes: [{ kind: "set", node, value: mtlsSecurityPolicy }, ...others],
  };
}
