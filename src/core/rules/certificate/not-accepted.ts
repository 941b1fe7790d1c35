import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { isSelfSigned } from "../../x509/identity.ts";
import { keyCalled, signatureCalled } from "../../x509/key-naming.ts";
import { type Certificate, isCertificateAuthority, type PublicKey } from "../../x509/model.ts";
import { acceptedHashes, brokenHashes, signatureScheme } from "../../x509/read/signature-algorithm.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

/** P-256, P-384 and P-521: what one or another of the services takes. */
const curves: ReadonlySet<string> = new Set(["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"]);

const says = {
  key: ({ key }: { key: string }) =>
    l10n.t(
      "The key is {0}. AWS Certificate Manager, CloudFront, API Gateway, and Application Load Balancer do not accept it.",
      key,
    ),
  signature: ({ signature }: { signature: string }) =>
    l10n.t("The signature algorithm is {0}. CloudFront and Application Load Balancer do not accept it.", signature),
} satisfies Says;

export const notAccepted: Rule<CertificatePiece, typeof says> = {
  id: "certificate/not-accepted",
  severity: "warning",
  requires: l10n.t(
    "A certificate for AWS must have an RSA key or an elliptic curve key on P-256, P-384, or P-521, and an RSA or ECDSA signature with SHA-256, SHA-384, or SHA-512.",
  ),
  source: sources.trustStores,
  says,
  concerns: ({ content: { certificate } }) =>
    !isAcceptedKey(certificate.publicKey) || !isAcceptedSignature(certificate),
  *check({ block, content: { certificate } }, { purpose, targets = [] }) {
    // What the services say that it is for: trust-store/key and trust-store/signature.
    if (purpose === "trust-store" && targets.length > 0) return;
    // Of a client certificate client-certificate/key and client-certificate/signature ask more.
    if (purpose === "origin" && !isCertificateAuthority(certificate)) return;
    const severity = purpose === "trust-store" ? "warning" : "info";
    const { publicKey } = certificate;
    if (!isAcceptedKey(publicKey)) {
      yield { at: headOf(block), severity, reason: { code: "key", args: { key: keyCalled(publicKey) } } };
    } else if (!isAcceptedSignature(certificate)) {
      yield {
        at: headOf(block),
        severity,
        reason: {
          code: "signature",
          args: { signature: signatureCalled(certificate.signatureAlgorithm, certificate.der) },
        },
      };
    }
  },
};

function isAcceptedKey({ kind, bits, curve, fault }: PublicKey): boolean {
  if (kind === "rsa" || kind === "rsa-pss" || fault !== undefined) return true;
  // A weak one is certificate/weak-key.
  return kind === "ec" && (curve === undefined ? bits === undefined : curves.has(curve.oid) || (bits ?? 224) < 224);
}

function isAcceptedSignature(certificate: Certificate): boolean {
  const scheme = signatureScheme(certificate.signatureAlgorithm, certificate.der);
  const isKind = scheme?.keys.some((kind) => kind === "rsa" || kind === "ec") === true;
  // A broken one is not accepted either, but that is the lesser trouble: certificate/weak-signature.
  if (isKind && (scheme?.hash === undefined || acceptedHashes.has(scheme.hash) || brokenHashes.has(scheme.hash)))
    return true;
  return isSelfSigned(certificate);
}
