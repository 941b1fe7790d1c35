import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { KeyRange, StoreDrop, StoreFound, StoreLimit, StoreUse } from "../truststore/reason.ts";
import type { SplitReason } from "../truststore/split.ts";
import { numberText } from "./format.ts";

/** What is the matter with a trust store. */
const found = {
  "store:revocation-lists": () =>
    l10n.t("This file contains certificate revocation lists. A trust store has them in addition to its certificates."),
  "store:no-certificate": () => l10n.t("This file contains no certificate."),
  "store:filled-in-later": () => l10n.t("The content of this PEM block is filled in later."),
  "store:damaged-block": () => l10n.t("This PEM block is damaged or cannot be read as a certificate."),
  "store:utf16": () => l10n.t("The file is UTF-16. OpenSSL and other PEM readers find nothing in it."),
  "store:byte-order-mark": () =>
    l10n.t("A byte order mark is before this PEM block. Go does not find the block, and Java rejects the file."),
  "store:lone-returns": () =>
    l10n.t(
      "Lines in this PEM block end with CR only. OpenSSL, and programs that read PEM in the same way, see one long line.",
    ),
  "store:bytes-behind": () =>
    l10n.t(
      "Extra bytes follow the certificate in this PEM block. Some programs, including those written in Go, reject it.",
    ),
  "store:negative-serial": () =>
    l10n.t(
      "The serial number of this certificate is negative. Some programs, including those written in Go, reject it.",
    ),
  "store:foreign-block": ({ label }) =>
    l10n.t("This PEM block has the label {0}. A trust store accepts only CERTIFICATE blocks.", label),
  "store:hidden-block": ({ label }) =>
    l10n.t(
      "This file contains a block ({0}) that is not written as plain PEM lines, so programs do not find it.",
      label,
    ),
  "store:private-key": () => l10n.t("This file contains a private key."),
  "store:count": ({ count }) => l10n.t("This bundle has {0} certificates.", numberText(count)),
  "store:count-with-copies": ({ count, different }) =>
    l10n.t("This bundle has {0} certificates, {1} without duplicates.", numberText(count), numberText(different)),
  "store:size": ({ bytes }) => l10n.t("This bundle has {0} bytes.", numberText(bytes)),
  "store:size-unclear": ({ bytes, surely, most }) =>
    l10n.t(
      "This bundle has {0} bytes. The AWS documentation does not say whether 1 MB means {1} or {2} bytes.",
      numberText(bytes),
      numberText(surely),
      numberText(most),
    ),
  "store:blank-line": () => l10n.t("This line is blank."),
  "store:comment-with-hyphen": () => l10n.t("This comment contains a hyphen."),
  "store:other-text": () => l10n.t("This line is not a comment that begins with #."),
  "store:certificate-size": ({ title, bytes }) => l10n.t("“{0}” has {1} bytes.", title, numberText(bytes)),
  "store:certificate-size-unclear": ({ title, pem, der }) =>
    l10n.t(
      "“{0}” has {1} bytes as PEM and {2} bytes as DER. The AWS documentation does not say which size counts.",
      title,
      numberText(pem),
      numberText(der),
    ),
  "store:subject-length": ({ bytes }) =>
    l10n.t(
      "Together, the subjects of the certificates in this bundle have {0} bytes as DER. The AWS documentation does not say how it measures them.",
      numberText(bytes),
    ),
  "store:key": ({ title, key }) => l10n.t("The key of “{0}” is {1}.", title, key),
  "store:key-disputed": ({ title, key }) =>
    l10n.t("The key of “{0}” is {1}. The AWS documentation is inconsistent about this key.", title, key),
  "store:key-undocumented": ({ title, key }) =>
    l10n.t(
      "The key of “{0}” is {1}, which can be used only with RSASSA-PSS. The AWS documentation does not say whether such keys are accepted.",
      title,
      key,
    ),
  "store:signature": ({ title, signature }) => l10n.t("The signature algorithm of “{0}” is {1}.", title, signature),
  "store:version": ({ title, version }) => l10n.t("“{0}” is an X.509 version {1} certificate.", title, version),
  "store:undocumented": ({ service, other }) =>
    l10n.t(
      "{1} rejects this trust store. The AWS documentation does not say whether {0} rejects it too.",
      service,
      other,
    ),
  "store:undocumented-quota": ({ service, other }) =>
    l10n.t(
      "This trust store exceeds a quota of {1}. The AWS documentation does not say whether {0} has this quota.",
      service,
      other,
    ),
  "store:client": ({ title }) =>
    l10n.t(
      "“{0}” is not a CA certificate. A trust store contains the CA certificates that issued the client certificates, not the client certificates themselves.",
      title,
    ),
  "store:self-signed-client": ({ title }) =>
    l10n.t(
      "“{0}” is self-signed and not a CA certificate. The AWS documentation does not say whether a client with this certificate is accepted.",
      title,
    ),
  "store:issuer-of-other-key": ({ title, issuer }) =>
    l10n.t(
      "The issuer of “{1}” is “{0}”. This bundle has “{0}” only with a different key. The chain must be complete up to its root.",
      issuer,
      title,
    ),
  "store:issuer-of-other-key-unneeded": ({ title, issuer }) =>
    l10n.t(
      "The issuer of “{1}” is “{0}”. This bundle has “{0}” only with a different key. The AWS documentation does not say whether a chain can end before its root.",
      issuer,
      title,
    ),
  "store:issuer-missing": ({ title, issuer }) =>
    l10n.t(
      "“{0}”, the issuer of “{1}”, is not in this bundle. The chain must be complete up to its root.",
      issuer,
      title,
    ),
  "store:issuer-missing-unneeded": ({ title, issuer }) =>
    l10n.t(
      "“{0}”, the issuer of “{1}”, is not in this bundle. The AWS documentation does not say whether a chain can end before its root.",
      issuer,
      title,
    ),
  "store:circle": ({ title }) =>
    l10n.t(
      "The CAs above “{0}” in this bundle issued each other, and none of them is a root. The chain must be complete up to its root.",
      title,
    ),
  "store:circle-unneeded": ({ title }) =>
    l10n.t(
      "The CAs above “{0}” in this bundle issued each other, and none of them is a root. The AWS documentation does not say whether a chain can end before its root.",
      title,
    ),
  "store:chain-length": ({ title, number }) =>
    l10n.t("“{0}” is certificate number {1} in its chain, counted from the root.", title, number),
  "store:public-root": ({ title, listedOn }) =>
    l10n.t(
      "“{0}” is a publicly trusted root (list of {1}). Anyone can get a certificate below it and be accepted.",
      title,
      listedOn,
    ),
  "store:expired": ({ title, until, ago }) => l10n.t("“{0}” expired {2} ago, on {1}.", title, until, ago),
  "store:expired-authority": ({ title, until, ago }) =>
    l10n.t("“{0}” expired {2} ago, on {1}. You get no notification when a CA certificate expires.", title, until, ago),
  "store:expired-with-successor": ({ title, until, ago }) =>
    l10n.t(
      "“{0}” expired {2} ago, on {1}. Another certificate in this bundle with the same key is valid.",
      title,
      until,
      ago,
    ),
  "store:not-yet-valid": ({ title, from, wait }) =>
    l10n.t("“{0}” is not valid yet. Its validity begins in {2}, on {1}.", title, from, wait),
  "store:never-valid": ({ title }) =>
    l10n.t("The validity of “{0}” ends before it begins. No client certificate below it can be accepted.", title),
  "store:key-usage": ({ title }) =>
    l10n.t("The key usage of “{0}” does not include keyCertSign. Certificates that it issued are not valid.", title),
  "store:other-purposes": ({ title, purposes }) =>
    l10n.t(
      "The extended key usage of the CA “{0}” is {1}. It does not include clientAuth. Some programs, including OpenSSL and Windows, then reject all client certificates below it. The AWS documentation does not describe this case.",
      title,
      purposes,
    ),
  "store:off-curve": ({ title }) =>
    l10n.t("The key of “{0}” is not a point on its curve. No client certificate below it can be accepted.", title),
  "store:any-purpose": ({ title, purposes }) =>
    l10n.t(
      "The extended key usage of the CA “{0}” is {1}. It does not name clientAuth. Some programs, including OpenSSL, then reject all client certificates below it. The AWS documentation does not describe this case.",
      title,
      purposes,
    ),
  "store:own-signature": ({ title }) =>
    l10n.t(
      "“{0}” has the same subject and issuer, but it was not signed with its own key. It is damaged, or it is not a root certificate.",
      title,
    ),
  "store:authority-key": ({ title, issuer }) =>
    l10n.t(
      "“{0}” was signed with the key of “{1}”, but its authority key identifier names another certificate. Programs such as OpenSSL do not accept “{1}” as its issuer.",
      title,
      issuer,
    ),
  "store:issuer-not-ca": ({ title }) =>
    l10n.t("“{0}” is not a CA certificate, but certificates in this file name it as their issuer.", title),
  "store:path-length": ({ title, authority, length }) =>
    l10n.t(
      "“{1}” has path length {2}, and “{0}” exceeds it. Clients with certificates below “{0}” can be rejected.",
      title,
      authority,
      length,
    ),
  "store:name-constraints": ({ title, authority }) =>
    l10n.t(
      "The name constraints of “{1}” do not allow the name of “{0}”. Clients with certificates below “{0}” can be rejected. Have this CA issued by a CA that allows its name.",
      title,
      authority,
    ),
  "store:issuer-signature": ({ title, issuer }) =>
    l10n.t("The signature of “{0}” does not match the key of “{1}”, the issuer that it names.", title, issuer),
} satisfies SaysOf<StoreFound>;

