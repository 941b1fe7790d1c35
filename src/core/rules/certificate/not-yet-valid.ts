import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { durationOf } from "../../x509/validity.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "not-yet-valid": ({ title, from, left }: { title: string; from: string; left: string }) =>
    l10n.t("“{0}” is not valid yet. Its validity begins in {2}, on {1}.", title, from, left),
} satisfies Says;

export const notYetValid: Rule<CertificatePiece, typeof says> = {
  id: "certificate/not-yet-valid",
  severity: "error",
  requires: l10n.t("A certificate must already be valid."),
  source: sources.certificateValidity,
  says,
  concerns: ({ content: { certificate } }, { now }) =>
    certificate.notBefore.at !== undefined && certificate.notBefore.at > now.getTime(),
  *check({ block, content: { certificate } }, { now, purpose }) {
    const from = certificate.notBefore.at;
    if (from === undefined) return;
    // Unreadable, or never valid: certificate/validity.
    const until = certificate.notAfter.at;
    if (until === undefined || until < from) return;
    yield {
      at: headOf(block),
      ...(purpose === "origin" ? {} : { severity: "warning" }),
      reason: {
        code: "not-yet-valid",
        args: {
          title: certificateCalled(certificate),
          from: new Date(from),
          left: durationOf(from - now.getTime()),
        },
      },
    };
  },
};
