import * as l10n from "@vscode/l10n";
import { withoutAccessMode } from "../../apigateway/access-mode.ts";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { accessModePath, isEnhancedPolicy, mtlsSecurityPolicy } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import type { Setting } from "../../dialect/payload.ts";
import { refusal } from "../../dialect/refusal.ts";
import { nameOf } from "../../dialect/spell.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "with-mtls": ({ member }: { member: string }) =>
    l10n.t(
      "{0} is only for the security policies that begin with SecurityPolicy_, which cannot be combined with mutual TLS. API Gateway rejects it here.",
      member,
    ),
  "with-legacy": ({ member, policy }: { member: string; policy: string }) =>
    l10n.t(
      "{0} is only for the security policies that begin with SecurityPolicy_. This domain name has {1}.",
      member,
      policy,
    ),
  "rest-only": ({ member, refusal }: { member: string; refusal: string }) =>
    l10n.t("Only REST APIs have {0}, not HTTP and WebSocket APIs. {1}", member, refusal),
  missing: ({ policy, member }: { policy: string; member: string }) =>
    l10n.t("The security policy {0} requires {1}: BASIC or STRICT.", policy, member),
  remove: ({ member }: { member: string }) => l10n.t("Remove {0}", member),
  unset: ({ path }: { path: string }) => l10n.t("Set {0} to an empty string", path),
  "remove-operation": ({ path }: { path: string }) => l10n.t("Remove the operation at {0}", path),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const endpointAccessMode: Rule<DomainName, typeof says> = {
  id: "domain-name/endpoint-access-mode",
  severity: "error",
  requires: l10n.t(
    "A custom domain name of a REST API must have an endpoint access mode if its security policy begins with SecurityPolicy_. It must not have one with another security policy, with mutual TLS, or for HTTP and WebSocket APIs.",
  ),
  source: sources.apiGatewayDomainName,
  says,
  *check(domain) {
    const { node, accessModes, policies, mtls, role, form, complete, spelling } = domain;
    if (spelling.api === "http") {
      // It is not known what a newer answer has.
      for (const setting of role === "output" ? [] : accessModes)
        if (setting.member !== undefined)
          yield {
            at: setting.at,
            source: sources.httpApiDomainName,
            reason: {
              code: "rest-only",
              args: { member: setting.member.spelled, refusal: refusal(setting.member.parent, "it-here") },
            },
            fixes: [
              {
                reason: { code: "remove", args: { member: setting.member.spelled } },
                safe: false,
                changes: [{ kind: "remove", entry: setting.member }],
              },
            ],
          };
      return;
    }
    // What an update puts there last decides.
    const policy = policies.at(-1);
    if (policy?.text !== undefined && isEnhancedPolicy(policy.text) && !isTemplated(policy.text) && mtls === "off")
      if (accessModes.length === 0 && form === "domain" && role === "input" && complete)
        yield {
          at: policy.node,
          source: sources.apiGatewaySecurityPolicies,
          reason: {
            code: "missing",
            args: {
              policy: policy.text,
              member: nameOf(node.kind === "object" ? node : undefined, "endpointAccessMode"),
            },
          },
        };
    for (const setting of accessModes) {
      const { text } = setting;
      if (text === undefined || text === "" || isTemplated(text)) continue;
      // API Gateway may say so of domain names that nobody set it for.
      if (role === "output" && text !== "STRICT") continue;
      const member = setting.member?.spelled ?? accessModePath;
      // The fix of the policy takes it along: domain-name/security-policy.
      if (mtls === "on" && (policy?.text === undefined || !isEnhancedPolicy(policy.text)))
        yield {
          at: setting.member === undefined ? setting.node : setting.at,
          source: sources.accessModeWithMtls,
          reason: { code: "with-mtls", args: { member } },
          fixes: [withoutMode(setting, domain)],
        };
      else if (mtls === "off" && policy?.text !== undefined && isLegacy(policy.text))
        yield {
          at: setting.member === undefined ? setting.node : setting.at,
          reason: { code: "with-legacy", args: { member, policy: policy.text } },
          fixes: [withoutMode(setting, domain)],
        };
    }
  },
};

function isLegacy(policy: string): boolean {
  return policy === mtlsSecurityPolicy || policy === "TLS_1_0";
}

function withoutMode({ member }: Setting, domain: DomainName): Fix<Said> {
  const changes = withoutAccessMode(domain);
  const reason: Said =
    member !== undefined
      ? { code: "remove", args: { member: member.spelled } }
      : { code: changes[0]?.kind === "set" ? "unset" : "remove-operation", args: { path: accessModePath } };
  return { reason, safe: false, changes };
}