/** A quota of Service Quotas, and whether that is all. */
function quota(limit: string, isAdjustable: boolean): string {
  return isAdjustable ? l10n.t("{0} {1}", limit, l10n.t("This quota can be increased.")) : limit;
}

/** What services say of it; each sentence fits one name and several. */
const limits = {
  "store:most-certificates": ({ services, most, isAdjustable }) =>
    quota(l10n.t("Maximum for {0}: {1} certificates.", services, numberText(most)), isAdjustable),
  "store:most-bytes": ({ services, most, isAdjustable }) =>
    quota(l10n.t("Maximum for {0}: {1} bytes.", services, numberText(most)), isAdjustable),
  "store:most-bytes-formerly": ({ services, most, formerly }) =>
    l10n.t(
      "Maximum for {0}: {1} bytes according to the current quotas page, {2} bytes according to an older version of that page.",
      services,
      numberText(most),
      numberText(formerly),
    ),
  "store:one-megabyte": ({ services }) => l10n.t("Maximum for {0}: 1 MB.", services),
  "store:most-bytes-of-a-certificate": ({ services, most, isAdjustable }) =>
    quota(l10n.t("Maximum for {0}: {1} bytes per certificate.", services, numberText(most)), isAdjustable),
  "store:longest-subjects": ({ services, most, isAdjustable }) =>
    quota(
      l10n.t("Maximum for {0}: {1} bytes for all subjects of a trust store.", services, numberText(most)),
      isAdjustable,
    ),
  "store:longest-chain": ({ services, most }) =>
    l10n.t("Maximum for {0}: {1} certificates in a chain.", services, most),
  "store:keys": ({ services, keys }) => l10n.t("Keys accepted by {0}: {1}.", services, keys),
  "store:hashes": ({ services }) =>
    l10n.t("Signature algorithms accepted by {0}: RSA or ECDSA with SHA-256, SHA-384, or SHA-512.", services),
  "store:hashes-or-stronger": ({ services }) =>
    l10n.t("Signature algorithms accepted by {0}: RSA or ECDSA with SHA-256 or stronger.", services),
  "store:version-3": ({ services }) => l10n.t("X.509 version required by {0}: 3.", services),
  "store:no-blank-lines": ({ services }) =>
    l10n.t("Blank lines between certificates are not accepted by {0}.", services),
  "store:no-hyphens": ({ services }) => l10n.t("Comments with a hyphen are not accepted by {0}.", services),
  "store:no-text": ({ services }) =>
    l10n.t("Text other than certificates and comments that begin with # is not accepted by {0}.", services),
  "store:not-by-all": ({ services }) =>
    l10n.t(
      "Not all programs accept such a CA certificate, and the documentation of {0} does not describe this case. Test it with a client, or have the certificate issued again.",
      services,
    ),
  "store:rejects-below-expired": ({ services }) =>
    l10n.t("Clients with certificates below it are rejected by {0}.", services),
  "store:rejects-below-expired-unless-ignored": ({ services }) =>
    l10n.t(
      "Expect {0} to reject clients with certificates below it, unless the service is set to ignore expiry.",
      services,
    ),
} satisfies SaysOf<StoreLimit>;

