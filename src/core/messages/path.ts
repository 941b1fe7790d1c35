import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { NameOfKind, PathFact } from "../x509/path/facts.ts";

/** What stands against a certificate in its place on a path. */
export const path = {
  "path:name": ({ kind, name }) => l10n.t("{0} {1}", kind, name),
  "path:validity-unreadable": ({ title }) => l10n.t("The validity of “{0}” cannot be read.", title),
  "path:expired": ({ title, until }) => l10n.t("“{0}” expired on {1}.", title, until),
  "path:expires-now": ({ title, until }) =>
    l10n.t(
      "“{0}” expires in this second, {1}. RFC 5280 still counts it as valid, but OpenSSL already rejects it.",
      title,
      until,
    ),
  "path:authority-key": ({ title, issuer }) =>
    l10n.t(
      "“{0}” was signed with the key of “{1}”, but the authority key identifier of “{0}” names another key. OpenSSL does not accept “{1}” as the issuer.",
      title,
      issuer,
    ),
  "path:authority-serial": ({ title, issuer }) =>
    l10n.t(
      "“{0}” was signed with the key of “{1}”, but the authority key identifier of “{0}” has another serial number than “{1}”. OpenSSL does not accept “{1}” as the issuer.",
      title,
      issuer,
    ),
  "path:authority-name": ({ title, issuer }) =>
    l10n.t(
      "“{0}” was signed with the key of “{1}”, but the authority key identifier of “{0}” names a certificate from another CA than the one that issued “{1}”. OpenSSL does not accept “{1}” as the issuer.",
      title,
      issuer,
    ),
  "path:namesake": ({ title, issuer }) =>
    l10n.t(
      "Several certificates have the name “{1}” and different keys. “{0}” has no authority key identifier that says which of them is its issuer. OpenSSL tries only the first that it finds.",
      title,
      issuer,
    ),
  "path:spelling": ({ title, issuer }) =>
    l10n.t(
      "The issuer's name in “{0}” and the name of “{1}” are equal by RFC 5280, but they are encoded differently. Go compares names byte by byte.",
      title,
      issuer,
    ),
  "path:spelling-beyond-ascii": ({ title, issuer }) =>
    l10n.t(
      "The issuer's name in “{0}” and the name of “{1}” are equal by RFC 5280, but they are written differently. OpenSSL ignores only differences in spaces and in the case of the letters A to Z, and Go compares names byte by byte.",
      title,
      issuer,
    ),
  "path:not-yet-valid": ({ title, from }) => l10n.t("“{0}” is not valid before {1}.", title, from),
  "path:critical-extension": ({ title, extension }) =>
    l10n.t("“{0}” has the critical extension {1}.", title, extension),
  "path:unknown-critical-extension": ({ title, extension }) =>
    l10n.t(
      "“{0}” has the critical extension {1}. RFC 5280 requires that implementations reject critical extensions that they do not support.",
      title,
      extension,
    ),
  "path:repeated-extension": ({ title }) => l10n.t("“{0}” has the same extension twice.", title),
  "path:policies-unreadable": ({ title }) => l10n.t("The policies of “{0}” cannot be read.", title),
  "path:constrains-policies": ({ title }) => l10n.t("“{0}” constrains or maps policies.", title),
  "path:unknown-policy-qualifier": ({ title }) =>
    l10n.t("The policies of “{0}” are critical and have a qualifier that RFC 5280 does not define.", title),
  "path:critical-policies": ({ title }) => l10n.t("The policies of “{0}” are critical.", title),
  "path:empty-issuer": ({ title }) => l10n.t("The issuer of “{0}” is empty.", title),
  "path:damaged": ({ title, part, fault }) => l10n.t("“{0}” is damaged at {1}. {2}", title, part, fault),
  "path:purpose-unreadable": ({ title }) => l10n.t("The extended key usage of “{0}” cannot be read.", title),
  "path:purpose": ({ title, purposes, wanted }) =>
    l10n.t("The extended key usage of “{0}” is {1}. It does not include {2}.", title, purposes, wanted),
  "path:key-usage-unreadable": ({ title }) => l10n.t("The key usage of “{0}” cannot be read.", title),
  "path:no-digital-signature": ({ title, usages }) =>
    l10n.t(
      "The key usage of “{0}” is {1}. It does not include digitalSignature, which a TLS client needs to sign.",
      title,
      usages,
    ),
  "path:version": ({ title, version }) =>
    l10n.t("“{0}” is an X.509 version {1} certificate. This version cannot identify a CA.", title, version),
  "path:no-basic-constraints": ({ title }) =>
    l10n.t("“{0}” has no basic constraints and therefore is not a CA certificate.", title),
  "path:basic-constraints-unreadable": ({ title }) => l10n.t("The basic constraints of “{0}” cannot be read.", title),
  "path:not-a-ca": ({ title }) => l10n.t("The basic constraints of “{0}” say that it is not a CA certificate.", title),
  "path:no-cert-sign": ({ title, usages }) =>
    l10n.t("The key usage of “{0}” is {1}. It does not include keyCertSign.", title, usages),
  "path:issuer-purpose": ({ title, purposes, wanted }) =>
    l10n.t("The extended key usage of the CA “{0}” is {1}. It does not include {2}.", title, purposes, wanted),
  "path:name-constraints-unreadable": ({ title }) => l10n.t("The name constraints of “{0}” cannot be read.", title),
  "path:odd-name-constraints": ({ title, name }) =>
    l10n.t("The name constraints of “{0}” contain “{1}”. RFC 5280 does not define this form there.", title, name),
  "path:name-constraints-kept": ({ title }) =>
    l10n.t("“{0}” has name constraints. The names below it comply with them.", title),
  "path:empty-subject": ({ serial }) => l10n.t("The subject of the CA with serial number {0} is empty.", serial),
  "path:path-length": ({ title, most, count }) =>
    l10n.t(
      "“{0}” allows {1} CAs between itself and the client (pathLenConstraint). This path has {2}.",
      title,
      most,
      count,
    ),
  "path:alternative-names-unreadable": ({ title, ca }) =>
    l10n.t("The subject alternative names of “{0}” cannot be read, and “{1}” has name constraints.", title, ca),
  "path:name-not-permitted": ({ name, title, ca }) =>
    l10n.t("{0} of “{1}” is not permitted by the name constraints of “{2}”.", name, title, ca),
  "path:name-excluded": ({ name, title, ca }) =>
    l10n.t("{0} of “{1}” is excluded by the name constraints of “{2}”.", name, title, ca),
  "path:name-unclear": ({ name, title, ca }) =>
    l10n.t("It is unclear whether {0} of “{1}” complies with the name constraints of “{2}”.", name, title, ca),
  "path:name-of-unknown-kind": ({ name, title, ca }) =>
    l10n.t(
      "The name constraints of “{2}” apply to names such as {0} of “{1}”. RFC 5280 does not define how to compare them.",
      name,
      title,
      ca,
    ),
  "path:maps-any-policy": ({ title }) => l10n.t("“{0}” maps from or to anyPolicy.", title),
  "path:no-policy-left": ({ title }) => l10n.t("A policy is required, but no valid policy remains at “{0}”.", title),
  "path:no-policy-left-by-anchor": ({ anchor, title }) =>
    l10n.t("With the policies of “{0}” in the bundle, no valid policy remains at “{1}”.", anchor, title),
  "path:issuer-signature": ({ title, issuer }) =>
    l10n.t("The signature of “{0}” does not match the key of “{1}”, the issuer that it names.", title, issuer),
  "path:anchor-not-a-root": ({ title }) => l10n.t("“{0}” in the bundle is not a root certificate.", title),
  "path:anchor-of-other-key": ({ title }) =>
    l10n.t(
      "“{0}” in the bundle has the same subject and issuer, but it was not signed with its own key. It is not a root certificate, or it is damaged.",
      title,
    ),
  "path:netscape-server": ({ title }) =>
    l10n.t(
      "The Netscape certificate type of “{0}” does not include SSL client. OpenSSL rejects it as a client.",
      title,
    ),
  "path:self-signed-in-store": ({ title }) => l10n.t("“{0}” is self-signed and is itself in the bundle.", title),
  "path:client-in-store": ({ title }) => l10n.t("“{0}” is itself in the bundle, without its issuer.", title),
} satisfies SaysOf<PathFact | NameOfKind>;
