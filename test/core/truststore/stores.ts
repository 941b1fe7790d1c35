// Trust stores of certificates that nobody signed: what a service takes does not depend on it.
import { type Bundle, readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import {
  basicConstraints,
  type CertificateParts,
  certificate,
  ecdsaWithSha256,
  ecKey,
  extension,
  keyUsage,
  octets,
  pem,
} from "../x509/der-writer.ts";

let serials = 0;

/** A root, in which something may be odd. */
export function rootPem(parts: CertificateParts = {}): string {
  const subject = `CN=Root CA ${++serials}`;
  return pem(rootDer({ subject, issuer: subject, ...parts }));
}

export function rootDer(parts: CertificateParts = {}): ReturnType<typeof certificate> {
  return certificate({
    serial: ++serials,
    subject: "CN=Root CA",
    issuer: "CN=Root CA",
    signatureAlgorithm: ecdsaWithSha256,
    publicKey: ecKey(),
    notBefore: "20260101000000Z",
    notAfter: "20351231235959Z",
    extensions: [basicConstraints(true), keyUsage("keyCertSign")],
    ...parts,
  });
}

/** A CA that another issued. */
export function issuedPem(subject: string, issuer: string, parts: CertificateParts = {}): string {
  return pem(rootDer({ subject, issuer, ...parts }));
}

/** Nothing but large: so many bytes of DER. */
export function largePem(bytes: number): string {
  const make = (size: number) =>
    rootDer({
      serial: 1,
      extensions: [basicConstraints(true), extension("1.3.6.1.4.1.99999.2", octets(new Uint8Array(size)))],
    });
  let der = make(bytes);
  for (let size = bytes; der.length > bytes; size -= der.length - bytes) der = make(size - (der.length - bytes));
  if (der.length !== bytes) throw new Error(`${der.length} bytes instead of ${bytes}`);
  return pem(der);
}

export function many(count: number, item: (index: number) => string = () => rootPem()): string {
  return Array.from({ length: count }, (_, index) => item(index)).join("");
}

/** A root, and what each issued, down to the last. */
export function chainPem(length: number): string {
  return many(length, (index) => issuedPem(`CN=CA ${index}`, `CN=CA ${Math.max(0, index - 1)}`));
}

/** With a comment that fills the text to so many bytes. */
export function filled(text: string, bytes: number): string {
  const missing = bytes - Buffer.byteLength(text) - 3;
  return `${text}# ${"x".repeat(missing)}\n`;
}

export function bundleOf(...parts: readonly string[]): Bundle {
  return readBundle(parts.join(""));
}