/** What services take as a trust store, and what of a bundle they do not. */
export const trustStore = {
  ...found,
  ...limits,
  "store:rsa-from": ({ least }) => l10n.t("RSA with at least {0} bits", least),
  "store:rsa-between": ({ least, most }) => l10n.t("RSA with {0} to {1} bits", least, most),
  "store:applies": ({ services }) => l10n.t("This applies to {0}.", services),
  "store:no-authority": ({ title }) => l10n.t("“{0}” is not a CA certificate.", title),
  "store:key-in-store": () => l10n.t("This is a private key. A trust store must not contain private keys."),
  "store:copy": ({ title }) => l10n.t("“{0}” is already in this file.", title),
} satisfies SaysOf<StoreFound | StoreLimit | StoreUse | StoreDrop | Exclude<KeyRange, string>>;

/** Why a file cannot be split for ACM. */
export const split = {
  "split:unreadable-block": () =>
    l10n.t("A PEM block in this file cannot be read. It might be the certificate or part of its chain."),
  "split:other-label": ({ label }) =>
    l10n.t("A certificate in this file has the label {0}. Change the label to {1} first.", label, "CERTIFICATE"),
  "split:pkcs7": () =>
    l10n.t(
      "This file contains a PKCS#7 block, which is a container for certificates. Replace the block with the certificates inside it first.",
    ),
  "split:joined": () =>
    l10n.t("A PEM block in this file contains several certificates. Replace it with the certificates inside it first."),
  "split:hidden-block": ({ label }) =>
    l10n.t(
      "This file contains a block ({0}) that is not written as plain PEM lines, so programs do not find it. It might be the certificate, part of its chain, or its key. Correct it first.",
      label,
    ),
  "split:no-certificate": () => l10n.t("This file contains no certificate."),
  "split:authorities-alone": ({ count }) =>
    l10n.t(
      "All {0} certificates in this file are CA certificates. The certificate to import cannot be determined.",
      count,
    ),
  "split:several-certificates": ({ count }) =>
    l10n.t(
      "{0} certificates in this file are not CA certificates. The certificate to import cannot be determined.",
      count,
    ),
  "split:several-keys": ({ count }) =>
    l10n.t("This file contains {0} private keys. The key of the certificate cannot be determined.", count),
  "split:damaged-key": () => l10n.t("The PEM block of the private key is damaged."),
  "split:edwards-key": () => l10n.t("The private key is an Ed25519 or Ed448 key. ACM accepts only RSA and ECDSA keys."),
  "split:openssh-key": () =>
    l10n.t(
      "The private key is in OpenSSH format, which ACM does not accept. Copy the key alone to a separate file, convert it there with {0} and an empty new passphrase, and replace the key in this file with the result.",
      "ssh-keygen -p -m PEM -f FILE",
    ),
  "split:key-label": ({ label }) =>
    l10n.t("The private key has the label {0}. ACM accepts only unencrypted RSA and EC keys in PEM format.", label),
} satisfies SaysOf<SplitReason>;
