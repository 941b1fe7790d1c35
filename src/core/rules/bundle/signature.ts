import * as l10n from "@vscode/l10n";
import { type Bundle, certificatesOf } from "../../x509/bundle.ts";
import { indexOf, issuanceOf } from "../../x509/chain.ts";
import { certificateTitle } from "../../x509/describe.ts";
import { issuedIn } from "../../x509/issuers.ts";
import { headIn } from "../../x509/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const signature: Rule<Bundle> = {
  id: "bundle/signature",
  severity: "error",
  requires: l10n.t("The signature of a certificate must verify with the key of the issuer that the file has for it."),
  source: sources.pathValidation,
  *check(bundle, { signatures, now }) {
    if (signatures === undefined) return;
    const broken = [...issuedIn(bundle).values()].flatMap(({ certificate, candidates: { named, possible, otherwise } }) => {
      const isRefuted = [...named, ...possible, ...otherwise].every((issuer) => signatures.of(issuer, certificate) !== "valid");
      const issuance = isRefuted ? issuanceOf(certificate, indexOf(bundle), signatures, now.getTime()) : undefined;
      return issuance?.state === "broken" && issuance.issuer !== undefined ? [{ certificate, issuer: issuance.issuer }] : [];
    });
    if (broken.length === 0) return;
    const places = new Map(certificatesOf(bundle).toReversed().map(({ certificate, index }) => [certificate, index]));
    for (const { certificate, issuer } of broken) {
      const [at, of] = [places.get(certificate), places.get(issuer)];
      if (at === undefined || of === undefined) continue;
      yield {
        at: headIn(bundle, at),
        message: l10n.t("The signature does not verify with the key of “{0}”, which this certificate names as its issuer: one of the two is another than it says, or was changed.", certificateTitle(issuer)),
        related: [{ at: headIn(bundle, of), message: l10n.t("the issuer it names") }],
      };
    }
  },
};
