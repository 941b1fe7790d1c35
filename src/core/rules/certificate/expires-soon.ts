import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { durationOf, isWithinDays, secondOf } from "../../x509/validity.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "expires-soon": ({ title, until, left }: { title: string; until: string; left: string }) =>
    l10n.t("“{0}” expires in {2}, on {1}.", title, until, left),
} satisfies Says;

export const expiresSoon: Rule<CertificatePiece, typeof says> = {
  id: "certificate/expires-soon",
  severity: "warning",
  requires: l10n.t("A certificate must not expire within the number of days in `mtls.expiryWarningDays`."),
  source: sources.certificateValidity,
  says,
  concerns: ({ content: { certificate } }, { now, settings }) =>
    certificate.notAfter.at !== undefined && isWithinDays(certificate.notAfter.at, settings.expiryWarningDays, now),
  *check({ block, content: { certificate } }, { now }) {
    const until = certificate.notAfter.at;
    if (until === undefined || until < secondOf(now.getTime())) return;
    const from = certificate.notBefore.at;
    if (from === undefined || from > now.getTime()) return;
    yield {
      at: headOf(block),
      reason: {
        code: "expires-soon",
        args: {
          title: certificateCalled(certificate),
          until: new Date(until),
          left: durationOf(Math.max(0, until - now.getTime())),
        },
      },
    };
  },
};
