import * as l10n from "@vscode/l10n";
import { originVerdict } from "../../acm/fitness.ts";
import { certificateInAcm } from "../../acm/name.ts";
import { namedCertificates } from "../../acm/named-certificates.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  unusable: ({ name, why }: { name: string; why: string }) => l10n.t("“{0}” cannot be used. {1}", name, why),
  doubtful: ({ name, why }: { name: string; why: string }) => l10n.t("“{0}” might not be usable. {1}", name, why),
} satisfies Says;

export const clientCertificateStatus: Rule<Origin, typeof says> = {
  id: "origin/client-certificate-status",
  severity: "error",
  requires: l10n.t(
    "The client certificate must be issued, and must not be revoked or inactive. Checked only when the account is connected.",
  ),
  source: sources.acmStatus,
  says,
  *check(origin, { inventory, now }) {
    for (const { node, certificate } of namedCertificates(origin, inventory)) {
      if (certificate === undefined) continue;
      const reason = originVerdict(certificate, now).reasons.find(({ requirement }) => requirement === "status");
      if (reason === undefined) continue;
      yield {
        at: node,
        origin: origin.id,
        severity: reason.sure ? "error" : "warning",
        reason: {
          code: reason.sure ? "unusable" : "doubtful",
          args: { name: certificateInAcm(certificate), why: reason },
        },
      };
    }
  },
};
