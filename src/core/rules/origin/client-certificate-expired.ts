import * as l10n from "@vscode/l10n";
import { describeExpiry, isExpired } from "../../acm/fitness.ts";
import { certificateName } from "../../acm/name.ts";
import { namedCertificates } from "../../acm/named-certificates.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import { dateText } from "../../x509/words/describe.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const clientCertificateExpired: Rule<Origin> = {
  id: "origin/client-certificate-expired",
  severity: "error",
  requires: l10n.t(
    "The client certificate must not have expired: CloudFront does not look, but the origin must. Checked where the account is connected.",
  ),
  source: sources.originMtlsAuthentication,
  *check(origin, { inventory, now }) {
    for (const { node, certificate } of namedCertificates(origin, inventory)) {
      if (certificate === undefined || !isExpired(certificate, now)) continue;
      const { notAfter } = certificate;
      const name = certificateName(certificate);
      const isOver = notAfter !== undefined && notAfter < now;
      yield {
        at: node,
        origin: origin.id,
        reason: isOver
          ? l10n.t(
              "“{0}” was valid until {1}: it {2}.",
              name,
              dateText(notAfter.getTime()),
              describeExpiry(certificate, now),
            )
          : l10n.t("“{0}” has expired, ACM says.", name),
      };
    }
  },
};
