import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { refusalOfAll } from "../../dialect/refusal.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  answered: ({ member, refusal }: { member: string; refusal: string }) =>
    l10n.t("{0} is a member of API Gateway responses. {1}", member, refusal),
  remove: ({ member }: { member: string }) => l10n.t("Remove {0}", member),
} satisfies Says;

export const outputMember: Rule<DomainName, typeof says> = {
  id: "domain-name/output-member",
  severity: "warning",
  requires: l10n.t("The input for a custom domain name must not have members that API Gateway uses only in responses."),
  source: sources.apiGatewayDomainName,
  says,
  *check({ warnings, role }) {
    // It is not known whether an answer of API Gateway is meant to be sent back.
    if (role === "output" || warnings?.member === undefined) return;
    yield {
      at: warnings.at,
      reason: {
        code: "answered",
        args: { member: warnings.member.spelled, refusal: refusalOfAll(warnings.member.parent, "answered") },
      },
      fixes: [
        {
          reason: { code: "remove", args: { member: warnings.member.spelled } },
          safe: false,
          changes: [{ kind: "remove", entry: warnings.member }],
        },
      ],
    };
  },
};
