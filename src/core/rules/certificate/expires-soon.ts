import * as l10n from "@vscode/l10n";
import { headOf } from "../../x509/bundle/places.ts";
import { certificateTitle, dateText, validityInWords } from "../../x509/words/describe.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const day = 86_400_000;

export const expiresSoon: Rule<CertificatePiece> = {
  id: "certificate/expires-soon",
  severity: "warning",
  requires: l10n.t("A certificate must not expire within the days that `mtls.expiryWarningDays` says."),
  source: sources.certificateValidity,
  concerns: ({ content: { certificate } }, { now, settings }) =>
    certificate.notAfter.at !== undefined &&
    certificate.notAfter.at <= now.getTime() + settings.expiryWarningDays * day,
  *check({ block, content: { certificate } }, { now }) {
    const until = certificate.notAfter.at;
    if (until === undefined || until < now.getTime()) return;
    const from = certificate.notBefore.at;
    if (from === undefined || from > now.getTime()) return;
    yield {
      at: headOf(block),
      reason: l10n.t(
        "“{0}” is valid until {1}: it {2}.",
        certificateTitle(certificate),
        dateText(until),
        validityInWords(certificate, now),
      ),
    };
  },
};
