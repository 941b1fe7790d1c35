import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { isSelfSigned } from "../../x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../../x509/model.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { brokenHashes, signatureScheme } from "../../x509/read/signature-algorithm.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  forgeable: ({ title, hash }: { title: string; hash: string }) =>
    l10n.t("“{0}” is signed with {1}. Signatures with {1} can be forged, and TLS libraries reject them.", title, hash),
} satisfies Says;

export const weakSignature: Rule<CertificatePiece, typeof says> = {
  id: "certificate/weak-signature",
  severity: "warning",
  requires: l10n.t(
    "A certificate must not be signed with MD5 or SHA-1, unless it is self-signed and therefore not trusted by its signature.",
  ),
  source: sources.tlsKeys,
  says,
  concerns: ({ content: { certificate } }) => brokenHashes.has(hashOf(certificate) ?? ""),
  *check({ block, content: { certificate } }, { purpose, targets = [] }) {
    // What the services say that it is for: trust-store/signature.
    if (purpose === "trust-store" && targets.length > 0) return;
    const hash = hashOf(certificate);
    if (hash === undefined || isSelfSigned(certificate)) return;
    // The signature of a client certificate is judged by client-certificate/signature.
    if (purpose === "origin" && !isCertificateAuthority(certificate)) return;
    yield { at: headOf(block), reason: { code: "forgeable", args: { title: certificateCalled(certificate), hash } } };
  },
};

function hashOf({ signatureAlgorithm, der }: Certificate): string | undefined {
  return signatureScheme(signatureAlgorithm, der)?.hash;
}
