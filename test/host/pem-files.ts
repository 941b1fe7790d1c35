// Files of certificates as in-host tests need them: each with a key of its own, and valid while anybody runs the tests.

import {
  clientAuth,
  dnsName,
  extendedKeyUsage,
  keyUsage,
  pem,
  request,
  subjectAltName,
} from "../core/x509/der-writer.ts";
import { createCa, type Issued, issue, keysOf } from "../core/x509/pki.ts";

export interface Options {
  /** Itself where nothing is said. */
  readonly issuer?: Issued;
  /** `YYYYMMDDHHMMSSZ` */
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly names?: readonly string[];
  readonly serial?: number;
}

let count = 0;

function common(
  subject: string,
  { issuer, notBefore = "20200101000000Z", notAfter = "20491231235959Z", serial }: Options,
) {
  return {
    subject,
    keys: keysOf("p256", count++),
    parts: { notBefore, notAfter, ...(serial === undefined ? {} : { serial }) },
    ...(issuer === undefined ? {} : { issuer }),
  };
}

export function authority(subject: string, options: Options = {}): Issued {
  return createCa(common(subject, options));
}

export function client(subject: string, options: Options = {}): Issued {
  const { names = [] } = options;
  return issue(common(subject, options), [
    keyUsage("digitalSignature"),
    extendedKeyUsage(clientAuth),
    ...(names.length === 0 ? [] : [subjectAltName(...names.map(dnsName))]),
  ]);
}

/** The same certificate with its last signature byte changed. */
export function forged({ der }: Issued): string {
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
