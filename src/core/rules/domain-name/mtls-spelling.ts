import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "unknown-member": ({ service, member, right }: { service: string; member: string; right: string }) =>
    l10n.t(
      "{0} has no member {1}. Use {2} instead. The AWS CLI rejects {1}, and the AWS SDK for JavaScript silently ignores it.",
      service,
      member,
      right,
    ),
  change: ({ right }: { right: string }) => l10n.t("Change to {0}", right),
} satisfies Says;

export const mtlsSpelling: Rule<DomainName, typeof says> = {
  id: "domain-name/mtls-spelling",
  severity: "error",
  requires: l10n.t(
    "Mutual TLS for a custom domain name must use the spelling of the API: mutualTlsAuthentication for REST APIs, MutualTlsAuthentication for HTTP APIs.",
  ),
  source: sources.apiGatewayDomainName,
  says,
  *check({ slips, spelling }) {
    for (const { member, right, called, alone } of slips) {
      yield {
        at: member.keySpan,
        reason: { code: "unknown-member", args: { service: spelling.service, member: member.spelled, right: called } },
        ...(alone
          ? {
              fixes: [
                {
                  reason: { code: "change", args: { right: called } },
                  safe: true,
                  changes: [{ kind: "rename", member, key: right }],
                },
              ],
            }
          : {}),
      };
    }
  },
};
