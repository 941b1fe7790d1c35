import * as l10n from "@vscode/l10n";
import type { CredentialMistake } from "../../probe/credential.ts";

/**
 * What is wrong with two files that should be a certificate and its key.
 * @param certificate the name of the one
 * @param key the name of the other
 */
export function credentialText(mistake: CredentialMistake, certificate: string, key: string): string {
  switch (mistake) {
    case "no-certificate":
      return l10n.t("“{0}” contains no certificate in PEM form.", certificate);
    case "unreadable-certificate":
      return l10n.t("A certificate in “{0}” cannot be read.", certificate);
    case "no-key":
      return l10n.t("“{0}” contains no private key in PEM form.", key);
    case "encrypted-key":
      return l10n.t(
        "The private key in “{0}” is encrypted. Give it decrypted: {1}",
        key,
        "openssl pkey -in key.pem -out decrypted.pem",
      );
    case "unreadable-key":
      return l10n.t("The private key in “{0}” cannot be read.", key);
    case "other-key":
      return l10n.t("The private key in “{1}” does not belong to a certificate in “{0}”.", certificate, key);
  }
}

/** What is said of a file that is longer than `greatestCredentialFile`. */
export function tooLargeText(name: string): string {
  return l10n.t("“{0}” is too large for a certificate or key.", name);
}
