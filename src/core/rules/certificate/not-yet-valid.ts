import * as l10n from "@vscode/l10n";
import { headOf } from "../../x509/bundle/places.ts";
import { certificateTitle, validityInWords } from "../../x509/words/describe.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const notYetValid: Rule<CertificatePiece> = {
  id: "certificate/not-yet-valid",
  severity: "error",
  requires: l10n.t("The validity of a certificate must have begun."),
  source: sources.certificateValidity,
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
      reason: l10n.t("“{0}” is {1}.", certificateTitle(certificate), validityInWords(certificate, now)),
    };
  },
};
