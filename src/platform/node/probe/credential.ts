import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { type ClientCredential, type CredentialMistake, certificatesIn } from "../../../core/probe/credential.ts";

const keyBlock = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;
const encryptedKey = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: *4, *ENCRYPTED/m;

/** Takes the texts of the two files apart; one file with both may be given twice. */
export function readCredential(certificateText: string, keyText: string): ClientCredential | CredentialMistake {
  const blocks = certificatesIn(certificateText);
  if (blocks.length === 0) return "no-certificate";
  if (!keyBlock.test(keyText)) return "no-key";
  if (encryptedKey.test(keyText)) return "encrypted-key";
  const certificates: X509Certificate[] = [];
  try {
    for (const block of blocks) certificates.push(new X509Certificate(block));
  } catch {
    return "unreadable-certificate";
  }
  let key: KeyObject;
  try {
    // What stands before it OpenSSL passes over by lines, and a byte order mark is no line of its own.
    key = createPrivateKey(keyText.slice(keyText.search(keyBlock)));
  } catch {
    return "unreadable-key";
  }
  const own = certificates.findIndex((certificate) => certificate.checkPrivateKey(key));
  if (own === -1) return "other-key";
  // Files of certificates are often the other way round; a handshake begins with the certificate of the key.
  const chain = blocks.filter((_, index) => index !== own);
  return {
    certificate: [blocks[own], ...chain].join("\n"),
    key: key.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
