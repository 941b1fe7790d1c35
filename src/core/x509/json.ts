import type { Algorithm, Certificate, Extended, GeneralName, Name, Parsed, PublicKey, Slice, Time } from "./model.ts";
import { hex } from "./read/hex.ts";
import { oidName } from "./read/oids.ts";
import type { CertificateRequest } from "./read/request.ts";

// For programs: exact values, in one order, in no language.

/** @param fingerprint SHA-256 in hex: core has no hash. */
export function certificateJson(certificate: Certificate, fingerprint: string): string {
  const {
    der,
    version,
    serial,
    subject,
    issuer,
    notBefore,
    notAfter,
    publicKey,
    signatureAlgorithm,
    outerSignatureAlgorithm,
  } = certificate;
  return write({
    version,
    serialNumber: serial,
    subject: nameJson(subject, der),
    issuer: nameJson(issuer, der),
    notBefore: timeJson(notBefore),
    notAfter: timeJson(notAfter),
    publicKey: keyJson(publicKey, der),
    signatureAlgorithm: algorithmJson(signatureAlgorithm, der),
    outerSignatureAlgorithm: algorithmJson(outerSignatureAlgorithm, der),
    ...extendedJson(certificate, der),
    sha256: fingerprint,
  });
}

export function requestJson(request: CertificateRequest): string {
  const { der, version, subject, publicKey, signatureAlgorithm, attributes } = request;
  return write({
    version,
    subject: nameJson(subject, der),
    publicKey: keyJson(publicKey, der),
    signatureAlgorithm: algorithmJson(signatureAlgorithm, der),
    attributes: attributes.map(oidJson),
    ...extendedJson(request, der),
  });
}

function write(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function oidJson(oid: string): object {
  return { oid, name: oidName(oid) };
}

function sliceHex(der: Uint8Array, slice: Slice | undefined): string | undefined {
  return slice && hex(der, slice.start, slice.end);
}

/** In the order of the certificate, each RDN a list of its own. */
function nameJson({ rdns }: Name, der: Uint8Array): object {
  return rdns.map((rdn) =>
    rdn.map(({ oid, value, slice }) => ({
      ...oidJson(oid),
      value,
      ...(value === undefined && { der: sliceHex(der, slice) }),
    })),
  );
}

function timeJson({ text, at }: Time): object {
  return { text, date: at === undefined ? null : new Date(at).toISOString() };
}

function algorithmJson({ oid, parameters }: Algorithm, der: Uint8Array): object {
  return { ...oidJson(oid), parameters: sliceHex(der, parameters) };
}

function keyJson({ kind, algorithm, bits, curve, exponent, spki }: PublicKey, der: Uint8Array): object {
  return { kind, algorithm: algorithmJson(algorithm, der), bits, curve, exponent, spki: sliceHex(der, spki) };
}

function generalNameJson(name: GeneralName, der: Uint8Array): object {
  if (name.kind === "directory") return { kind: name.kind, value: nameJson(name.value, der) };
  return {
    kind: name.kind,
    ...(name.kind === "other" && oidJson(name.oid)),
    value: name.value,
    ...(name.value === undefined && { der: sliceHex(der, name.slice) }),
  };
}

/** Only what can be read; the bytes of every extension stand in `extensions`. */
function extendedJson(extended: Extended, der: Uint8Array): object {
  const { basicConstraints, keyUsage, extendedKeyUsage, subjectAltName, subjectKeyIdentifier, authorityKeyIdentifier } =
    extended;
  const authority = authorityKeyIdentifier?.value;
  return {
    basicConstraints: basicConstraints?.value,
    keyUsage: keyUsage?.value,
    extendedKeyUsage: mapped(extendedKeyUsage, oidJson),
    subjectAltName: mapped(subjectAltName, (name) => generalNameJson(name, der)),
    subjectKeyIdentifier: subjectKeyIdentifier?.value,
    authorityKeyIdentifier: authority && {
      ...authority,
      issuer: authority.issuer?.map((name) => generalNameJson(name, der)),
    },
    extensions: extended.extensions.map(({ oid, critical, value }) => ({
      ...oidJson(oid),
      critical,
      value: sliceHex(der, value),
    })),
  };
}

function mapped<T>(parsed: Parsed<readonly T[]>, say: (item: T) => object): object | undefined {
  return parsed?.value?.map(say);
}
