/** A certificate and its key as a probe presents them. Held as long as it runs, and never written anywhere. */
export interface ClientCredential {
  /** PEM, the certificate itself first, its chain after it. */
  readonly certificate: string;
  /** PEM, not encrypted. */
  readonly key: string;
}

/** In bytes. More has no file of certificates and no key that is presented in a handshake. */
export const greatestCredentialFile = 1_000_000;

/** What is wrong with two files that should be a certificate and its key. */
export type CredentialMistake =
  | "no-certificate"
  | "unreadable-certificate"
  | "no-key"
  | "encrypted-key"
  | "unreadable-key"
  | "other-key";

/** The certificates of a PEM text in their order. Keys beside them are left out. */
export function certificatesIn(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
