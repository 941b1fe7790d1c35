import type { FaultReason } from "./fault.ts";

/** Offsets into `der`, end exclusive. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** Damage inside: what part it is in, where in `der`. */
export interface Fault {
  /** As RFC 5280 names it: `tbsCertificate.validity.notBefore`, `extension 2.5.29.15`. */
  readonly part: string;
  readonly at: Slice;
  readonly reason: FaultReason;
}

export interface Unreadable {
  readonly fault: Fault;
}

export interface Algorithm {
  /** Dotted. */
  readonly oid: string;
  /** The whole element. */
  readonly parameters: Slice | undefined;
}

/** An unreadable date stays unreadable: `at` is undefined, never another date. */
export interface Time {
  /** As written. */
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly at: number | undefined;
}

export interface Attribute {
  readonly oid: string;
  /** `undefined`: of no string type, or not readable as the type it says. */
  readonly value: string | undefined;
  /** The value's element. */
  readonly slice: Slice;
}

export interface Name {
  readonly slice: Slice;
  readonly rdns: readonly (readonly Attribute[])[];
  /** Equal for names that RFC 5280 section 7.1 compares as equal. */
  readonly key: string;
  readonly isEmpty: boolean;
}

export type GeneralName =
  /** `value` is as written; international names are not decoded. */
  | { readonly kind: "email" | "dns" | "uri"; readonly value: string; readonly slice: Slice }
  /** `192.0.2.1`, `2001:db8::1`, and with `/24` in name constraints; `undefined`: of a length no address has. */
  | { readonly kind: "ip"; readonly value: string | undefined; readonly slice: Slice }
  | { readonly kind: "directory"; readonly value: Name; readonly slice: Slice }
  /** A dotted OID. */
  | { readonly kind: "registered-id"; readonly value: string; readonly slice: Slice }
  /** `content` is the element of the type that `oid` says; `value` where that is a string. */
  | {
      readonly kind: "other";
      readonly oid: string;
      readonly content: Slice;
      readonly value: string | undefined;
      readonly slice: Slice;
    }
  | { readonly kind: "x400" | "edi-party"; readonly value: undefined; readonly slice: Slice };

export type KeyUsage =
  | "digitalSignature"
  | "nonRepudiation"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign"
  | "encipherOnly"
  | "decipherOnly";

export interface PublicKey {
  readonly algorithm: Algorithm;
  readonly spki: Slice;
  readonly kind:
    | "rsa"
    | "rsa-pss"
    | "ec"
    | "ed25519"
    | "ed448"
    | "x25519"
    | "x448"
    | "dsa"
    | "ml-dsa"
    | "slh-dsa"
    | "ml-kem"
    | "other";
  /** Exact: of the modulus, of the curve's field. `undefined`: not known, or unreadable. */
  readonly bits: number | undefined;
  /** Of a named curve. */
  readonly curve: { readonly oid: string; readonly name: string } | undefined;
  /** Decimal. */
  readonly exponent: string | undefined;
  readonly fault: Fault | undefined;
}

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** The content of the OCTET STRING. */
  readonly value: Slice;
}

/** `undefined`: absent. */
export type Parsed<T> =
  | { readonly value: T; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: Fault }
  | undefined;

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
}

export interface AuthorityKeyIdentifier {
  /** Upper-case hex. */
  readonly keyIdentifier: string | undefined;
  readonly issuer: readonly GeneralName[] | undefined;
  /** As a certificate's own. */
  readonly serial: string | undefined;
}

/**
 * What the extensions of a certificate, or those that a request asks for, say. Where one is there twice, the first is
 * read.
 */
export interface Extended {
  readonly extensions: readonly Extension[];
  readonly basicConstraints: Parsed<BasicConstraints>;
  readonly keyUsage: Parsed<readonly KeyUsage[]>;
  /** OIDs. */
  readonly extendedKeyUsage: Parsed<readonly string[]>;
  readonly subjectAltName: Parsed<readonly GeneralName[]>;
  /** Upper-case hex. */
  readonly subjectKeyIdentifier: Parsed<string>;
  readonly authorityKeyIdentifier: Parsed<AuthorityKeyIdentifier>;
  /** Whether one is critical beside key usage and basic constraints. */
  readonly hasOtherCriticals: boolean;
  /** Not read: `name-constraints.ts` does that. */
  readonly nameConstraints: Extension | undefined;
}

export interface Certificate extends Extended {
  /** Exactly the outermost SEQUENCE. */
  readonly der: Uint8Array;
  /** Bytes behind it. */
  readonly trailing: number;
  readonly tbs: Slice;
  /** 1, 2, 3; any other as found. */
  readonly version: number;
  /** Signed upper-case hex of even length, as OpenSSL prints it: `-02`. */
  readonly serial: string;
  /** The one that is signed with the rest. */
  readonly signatureAlgorithm: Algorithm;
  readonly outerSignatureAlgorithm: Algorithm;
  /** The content of the BIT STRING behind the byte that counts unused bits. */
  readonly signature: Slice;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Time;
  readonly notAfter: Time;
  readonly publicKey: PublicKey;
  /** Certain that nothing is damaged in it, without looking at every part; where it is `false`, `faults` tell. */
  readonly isFaultless: boolean;
  /** Everything damaged in it that did not keep it from being read. */
  readonly faults: readonly Fault[];
  readonly selfIssued: boolean;
  /** Equal for equal DER: for look-ups, always followed by a comparison of bytes. */
  readonly hash: number;
  /** What `chain.ts` asks again and again; kept here, because a WeakMap of thousands costs more than reading them. */
  identity: unknown;
}

export function isUnreadable(read: object): read is Unreadable {
  return "fault" in read;
}

/**
 * An authority says so in its basic constraints; before version 3 there were none, and one that issued itself may issue
 * others.
 */
export function isCertificateAuthority(certificate: Certificate): boolean {
  const { basicConstraints } = certificate;
  // Who issued it is read only where that decides: comparing names takes its time.
  return basicConstraints === undefined
    ? certificate.version < 3 && certificate.selfIssued
    : basicConstraints.value?.ca === true;
}
