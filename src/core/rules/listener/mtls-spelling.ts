import * as l10n from "@vscode/l10n";
import { refusalOf } from "../../dialect/refusal.ts";
import type { Listener } from "../../elb/listener.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "unknown-member": ({ member, right, refusal }: { member: string; right: string; refusal: string }) =>
    l10n.t("Elastic Load Balancing has no member {0}. Use {1} instead. {2}", member, right, refusal),
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
        reason: {
          code: "unknown-member",
          args: { member: member.spelled, right: called, refusal: refusalOf(member.parent, member.spelled) },
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
