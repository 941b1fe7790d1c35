import { isUnreadable } from "../model.ts";
import { readCertificate } from "./certificate.ts";
import { isPkcs7 } from "./pkcs7.ts";
import { readRequest } from "./request.ts";

/** The label that says what bytes are (RFC 7468), where the bytes say so beyond doubt. */
export function labelOfBytes(bytes: Uint8Array): string | undefined {
  const certificate = readCertificate(bytes);
  if (!isUnreadable(certificate)) return certificate.trailing === 0 ? "CERTIFICATE" : undefined;
  const request = readRequest(bytes);
  if (!isUnreadable(request)) return request.trailing === 0 ? "CERTIFICATE REQUEST" : undefined;
  return isPkcs7(bytes) ? "PKCS7" : undefined;
}
