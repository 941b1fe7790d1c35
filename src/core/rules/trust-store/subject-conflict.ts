import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { conflictingIn } from "../../truststore/structure.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { distinguishedName } from "../../x509/naming.ts";
import { indexOf } from "../../x509/path/chain.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  conflict: ({ subject, said }: { subject: string; said: string }) =>
    l10n.t(
      "This bundle already has a certificate with the subject “{0}” from a different issuer. API Gateway rejects server certificates of domain names for this reason (“{1}”). The AWS documentation does not say whether this applies to a trust store.",
      subject,
      said,
    ),
  first: () => l10n.t("The first certificate with this subject is here."),
} satisfies Says;

/** AWS says it in English. */
const said = "The certificate subject … conflicts with an existing certificate from a different issuer.";

export const subjectConflict: Rule<Bundle, typeof says> = {
  id: "trust-store/subject-conflict",
  severity: "info",
  requires: l10n.t(
    "A trust store for API Gateway should have only one issuer per subject. API Gateway requires this for server certificates of domain names with mutual TLS. The AWS documentation does not say whether it applies to trust stores.",
  ),
  source: sources.apiGatewayMtls,
  says,
  *check(bundle, { purpose, targets = [] }) {
    if (purpose !== "trust-store" || !targets.includes("apigateway")) return;
    const conflicting = conflictingIn(bundle);
    if (conflicting.length === 0) return;
    const index = indexOf(bundle);
    const places = new Map(
      certificatesOf(bundle)
        .toReversed()
        .map((piece) => [piece.certificate, piece.index]),
    );
    for (const { index: place, certificate } of conflicting) {
      const [first] = index.ofSubject(certificate.subject.key);
      const related = first && places.get(first);
      const subject = distinguishedName(certificate.subject, certificate.der);
      yield {
        ...aboutPiece(bundle, place),
        reason: { code: "conflict", args: { subject, said } },
        ...(related === undefined ? {} : { related: [{ at: headIn(bundle, related), reason: { code: "first" } }] }),
      };
    }
  },
};
