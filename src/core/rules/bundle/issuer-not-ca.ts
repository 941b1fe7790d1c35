import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { isSelfSigned } from "../../x509/identity.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { issuersThatAreNoCa } from "../../x509/path/issuers.ts";
import { mostRelated } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "no-ca": ({ issued }: { issued: string }) =>
    l10n.t(
      "This certificate is not a CA certificate, but “{0}” names it as its issuer. Certificates that it issued are not valid.",
      issued,
    ),
  issued: () => l10n.t("This certificate was issued by it."),
} satisfies Says;

export const issuerNotCa: Rule<Bundle, typeof says> = {
  id: "bundle/issuer-not-ca",
  severity: "error",
  requires: l10n.t("A certificate that issued another certificate must be a CA according to its basic constraints."),
  source: sources.basicConstraints,
  says,
  *check(bundle, { signatures }) {
    const issuedBy = issuersThatAreNoCa(bundle, signatures);
    if (issuedBy.size === 0) return;
    const all = certificatesOf(bundle);
    const places = new Map(all.toReversed().map(({ certificate, index }) => [certificate, index]));
    for (const [issuer, issued] of issuedBy) {
      const at = places.get(issuer);
      const [first] = issued;
      if (at === undefined || first === undefined) continue;
      yield {
        ...aboutPiece(bundle, at),
        // A root is trusted for what it is, and not all programs ask more of it.
        ...(isSelfSigned(issuer) && issuer.basicConstraints === undefined ? { severity: "warning" } : {}),
        reason: { code: "no-ca", args: { issued: certificateCalled(first) } },
        related: issued.slice(0, mostRelated).map((certificate) => ({
          at: headIn(bundle, places.get(certificate) ?? at),
          reason: { code: "issued" },
        })),
      };
    }
  },
};
