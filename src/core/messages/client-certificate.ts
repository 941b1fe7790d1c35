import * as l10n from "@vscode/l10n";
import type { ClientReason } from "../client-certificate/reason.ts";
import type { SaysOf } from "../reason.ts";
import { numberText } from "./format.ts";

/** What CloudFront, and ACM before it, ask of an origin client certificate: met or not. */
export const clientCertificate = {
  "client:version-accepted": () => l10n.t("The certificate is X.509 version 3."),
  "client:version": ({ version }) =>
    l10n.t("The certificate is X.509 version {0}; CloudFront accepts only version 3.", version),
  "client:key-accepted": ({ key }) => l10n.t("The key is {0}.", key),
  "client:key": ({ key }) => l10n.t("The key is {0}; CloudFront accepts RSA 2048 or ECDSA P-256.", key),
  "client:signature-accepted": ({ signature }) => l10n.t("The signature algorithm is {0}.", signature),
  "client:signature": ({ signature }) =>
    l10n.t(
      "The signature algorithm is {0}; CloudFront accepts RSA, ECDSA, or RSASSA-PSS with SHA-256, SHA-384, or SHA-512.",
      signature,
    ),
  "client:key-family-accepted": () => l10n.t("The key and the issuer's key are of the same family."),
  "client:key-family": ({ key, signature }) =>
    l10n.t(
      "The key is {0}, but the issuer signed with {1}. ACM accepts the certificate only if both keys are of the same family.",
      key,
      signature,
    ),
  "client:purpose-accepted": () => l10n.t("Extended key usage includes clientAuth."),
  "client:no-purposes": () => l10n.t("The certificate has no extended key usage; CloudFront needs clientAuth."),
  "client:purposes-unreadable": () => l10n.t("Extended key usage cannot be read; CloudFront needs clientAuth."),
  "client:other-purposes": ({ purposes }) =>
    l10n.t("Extended key usage is {0}; CloudFront needs clientAuth.", purposes),
  "client:no-issuer": () => l10n.t("The issuer is empty; ACM does not accept a certificate without an issuer."),
  "client:ocsp-url": ({ length, most }) =>
    l10n.t("The OCSP responder URL has {0} characters; ACM accepts up to {1}.", numberText(length), numberText(most)),
  "client:chain-length-accepted": ({ count }) =>
    count === 1 ? l10n.t("The chain has one certificate.") : l10n.t("The chain has {0} certificates.", count),
  "client:chain-length": ({ count, most }) =>
    l10n.t("The chain has {0} certificates; CloudFront accepts up to {1}, including leaf and root.", count, most),
  "client:chain-order-accepted": () => l10n.t("The chain is in order."),
  "client:before-its-certificate": ({ title, other }) =>
    l10n.t(
      "“{0}” is before “{1}”. Put the certificate first, then its issuer, then the issuer of that one.",
      title,
      other,
    ),
  "client:not-the-issuer": ({ title, other }) =>
    l10n.t(
      "“{0}” is after “{1}” but did not issue it. Put the issuer of each certificate directly after it.",
      title,
      other,
    ),
  "client:two-of-one-name": ({ title, serial, other }) =>
    l10n.t(
      "This chain has two certificates of “{0}”: this one has the serial number {1}, the one before it {2}. A chain has one certificate for each CA. Remove the one that you do not need.",
      title,
      serial,
      other,
    ),
  "client:size-accepted": ({ bytes }) => l10n.t("The certificate has {0} bytes of PEM.", numberText(bytes)),
  "client:size": ({ bytes, most }) =>
    l10n.t("The certificate has {0} bytes of PEM; ACM accepts up to {1}.", numberText(bytes), numberText(most)),
  "client:chain-size-accepted": ({ bytes }) => l10n.t("The chain has {0} bytes of PEM.", numberText(bytes)),
  "client:chain-size": ({ bytes, most }) =>
    l10n.t("The chain has {0} bytes of PEM; CloudFront accepts up to {1}.", numberText(bytes), numberText(most)),
  "client:expires": ({ left }) => l10n.t("The certificate is valid and expires in {0}.", left),
  "client:does-not-expire": () => l10n.t("The certificate is valid and does not expire."),
  "client:expired": ({ ago }) => l10n.t("The certificate expired {0} ago.", ago),
  "client:not-yet-valid": ({ starts, left }) =>
    l10n.t("The certificate is not valid yet. Its validity begins in {1}, on {0}.", starts, left),
  "client:never-valid": () => l10n.t("The certificate is never valid, because its validity ends before it begins."),
  "client:end-unreadable": () => l10n.t("The end of the certificate's validity cannot be read."),
  "client:start-unreadable": () => l10n.t("The beginning of the certificate's validity cannot be read."),
} satisfies SaysOf<ClientReason>;
