// Files of certificates as tests need them: real keys and signatures, made anew in each run.
import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { isUnreadable, readCertificate } from "../../src/core/x509/certificate.ts";
import { authorityKeyIdentifier, basicConstraints, bits, certificate, type CertificateParts, clientAuth, dnsName, ecdsaWithSha256, extendedKeyUsage, keyUsage, pem, request, subjectAltName, subjectKeyIdentifier } from "../core/x509/der-writer.ts";

export interface Holder {
  readonly subject: string;
  /** With a line end behind it. */
  readonly pem: string;
  readonly der: Uint8Array;
  readonly key: KeyObject;
  /** Of the key. */
  readonly identifier: readonly number[];
}

export interface Options {
  /** `undefined`: it signs itself. */
  readonly issuer?: Holder;
  /** `YYYYMMDDHHMMSSZ` */
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly serial?: number;
  readonly names?: readonly string[];
}

let count = 0;

export function authority(subject: string, options: Options = {}): Holder {
  return issue(subject, options, [basicConstraints(true), keyUsage("keyCertSign", "cRLSign")]);
}

export function client(subject: string, options: Options = {}): Holder {
  const { names = [] } = options;
  return issue(subject, options, [basicConstraints(false), keyUsage("digitalSignature"), extendedKeyUsage(clientAuth), ...(names.length === 0 ? [] : [subjectAltName(...names.map(dnsName))])]);
}

function issue(subject: string, { issuer, notBefore = "20200101000000Z", notAfter = "20491231235959Z", serial }: Options, extensions: readonly Uint8Array[]): Holder {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  count += 1;
  const identifier = [0xc0, 0xde, count >> 8, count & 255];
  const parts: CertificateParts = {
    subject,
    issuer: issuer?.subject ?? subject,
    serial: serial ?? 1000 + count,
    notBefore,
    notAfter,
    signatureAlgorithm: ecdsaWithSha256,
    publicKey: publicKey.export({ type: "spki", format: "der" }),
    extensions: [...extensions, subjectKeyIdentifier(identifier), authorityKeyIdentifier(issuer?.identifier ?? identifier)],
  };
  const der = signed(parts, issuer?.key ?? privateKey);
  return { subject, pem: pem(der), der, key: privateKey, identifier };
}

function signed(parts: CertificateParts, key: KeyObject): Uint8Array {
  const unsigned = certificate(parts);
  const read = readCertificate(unsigned);
  if (isUnreadable(read)) throw new Error(read.fault.message);
  return certificate({ ...parts, signature: bits(sign("sha256", unsigned.subarray(read.tbs.start, read.tbs.end), key)) });
}

/** The same certificate with its last signature byte changed. */
export function forged({ der }: Holder): string {
  const changed = Uint8Array.from(der);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return pem(changed);
}

/** As certificates write a time. */
export function inDays(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}

export const csr = pem(request({ subject: "CN=wanted.example" }), "CERTIFICATE REQUEST");

/** Nobody's: a body that says so. */
export const fakeKey = "-----BEGIN PRIVATE KEY-----\nTk9UIEEgS0VZ\n-----END PRIVATE KEY-----\n";
export const fakeCrl = "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n";
