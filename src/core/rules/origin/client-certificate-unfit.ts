import * as l10n from "@vscode/l10n";
import { isExpired, originVerdict, type VerdictReason } from "../../acm/fitness.ts";
import { certificateName } from "../../acm/name.ts";
import { namedCertificates } from "../../acm/named-certificates.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { AcmCertificate } from "../../inventory.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  unfit: ({ name, why }: { name: string; why: string }) =>
    l10n.t("“{0}” is not fit as a client certificate. {1}", name, why),
  doubtful: ({ name, why }: { name: string; why: string }) =>
    l10n.t("“{0}” may not be fit as a client certificate. {1}", name, why),
} satisfies Says;

export const clientCertificateUnfit: Rule<Origin, typeof says> = {
  id: "origin/client-certificate-unfit",
  severity: "error",
  requires: l10n.t(
    "The client certificate must be one that CloudFront takes: imported, RSA 2048 or ECDSA P-256, with clientAuth. Checked where the account is connected.",
  ),
  source: sources.clientCertificate,
  says,
  *check(origin, { inventory, now }) {
    for (const { node, certificate } of namedCertificates(origin, inventory)) {
      const reasons = certificate === undefined ? [] : ownReasons(certificate, now);
      if (certificate === undefined || reasons.length === 0) continue;
      const sure = reasons.filter((reason) => reason.sure);
      const isSure = sure.length > 0;
      const why = (isSure ? sure : reasons).map(({ message }) => l10n.t("{0}.", message)).join(" ");
      yield {
        at: node,
        origin: origin.id,
        severity: isSure ? "error" : "warning",
        reason: { code: isSure ? "unfit" : "doubtful", args: { name: certificateName(certificate), why } },
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
