import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { mismatchesIn } from "../../x509/path/mismatch.ts";
import { noVerdicts } from "../../x509/path/verdicts.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  key: ({ issuer }: { issuer: string }) =>
    l10n.t(
      "This certificate was signed with the key of “{0}”, but its authority key identifier names another key. Programs such as OpenSSL do not accept “{0}” in this file as its issuer. Replace “{0}” with the certificate that the identifier names, or have this certificate issued again.",
      issuer,
    ),
  serial: ({ issuer }: { issuer: string }) =>
    l10n.t(
      "This certificate was signed with the key of “{0}”, but its authority key identifier has another serial number than “{0}” in this file. Programs such as OpenSSL do not accept “{0}” in this file as its issuer. Replace “{0}” with the certificate that the identifier names, or have this certificate issued again.",
      issuer,
    ),
  name: ({ issuer }: { issuer: string }) =>
    l10n.t(
      "This certificate was signed with the key of “{0}”, but its authority key identifier names a certificate of “{0}” that another CA issued. Programs such as OpenSSL do not accept “{0}” in this file as its issuer. Replace “{0}” with the certificate that the identifier names, or have this certificate issued again.",
      issuer,
    ),
  other: ({ issuer }: { issuer: string }) =>
    l10n.t(
      "This certificate was signed with the key of “{0}”, but its authority key identifier names another certificate of “{0}” in this file, whose key did not sign it. Programs such as OpenSSL use that one, and the signature does not match its key. Have this certificate issued again.",
      issuer,
    ),
  itself: () =>
    l10n.t(
      "This certificate is signed with its own key, but its authority key identifier names another certificate. Programs such as OpenSSL do not accept it as a root certificate. Have it issued again.",
    ),
  issuer: () => l10n.t("The certificate whose key signed it is here."),
  named: () => l10n.t("The certificate that it names is here."),
} satisfies Says;

export const authorityKey: Rule<Bundle, typeof says> = {
  id: "bundle/authority-key",
  severity: "warning",
  requires: l10n.t("The authority key identifier of a certificate must match its issuer in the file."),
  source: sources.authorityKeyIdentifier,
  says,
  *check(bundle, { signatures = noVerdicts }) {
    const found = mismatchesIn(bundle, signatures);
    if (found.length === 0) return;
    const places = new Map(
      certificatesOf(bundle)
        .toReversed()
        .map(({ certificate, index }) => [certificate, index]),
    );
    for (const { certificate, index, issuer, what, named } of found) {
      if (issuer === certificate) {
        yield { ...aboutPiece(bundle, index), reason: { code: "itself" } };
        continue;
      }
      yield {
        ...aboutPiece(bundle, index),
        reason: { code: named === undefined ? what : "other", args: { issuer: certificateCalled(issuer) } },
        related: [
          { at: headIn(bundle, places.get(issuer) ?? index), reason: { code: "issuer" } },
          ...(named === undefined
            ? []
            : [{ at: headIn(bundle, places.get(named) ?? index), reason: { code: "named" } as const }]),
        ],
      };
    }
  },
};
