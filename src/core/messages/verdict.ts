import * as l10n from "@vscode/l10n";
import type { OriginVerdict } from "../acm/fitness.ts";
import type { AcmCertificate } from "../inventory.ts";
import { tell } from "./tell.ts";
import { validityInWords } from "./x509/describe.ts";

/** As in `expires in 12 days`. */
export function describeExpiry({ notBefore, notAfter }: AcmCertificate, now: Date): string {
  if (notAfter === undefined) return l10n.t("expiry unknown");
  return validityInWords(
    { notBefore: { at: notBefore?.getTime() ?? Number.NEGATIVE_INFINITY }, notAfter: { at: notAfter.getTime() } },
    now,
  );
}

/** As in `usable, not fully checked`, with the first reason where there is one. */
export function fitnessInShort({ fit, checked, reasons: [reason] }: OriginVerdict): string {
  if (reason === undefined) return checked === "fully" ? l10n.t("usable") : l10n.t("usable, not fully checked");
  return fit === "no" ? l10n.t("Not usable. {0}", tell(reason)) : l10n.t("Might not be usable. {0}", tell(reason));
}

/** Is it fit for origins, how far was it looked at, and why not. */
export function verdictSentences({ fit, checked, reasons }: OriginVerdict): string[] {
  const why = reasons.map((reason) => tell(reason));
  switch (fit) {
    case "yes":
      return [
        checked === "fully"
          ? l10n.t("The certificate can be used as an origin client certificate.")
          : l10n.t(
              "According to its summary in ACM, the certificate can be used as an origin client certificate. The certificate itself was not checked.",
            ),
      ];
    case "doubtful":
      return [l10n.t("The certificate might not be usable as an origin client certificate."), ...why];
    case "no":
      return [l10n.t("The certificate cannot be used as an origin client certificate."), ...why];
  }
}
