import * as l10n from "@vscode/l10n";
import { isExpired, originVerdict, type VerdictReason } from "../../acm/fitness.ts";
import { certificateInAcm } from "../../acm/name.ts";
import { namedCertificates } from "../../acm/named-certificates.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { AcmCertificate } from "../../inventory.ts";
import { allOf, type Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  unfit: ({ name, why }: { name: string; why: string }) =>
    l10n.t("“{0}” cannot be used as a client certificate. {1}", name, why),
  doubtful: ({ name, why }: { name: string; why: string }) =>
    l10n.t("“{0}” might not be usable as a client certificate. {1}", name, why),
} satisfies Says;

export const clientCertificateUnfit: Rule<Origin, typeof says> = {
  id: "origin/client-certificate-unfit",
  severity: "error",
  requires: l10n.t(
    "The client certificate must meet the requirements of CloudFront: imported, RSA 2048 or ECDSA P-256, and with clientAuth. Checked only when the account is connected.",
  ),
  source: sources.clientCertificate,
  says,
  *check(origin, { inventory, now }) {
    for (const { node, certificate } of namedCertificates(origin, inventory)) {
      const reasons = certificate === undefined ? [] : ownReasons(certificate, now);
      const sure = reasons.filter((reason) => reason.sure);
      const isSure = sure.length > 0;
      const [first, ...others] = isSure ? sure : reasons;
      if (certificate === undefined || first === undefined) continue;
      yield {
        at: node,
        origin: origin.id,
        severity: isSure ? "error" : "warning",
        reason: {
          code: isSure ? "unfit" : "doubtful",
          args: { name: certificateInAcm(certificate), why: allOf(first, ...others) },
        },
      };
    }
  },
};

/** Those that no other rule tells; where another one already says that it cannot be used, none that may be nothing. */
function ownReasons(certificate: AcmCertificate, now: Date): VerdictReason[] {
  const isOld = isExpired(certificate, now);
  const isTold = ({ requirement }: VerdictReason) =>
    requirement === "region" || requirement === "status" || (requirement === "validity" && isOld);
  const { reasons } = originVerdict(certificate, now);
  const isUnusable = reasons.some((reason) => reason.sure && isTold(reason));
  return reasons.filter((reason) => !isTold(reason) && (reason.sure || !isUnusable));
}
