import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { refusalOf } from "../../dialect/refusal.ts";
import { siteOf } from "../../dialect/view.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "unknown-member": (said: { service: string; member: string; right: string; refusal: string }) =>
    l10n.t("{0} has no member {1}. Use {2} instead. {3}", said.service, said.member, said.right, said.refusal),
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
  *check({ node, slips, spelling }) {
    for (const { member, right, called, alone } of slips) {
      yield {
        at: member.keySpan,
        reason: {
          code: "unknown-member",
          args: {
            service: siteOf(node)?.resource.type ?? spelling.service,
            member: member.spelled,
            right: called,
            refusal: refusalOf(member.parent, member.spelled),
          },
        },
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
