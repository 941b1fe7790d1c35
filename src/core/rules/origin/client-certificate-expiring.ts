import * as l10n from "@vscode/l10n";
import { originVerdict } from "../../acm/fitness.ts";
import { certificateInAcm } from "../../acm/name.ts";
import { namedCertificates } from "../../acm/named-certificates.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import { day, durationOf, isWithinDays } from "../../x509/validity.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "import-before": ({ name, notAfter, left }: { name: string; notAfter: string; left: string }) =>
    l10n.t(
      "“{0}” expires in {2}, on {1}. Import the renewed certificate to the same ARN at least 24 hours before.",
      name,
      notAfter,
      left,
    ),
  "import-now": ({ name, notAfter, left }: { name: string; notAfter: string; left: string }) =>
    l10n.t(
      "“{0}” expires in {2}, on {1}. Import the renewed certificate as a new certificate, and use its ARN here. CloudFront can take up to 24 hours to present a certificate that is imported to the same ARN.",
      name,
      notAfter,
      left,
    ),
} satisfies Says;

export const clientCertificateExpiring: Rule<Origin, typeof says> = {
  id: "origin/client-certificate-expiring",
  severity: "warning",
  requires: l10n.t(
    "The client certificate must not expire within the number of days in `mtls.expiryWarningDays`, because ACM does not renew imported certificates. Checked only when the account is connected.",
  ),
  source: sources.acmReimport,
  says,
  *check(origin, { inventory, now, settings }) {
    for (const { node, certificate } of namedCertificates(origin, inventory)) {
      if (
        certificate?.notAfter === undefined ||
        !isWithinDays(certificate.notAfter.getTime(), settings.expiryWarningDays, now)
      )
        continue;
      // What cannot be used now is told by other rules.
      if (
        originVerdict(certificate, now).reasons.some(
          ({ requirement }) => requirement === "status" || requirement === "validity",
        )
      )
        continue;
      const { notAfter } = certificate;
      const left = notAfter.getTime() - now.getTime();
      yield {
        at: node,
        origin: origin.id,
        source: sources.certificateRotation,
        // So long CloudFront may take to present what was imported.
        reason: {
          code: left > day ? "import-before" : "import-now",
          args: { name: certificateInAcm(certificate), notAfter, left: durationOf(left) },
        },
      };
    }
  },
};
