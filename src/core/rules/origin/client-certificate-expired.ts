import * as l10n from "@vscode/l10n";
import { isExpired } from "../../acm/fitness.ts";
import { certificateInAcm } from "../../acm/name.ts";
import { namedCertificates } from "../../acm/named-certificates.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import { durationOf } from "../../x509/validity.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  expired: ({ name, notAfter, ago }: { name: string; notAfter: string; ago: string }) =>
    l10n.t("“{0}” expired {2} ago, on {1}.", name, notAfter, ago),
  "expired-by-acm": ({ name }: { name: string }) => l10n.t("“{0}” has expired, according to ACM.", name),
} satisfies Says;

export const clientCertificateExpired: Rule<Origin, typeof says> = {
  id: "origin/client-certificate-expired",
  severity: "error",
  requires: l10n.t(
    "The client certificate must not have expired, because CloudFront does not check this but the origin must. Checked only when the account is connected.",
  ),
  source: sources.originMtlsAuthentication,
  says,
  *check(origin, { inventory, now }) {
    for (const { node, certificate } of namedCertificates(origin, inventory)) {
      if (certificate === undefined || !isExpired(certificate, now)) continue;
      const { notAfter } = certificate;
      const name = certificateInAcm(certificate);
      const isOver = notAfter !== undefined && notAfter < now;
      yield {
        at: node,
        origin: origin.id,
        reason: isOver
          ? { code: "expired", args: { name, notAfter, ago: durationOf(now.getTime() - notAfter.getTime()) } }
          : { code: "expired-by-acm", args: { name } },
      };
    }
  },
};
