import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { respelledIn, spellingFact } from "../../x509/path/spelling.ts";
import { noVerdicts } from "../../x509/path/verdicts.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  written: ({ fact }: { fact: string }) =>
    l10n.t(
      "{0} Such programs do not find the issuer. Have this certificate issued again, with the issuer's name written as in the CA certificate.",
      fact,
    ),
  issuer: () => l10n.t("The certificate whose key signed it is here."),
} satisfies Says;

export const issuerName: Rule<Bundle, typeof says> = {
  id: "bundle/issuer-name",
  severity: "warning",
  requires: l10n.t("A certificate must have the name of its issuer as the certificate of the issuer has it."),
  source: sources.subject,
  says,
  *check(bundle, { purpose, signatures = noVerdicts }) {
    const found = respelledIn(bundle, signatures);
    if (found.length === 0) return;
    const places = new Map(
      certificatesOf(bundle)
        .toReversed()
        .map(({ certificate, index }) => [certificate, index]),
    );
    for (const { certificate, index, issuer } of found)
      yield {
        ...aboutPiece(bundle, index),
        // Elsewhere it is not known which programs read the file.
        severity: purpose === "trust-store" ? "warning" : "info",
        reason: { code: "written", args: { fact: spellingFact(certificate, issuer) } },
        related: [{ at: headIn(bundle, places.get(issuer) ?? index), reason: { code: "issuer" } }],
      };
  },
};
