import { isUnreadable } from "../model.ts";
import { readCertificate } from "./certificate.ts";
import { attempt, Cursor, derBytesOf, type Element } from "./der.ts";
import { hex } from "./hex.ts";
import { isPkcs7 } from "./pkcs7.ts";
import { readRequest } from "./request.ts";
import {
  bitString,
  constructed,
  generalizedTime,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  utcTime,
} from "./tags.ts";

/** What bytes may be beside a certificate; private keys are known before (`pem/private-key.ts`). */
export type ContentKind =
  | "certificate"
  | "request"
  | "pkcs7"
  | "crl"
  | "public-key"
  | "ocsp-response"
  | "pkcs12"
  | "java-keystore";

const enumerated = 0x0a;
/** 1.3.6.1.5.5.7.48.1.1, in DER. */
const basicResponse = "2B0601050507300101";
/** 1.2.840.113549.1.7.1 and .2, in DER: what a PKCS#12 file holds is one of them. */
const pkcs12Contents = ["2A864886F70D010701", "2A864886F70D010702"];
const magicsOfJava = ["FEEDFEED", "CECECECE"];

const labels: Readonly<Partial<Record<ContentKind, string>>> = {
  certificate: "CERTIFICATE",
  request: "CERTIFICATE REQUEST",
  pkcs7: "PKCS7",
  crl: "X509 CRL",
  "public-key": "PUBLIC KEY",
};

/** The label that says what bytes are (RFC 7468), where the bytes say so beyond doubt. */
export function labelOfBytes(bytes: Uint8Array): string | undefined {
  const kind = contentKindOf(bytes);
  return kind && labelOf(kind);
}

/** `undefined`: none is registered for it. */
export function labelOf(kind: ContentKind): string | undefined {
  return labels[kind];
}

/** What bytes are, where they say so beyond doubt. */
export function contentKindOf(bytes: Uint8Array): ContentKind | undefined {
  const certificate = readCertificate(bytes);
  if (!isUnreadable(certificate)) return certificate.trailing === 0 ? "certificate" : undefined;
  const request = readRequest(bytes);
  if (!isUnreadable(request)) return request.trailing === 0 ? "request" : undefined;
  if (isPkcs7(bytes)) return "pkcs7";
  if (magicsOfJava.includes(hex(bytes, 0, 4))) return "java-keystore";
  return shapes.find(([, isShaped]) => attempt(() => isShaped(bytes)).value === true)?.[0];
}

/** Each throws where an element that it takes is not there. */
const shapes: readonly (readonly [ContentKind, (bytes: Uint8Array) => boolean])[] = [
  ["crl", isCrl],
  ["public-key", isPublicKey],
  ["ocsp-response", isOcspResponse],
  ["pkcs12", isPkcs12],
];

function outer(bytes: Uint8Array): Cursor {
  return new Cursor(derBytesOf(bytes), 0, bytes.length, "content");
}

/** RFC 5280, section 5.1. */
function isCrl(bytes: Uint8Array): boolean {
  const whole = outer(bytes);
  const list = whole.into(sequence, "CertificateList");
  whole.end();
  const signed = list.into(sequence, "tbsCertList");
  signed.optional(integer, "version");
  signed.take(sequence, "signature");
  signed.take(sequence, "issuer");
  if (!signed.sees(utcTime) && !signed.sees(generalizedTime)) return false;
  list.take(sequence, "signatureAlgorithm");
  list.take(bitString, "signatureValue");
  list.end();
  return true;
}

/** RFC 5280, section 4.1. */
function isPublicKey(bytes: Uint8Array): boolean {
  const whole = outer(bytes);
  const info = whole.into(sequence, "SubjectPublicKeyInfo");
  whole.end();
  info.into(sequence, "algorithm").take(objectIdentifier, "algorithm");
  info.take(bitString, "subjectPublicKey");
  info.end();
  return true;
}

/** RFC 6960, section 4.2.1. One that says no more than that something went wrong is not told from other bytes. */
function isOcspResponse(bytes: Uint8Array): boolean {
  const whole = outer(bytes);
  const response = whole.into(sequence, "OCSPResponse");
  whole.end();
  response.take(enumerated, "responseStatus");
  const given = response.into(constructed(0), "responseBytes").into(sequence, "responseBytes");
  const type = given.take(objectIdentifier, "responseType");
  given.take(octetString, "response");
  return hexOf(bytes, type) === basicResponse;
}

/** RFC 7292, section 4. */
function isPkcs12(bytes: Uint8Array): boolean {
  const pfx = outer(bytes).into(sequence, "PFX");
  const version = pfx.take(integer, "version");
  const type = pfx.into(sequence, "authSafe").take(objectIdentifier, "contentType");
  return hexOf(bytes, version) === "03" && pkcs12Contents.includes(hexOf(bytes, type));
}

function hexOf(bytes: Uint8Array, { content, contentEnd }: Element): string {
  return hex(bytes, content, contentEnd);
}
