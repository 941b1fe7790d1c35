import * as l10n from "@vscode/l10n";
import { describeExpiry, originVerdict } from "../../acm/fitness.ts";
import { certificateName } from "../../acm/name.ts";
import { namedCertificates } from "../../acm/named-certificates.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import { dateText } from "../../x509/words/describe.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const day = 86_400_000;

export const clientCertificateExpiring: Rule<Origin> = {
  id: "origin/client-certificate-expiring",
  severity: "warning",
  requires: l10n.t(
    "The client certificate must not expire within the days that `mtls.expiryWarningDays` says: ACM does not renew what was imported. Checked where the account is connected.",
  ),
  source: sources.acmReimport,
  *check(origin, { inventory, now, settings }) {
    for (const { node, certificate } of namedCertificates(origin, inventory)) {
      if (
        certificate?.notAfter === undefined ||
        certificate.notAfter.getTime() > now.getTime() + settings.expiryWarningDays * day
      )
        continue;
      // What cannot be used now is told by other rules.
      if (
        originVerdict(certificate, now).reasons.some(
          ({ requirement }) => requirement === "status" || requirement === "validity",
        )
      )
        continue;
      const [name, until, words] = [
        certificateName(certificate),
        dateText(certificate.notAfter.getTime()),
        describeExpiry(certificate, now),
      ];
      yield {
        at: node,
        origin: origin.id,
        // So long CloudFront may take to present what was imported.
        reason:
          certificate.notAfter.getTime() > now.getTime() + day
            ? l10n.t(
                "“{0}” is valid until {1}: it {2}. Import the renewed certificate to the same ARN at least 24 hours before that.",
                name,
                until,
                words,
              )
            : l10n.t(
                "“{0}” is valid until {1}: it {2}. Import the renewed certificate to the same ARN now: CloudFront may take up to 24 hours to present it.",
                name,
                until,
                words,
              ),
      };
    }
  },
};
