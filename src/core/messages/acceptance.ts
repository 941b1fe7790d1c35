import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { AcceptanceReason } from "../truststore/objection.ts";
import { numberText } from "./format.ts";

/** What is said of a client's path beside its own facts. */
export const acceptance = {
  "acceptance:revocation-not-checked": () =>
    l10n.t("This check does not look at revocation. It does not recognize a revoked certificate."),
  "acceptance:no-revocation-check": ({ service }) =>
    l10n.t("{0} does not check revocation either. A CRL in this file has no effect.", service),
  "acceptance:revocation-lists": ({ service }) =>
    l10n.t("{0} checks the CRLs that were added to the trust store. A CRL in this file has no effect.", service),
  "acceptance:ocsp-off": () =>
    l10n.t(
      "The trust store does not check OCSP, so CloudFront does not check revocation. A CRL in this file has no effect.",
    ),
  "acceptance:ocsp": () =>
    l10n.t(
      "The trust store checks OCSP. CloudFront rejects the client unless each responder says that the certificate is good. A CRL in this file has no effect.",
    ),
  "acceptance:ocsp-if-asked": () =>
    l10n.t(
      "If the trust store checks OCSP, CloudFront rejects the client unless each responder says that the certificate is good. A CRL in this file has no effect.",
    ),
  "acceptance:no-ocsp-url": ({ title }) =>
    l10n.t(
      "The trust store checks OCSP, and “{0}” has no OCSP URL. CloudFront requires one in each certificate below a CA of the trust store.",
      title,
    ),
  "acceptance:no-ocsp-url-if-asked": ({ title }) =>
    l10n.t(
      "If the trust store checks OCSP, CloudFront rejects the client, because “{0}” has no OCSP URL. A CRL in this file has no effect.",
      title,
    ),
  "acceptance:unsettled": () => l10n.t("RFC 5280 does not settle this case, and implementations differ."),
  "acceptance:not-by-all": () => l10n.t("RFC 5280 accepts this, but not all implementations do."),
  "acceptance:unsettled-by-service": ({ service }) =>
    l10n.t("RFC 5280 does not settle this case, and the {0} documentation does not describe it.", service),
  "acceptance:undocumented": ({ service }) =>
    l10n.t("RFC 5280 accepts this. The {0} documentation does not describe this case.", service),
  "acceptance:other-issuer": ({ title, issuer, service }) =>
    l10n.t(
      "RFC 5280 accepts this certification path. “{0}” has another possible issuer here, a certificate of “{1}”, which does not lead to a valid path. The {2} documentation does not say which issuer it tries.",
      title,
      issuer,
      service,
    ),
  "acceptance:most-signatures": ({ most }) =>
    l10n.t(
      "At most {0} signatures are verified per check. Another path might exist that was not checked.",
      numberText(most),
    ),
  "acceptance:most-paths": ({ most }) =>
    l10n.t("At most {0} paths are tried per check. Another path might exist that was not checked.", numberText(most)),
  "acceptance:longest-path": ({ most }) =>
    l10n.t("Certification paths with more than {0} certificates are not checked.", numberText(most)),
  "acceptance:most-names": ({ most }) =>
    l10n.t(
      "At most {0} names are compared with name constraints. Another path might exist that was not checked.",
      numberText(most),
    ),
  "acceptance:no-issuer": ({ title, issuer }) =>
    l10n.t(
      "The issuer of “{0}” is “{1}”. It is neither in the bundle nor among the presented certificates.",
      title,
      issuer,
    ),
  "acceptance:issuer-of-other-name": ({ title, issuer, other }) =>
    l10n.t(
      "The issuer of “{0}” is “{1}”. No certificate with exactly this name is in the bundle or among the presented certificates. “{2}” is a different name.",
      title,
      issuer,
      other,
    ),
  "acceptance:root-not-in-store": ({ title }) => l10n.t("“{0}” is self-signed and not in the bundle.", title),
  "acceptance:issuer-signature": ({ title, issuer }) =>
    l10n.t("The signature of “{0}” does not match the key of “{1}”, which has the issuer's name.", title, issuer),
  "acceptance:unsupported": ({ title, signature, issuer }) =>
    l10n.t("The signature of “{0}” ({1}) cannot be verified here with the key of “{2}”.", title, signature, issuer),
  "acceptance:presented-alone": ({ title, service }) =>
    l10n.t(
      "“{0}” is presented but not in the bundle. {1} requires the complete chain up to the root in the bundle.",
      title,
      service,
    ),
  "acceptance:issuer-not-in-store": ({ issuer, title, service }) =>
    l10n.t(
      "“{0}”, the issuer of “{1}”, is not in the bundle. {2} requires the complete chain up to the root in the bundle.",
      issuer,
      title,
      service,
    ),
  "acceptance:issuer-key-not-in-store": ({ issuer, title, service }) =>
    l10n.t(
      "“{1}” was signed with a key of “{0}” that is not in the bundle. {2} requires the complete chain up to the root in the bundle.",
      issuer,
      title,
      service,
    ),
  "acceptance:no-root-in-store": ({ title, service }) =>
    l10n.t(
      "The CAs above “{0}” in the bundle issued each other, and none of them is a root. {1} requires the complete chain up to the root in the bundle.",
      title,
      service,
    ),
  "acceptance:too-many-cas": ({ count, service, most }) =>
    l10n.t(
      "The chain up to the root in the bundle has {0} CA certificates. {1} accepts a chain of up to {2}.",
      count,
      service,
      most,
    ),
  "acceptance:too-long-up-to-root": ({ count, service, most }) =>
    l10n.t(
      "Up to the root in the bundle, the certification path has {0} certificates. {1} accepts a chain of up to {2}. Its documentation does not say whether the chain ends at the first CA that is in the bundle.",
      count,
      service,
      most,
    ),
  "acceptance:too-long": ({ count, service, most }) =>
    l10n.t("The certification path has {0} certificates. {1} accepts a chain of up to {2}.", count, service, most),
  "acceptance:too-long-below-anchor": ({ count, service, most }) =>
    l10n.t(
      "The certification path has {0} certificates, not including the CA in the bundle. {1} accepts a chain of up to {2}.",
      count,
      service,
      most,
    ),
  "acceptance:too-long-with-anchor": ({ count, service, most }) =>
    l10n.t(
      "The certification path has {0} certificates, including the CA in the bundle. {1} accepts a chain of up to {2}. Its documentation does not say whether that CA counts.",
      count,
      service,
      most,
    ),
  "acceptance:length-undocumented": ({ count, service }) =>
    l10n.t(
      "The certification path has {0} certificates. The {1} documentation does not say how many are accepted.",
      count,
      service,
    ),
  "acceptance:version-undocumented": ({ title, version, service }) =>
    l10n.t(
      "“{0}” is an X.509 version {1} certificate. The {2} documentation does not say whether this version is accepted.",
      title,
      version,
      service,
    ),
  "acceptance:version": ({ title, version, service }) =>
    l10n.t("“{0}” is an X.509 version {1} certificate. {2} accepts only version 3.", title, version, service),
  "acceptance:key": ({ title, key, service }) =>
    l10n.t("The key of “{0}” is {1}. {2} does not accept it.", title, key, service),
  "acceptance:key-undocumented": ({ title, key, service }) =>
    l10n.t(
      "The key of “{0}” is {1}. The {2} documentation does not say whether this key is accepted.",
      title,
      key,
      service,
    ),
  "acceptance:signature": ({ title, signature, service }) =>
    l10n.t("The signature algorithm of “{0}” is {1}. {2} does not accept it.", title, signature, service),
  "acceptance:signature-undocumented": ({ title, signature, service }) =>
    l10n.t(
      "The signature algorithm of “{0}” is {1}. The {2} documentation does not say whether this algorithm is accepted.",
      title,
      signature,
      service,
    ),
} satisfies SaysOf<AcceptanceReason>;
