import * as l10n from "@vscode/l10n";
import { nameOfAlert } from "../../tls/alerts.ts";

/**
 * What each alert says about the connection, whichever side sent it: “the other side” is the one that got it. Part of a
 * sentence, after the name of the alert.
 */
const meanings: ReadonlyMap<number, () => string> = new Map([
  [0, () => l10n.t("the connection was closed in order")],
  [10, () => l10n.t("the other side sent a message that does not belong here")],
  [20, () => l10n.t("a record was damaged or was encrypted with other keys")],
  [21, () => l10n.t("a record could not be decrypted")],
  [22, () => l10n.t("a record was too long")],
  [30, () => l10n.t("a record could not be decompressed")],
  [40, () => l10n.t("the two sides have no settings in common, or a certificate that was required did not come")],
  [41, () => l10n.t("there is no certificate to present")],
  [42, () => l10n.t("the certificate is missing, damaged, or not accepted")],
  [43, () => l10n.t("the kind of the certificate is not supported, or it is not for this purpose")],
  [44, () => l10n.t("the certificate was revoked")],
  [45, () => l10n.t("the certificate has expired or is not valid yet")],
  [46, () => l10n.t("the certificate was not accepted for another reason")],
  [47, () => l10n.t("a value of the handshake is not allowed")],
  [48, () => l10n.t("the issuer of the certificate is not trusted")],
  [49, () => l10n.t("the certificate is valid, but it is not allowed here")],
  [50, () => l10n.t("a message could not be read")],
  [
    51,
    () =>
      l10n.t("a signature of the handshake is wrong: the key does not belong to the certificate, or cannot sign so"),
  ],
  [60, () => l10n.t("a cipher does not meet old export rules")],
  [70, () => l10n.t("the TLS version of the other side is not supported")],
  [71, () => l10n.t("the ciphers of the other side are too weak")],
  [80, () => l10n.t("it has a fault of its own, which need not have to do with the other side")],
  [86, () => l10n.t("the other side tried again with an older TLS version than it needs")],
  [90, () => l10n.t("the handshake was canceled")],
  [100, () => l10n.t("a second handshake within the connection was declined")],
  [109, () => l10n.t("an extension that is needed is missing")],
  [110, () => l10n.t("the other side sent an extension that it was not asked for")],
  [111, () => l10n.t("the certificate could not be fetched")],
  [112, () => l10n.t("there is no server of the name that was asked for")],
  [113, () => l10n.t("the OCSP response that came with the certificate is not accepted")],
  [114, () => l10n.t("the hash of a certificate is wrong")],
  [115, () => l10n.t("the pre-shared key is not known")],
  [116, () => l10n.t("a client certificate is required, and none was presented")],
  [120, () => l10n.t("the two sides have no application protocol (ALPN) in common")],
]);

/** “alert 48 (unknown_ca): the issuer of the certificate is not trusted”: part of a sentence, or a line of a report. */
export function describeAlert(alert: number): string {
  const [name, meaning] = [nameOfAlert(alert), meanings.get(alert)];
  if (name === undefined || meaning === undefined)
    return l10n.t("alert {0}, which the TLS standards do not define", alert);
  return l10n.t("alert {0} ({1}): {2}", alert, name, meaning());
}
