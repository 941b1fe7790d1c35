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
      "A certificate of “{0}” from another issuer is in this bundle already. Server certificates of domain names API Gateway refuses for that (“{1}”); whether it looks for it in a trust store is not documented.",
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
    "API Gateway takes server certificates of one subject from one issuer alone for domain names with mutual TLS; whether that goes for a trust store too is not documented.",
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
