import * as l10n from "@vscode/l10n";
import type { Listener } from "../../elb/listener.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "unknown-member": ({ member, right }: { member: string; right: string }) =>
    l10n.t(
      "Elastic Load Balancing has no member {0}. Use {1} instead. The AWS CLI rejects {0}, and the AWS SDK for JavaScript silently ignores it.",
      member,
      right,
    ),
  change: ({ right }: { right: string }) => l10n.t("Change to {0}", right),
} satisfies Says;

export const mtlsSpelling: Rule<Listener, typeof says> = {
  id: "listener/mtls-spelling",
  severity: "error",
  requires: l10n.t(
    "Mutual authentication of a listener must use the spelling of the API: MutualAuthentication with Mode, TrustStoreArn, IgnoreClientCertificateExpiry, AdvertiseTrustStoreCaNames, and ClientCertificateIdentityFilters.",
  ),
  source: sources.mutualAuthentication,
  says,
  *check({ slips }) {
    for (const { member, right, called, alone } of slips) {
      yield {
        at: member.keySpan,
        reason: { code: "unknown-member", args: { member: member.spelled, right: called } },
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
