import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import type { Certificate } from "../../x509/model.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "not-a-ca": () =>
    l10n.t(
      "The basic constraints of this certificate have a path length, but they do not say that it is a CA certificate. RFC 5280 does not allow that, and some programs reject the certificate. Issue it again, either as a CA certificate or without a path length.",
    ),
} satisfies Says;

export const pathLength: Rule<CertificatePiece, typeof says> = {
  id: "certificate/path-length",
  severity: "warning",
  requires: l10n.t("Only the basic constraints of a CA certificate can have a path length."),
  source: sources.basicConstraints,
  says,
  concerns: ({ content: { certificate } }) => !certificate.isFaultless && isLengthOfNone(certificate),
  *check({ block, content: { certificate } }) {
    if (isLengthOfNone(certificate)) yield { at: headOf(block), reason: { code: "not-a-ca" } };
  },
};

function isLengthOfNone({ basicConstraints }: Certificate): boolean {
  const constraints = basicConstraints?.value;
  return constraints?.ca === false && constraints.pathLength !== undefined;
}
