import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { FaultReason } from "../x509/fault.ts";
import { numberText } from "./format.ts";

/** What is wrong in DER, or in what a certificate says with it. */
export const der = {
  "der:ber": () => l10n.t("This is BER, not DER. Some programs reject it."),
  "der:ends": () => l10n.t("The data ends here, but more is expected."),
  "der:length": () => l10n.t("The length cannot be read."),
  "der:cut-off": ({ expected, found }) =>
    l10n.t(
      "The data is cut off or damaged here. Expected {0} bytes, found {1}.",
      numberText(expected),
      numberText(found),
    ),
  "der:tag": () => l10n.t("The tag cannot be read."),
  "der:too-deep": () => l10n.t("The data is nested too deeply."),
  "der:ends-early": () => l10n.t("The data is cut off here."),
  "der:missing": ({ expected }) => l10n.t("Expected {0} here, found nothing.", expected),
  "der:extra-bytes": ({ count }) =>
    count === 1 ? l10n.t("There is one extra byte.") : l10n.t("There are {0} extra bytes.", numberText(count)),
  "der:in-pieces": ({ type }) => l10n.t("{0} is split into pieces. BER allows that, DER does not.", type),
  "der:another-type": ({ expected, found }) => l10n.t("Expected {1}, found {0}.", found, expected),
  "der:empty-integer": () => l10n.t("An INTEGER has no content."),
  "der:long-integer": () => l10n.t("An INTEGER has more bytes than it needs."),
  "der:unused-bits": () => l10n.t("A BIT STRING does not say how many of its bits are used."),
  "der:boolean": () => l10n.t("A BOOLEAN is not one byte long."),
  "der:end-marker": () => l10n.t("An end marker has no matching beginning."),
  "der:null": () => l10n.t("A NULL has content."),
  "der:object-identifier": () => l10n.t("An OBJECT IDENTIFIER cannot be read."),
  "der:many-extensions": ({ most }) => l10n.t("Only the first {0} extensions are read.", numberText(most)),
  "der:repeated-extension": ({ oid }) =>
    l10n.t("The extension {0} occurs more than once. Only the first one is read.", oid),
  "der:repeated-policy": ({ oid }) =>
    l10n.t("The policy {0} occurs more than once. RFC 5280 does not allow that.", oid),
  "der:empty": () => l10n.t("The list is empty. RFC 5280 does not allow that."),
  "der:nameless-point": () =>
    l10n.t(
      "A CRL distribution point has neither a name nor a CRL issuer. OpenSSL, and programs that use it, reject the certificate.",
    ),
  "der:address-length": ({ found }) =>
    l10n.t("An IP address has {0} bytes instead of 4 or 16. Some programs reject the certificate.", numberText(found)),
  "der:not-ascii": () => l10n.t("A name contains characters that are not ASCII. Some programs reject the certificate."),
  "der:exponent": () =>
    l10n.t("The exponent is not an odd number of at least 3, as RFC 8017 requires. Some programs reject the key."),
  "der:long-path-length": () => l10n.t("The path length is too large."),
  "der:negative-path-length": () => l10n.t("The path length is negative."),
  "der:another-algorithm": () =>
    l10n.t("The signature algorithm differs from the one in the signed part of the certificate."),
  "der:kind-of-name": () => l10n.t("The name is of an unknown kind."),
  "der:subtree-distance": () => l10n.t("A subtree has a minimum or a maximum. RFC 5280 does not allow that."),
  "der:long-name": ({ most }) => l10n.t("The name is longer than {0} bytes.", numberText(most)),
  "der:type-in-name": ({ type }) =>
    l10n.t("A name contains a value of type {0}. OpenSSL, and programs that use it, reject the certificate.", type),
  "der:not-of-its-type": ({ type }) => l10n.t("The text is not a valid {0}.", type),
  "der:characters": () =>
    l10n.t(
      "The text contains characters that BMPString does not support. OpenSSL, and programs that use it, reject the certificate.",
    ),
  "der:no-text": ({ found }) => l10n.t("Expected text, found {0}.", found),
  "der:timestamps": () => l10n.t("The list of timestamps cannot be read."),
  "der:no-pkcs7": () => l10n.t("This is not PKCS#7 with certificates."),
  "der:no-pss-parameters": () => l10n.t("The RSASSA-PSS parameters are missing."),
  "der:number-out-of-range": () => l10n.t("A number is out of range."),
  "der:long-exponent": ({ length, most }) =>
    l10n.t("The exponent has {0} bytes. The maximum is {1}.", numberText(length), numberText(most)),
  "der:negative-number": () =>
    l10n.t("The number lacks its leading zero byte and is negative. Some programs reject it."),
  "der:no-curve": () => l10n.t("The curve is missing."),
  "der:not-on-curve": () => l10n.t("The key is not a point on its curve."),
  "der:key-length": ({ found, expected }) =>
    l10n.t("The key has {0} bytes instead of {1}.", numberText(found), numberText(expected)),
  "der:no-date": ({ text }) => l10n.t("“{0}” is not a date.", text),
  "der:date-form": ({ text, form }) =>
    l10n.t("“{0}” is not in the form that RFC 5280 requires ({1}). Some programs reject it.", text, form),
} satisfies SaysOf<FaultReason>;
