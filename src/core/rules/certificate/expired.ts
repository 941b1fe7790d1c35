import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { durationOf, secondOf } from "../../x509/validity.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  expired: ({ title, until, ago }: { title: string; until: string; ago: string }) =>
    l10n.t("“{0}” expired {2} ago, on {1}.", title, until, ago),
} satisfies Says;

export const expired: Rule<CertificatePiece, typeof says> = {
  id: "certificate/expired",
  severity: "error",
  requires: l10n.t("A certificate must not have expired."),
  source: sources.certificateValidity,
  says,
  concerns: ({ content: { certificate } }, { now }) =>
    certificate.notAfter.at !== undefined && certificate.notAfter.at < secondOf(now.getTime()),
  *check({ block, content: { certificate } }, { now, purpose }) {
    const until = certificate.notAfter.at;
    // What it means in a trust store, the others in it decide: trust-store/expired.
    if (until === undefined || purpose === "trust-store") return;
    // Never valid: certificate/validity.
    const from = certificate.notBefore.at;
    if (from !== undefined && until < from) return;
    yield {
      at: headOf(block),
      // ACM takes no such certificate. What other files are kept for is not known.
      ...(purpose === "origin" ? {} : { severity: "warning" }),
      reason: {
        code: "expired",
        args: {
          title: certificateCalled(certificate),
          until: new Date(until),
          ago: durationOf(now.getTime() - until),
        },
      },
    };
  },
};
