import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { profiles } from "../../truststore/targets.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { isCertificateAuthority } from "../../x509/model.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  unknown: ({ version }: { version: number }) =>
    l10n.t("This certificate has version {0}. Only versions 1, 2, and 3 exist.", version),
  "has-extensions": ({ version }: { version: number }) =>
    l10n.t(
      "This certificate has version {0} and extensions. Only version 3 has extensions. Some programs reject this certificate.",
      version,
    ),
} satisfies Says;

export const version: Rule<CertificatePiece, typeof says> = {
  id: "certificate/version",
  severity: "error",
  requires: l10n.t("A certificate with extensions must be version 3, and no later version exists."),
  source: sources.certificateVersion,
  says,
  concerns: ({ content: { certificate } }) => certificate.version !== 3,
  *check({ block, content: { certificate } }, { purpose, targets = [] }) {
    // Where it must be of version 3 alone: trust-store/version.
    if (purpose === "trust-store" && targets.some((target) => profiles[target].isVersion3Only)) return;
    // The version of a client certificate is judged by client-certificate/version.
    if (purpose === "origin" && !isCertificateAuthority(certificate)) return;
    if (certificate.version > 3 || certificate.version < 1)
      yield { at: headOf(block), reason: { code: "unknown", args: { version: certificate.version } } };
    else if (certificate.extensions.length > 0) {
      yield { at: headOf(block), reason: { code: "has-extensions", args: { version: certificate.version } } };
    }
  },
};
