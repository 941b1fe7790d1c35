import * as l10n from "@vscode/l10n";
import {
  attempt,
  bitString,
  bitsOf,
  Cursor,
  checkInteger,
  constructed,
  type Element,
  elementAt,
  elementIn,
  integer,
  noteBer,
  primitive,
  type Source,
  sequence,
  signedHex,
  smallInteger,
  sourceOf,
  tagName,
  wrongTag,
} from "./der.ts";
import { DecodedExtensions, type ExtensionPlaces, takeExtensions } from "./extensions.ts";
import { issuerOf, nameOf, takeName } from "./names.ts";
import { pssParameters } from "./pss.ts";
import { algorithmAt, publicKeyAt, takeAlgorithm, takePublicKey } from "./public-key.ts";
import { soundLayout } from "./sound.ts";
import { takeTime, timeFault, timeOf } from "./time.ts";

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
  readonly message: string;
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
  /** Equal for names that RFC 5280 section 7.1 compares as equal, in the form OpenSSL gives them. */
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

/** Where the parts of a certificate begin. */
export interface Layout {
  readonly tbs: number;
  readonly version: number;
  readonly serial: number;
  readonly signatureAlgorithm: number;
  readonly issuer: number;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: number;
  readonly publicKey: number;
  readonly outerSignatureAlgorithm: number;
  readonly signature: number;
  readonly extensions: ExtensionPlaces | undefined;
  /** Certain that `faults` are none, and that both signature algorithms are the same; `false`: not looked yet. */
  readonly isFaultless: boolean;
  /** Behind all of it. */
  readonly end: number;
}

/** A longer number is told by its beginning: RFC 5280 section 4.1.2.2 has at most 20 bytes. */
const longestSerial = 1024;

/**
 * Reads the certificate that `bytes` begin with. Refuses what OpenSSL refuses: a structure that is not the one of
 * RFC 5280 section 4.1. What the parts say is read when it is asked for.
 */
export function readCertificate(bytes: Uint8Array): Certificate | Unreadable {
  const sound = soundLayout(bytes);
  if (sound !== undefined) {
    const end = sound.end;
    return new DecodedCertificate(
      sourceOf(end === bytes.length ? bytes : bytes.subarray(0, end)),
      sound,
      bytes.length - end,
    );
  }
  return readAny(bytes);
}

/** The same for whatever there is; slower. */
export function readAny(bytes: Uint8Array): Certificate | Unreadable {
  const { value, fault } = attempt(() => {
    const source = sourceOf(bytes);
    const outer = elementAt(source, 0, bytes.length, "Certificate");
    const layout = walk(source, outer);
    const der = outer.end === bytes.length ? bytes : bytes.subarray(0, outer.end);
    return new DecodedCertificate({ bytes: der, notes: source.notes }, layout, bytes.length - outer.end);
  });
  return value ?? { fault };
}

function walk(source: Source, outer: Element): Layout {
  if (outer.tag !== sequence) throw wrongTag(outer, "Certificate", tagName(sequence));
  const certificate = new Cursor(source, outer.content, outer.contentEnd, "Certificate");
  const tbs = certificate.take(sequence, "tbsCertificate");
  const outerAlgorithm = takeAlgorithm(certificate, "signatureAlgorithm");
  const signature = certificate.take(bitString, "signatureValue");
  bitsOf(source, signature, "signatureValue");
  certificate.end();

  const inner = new Cursor(source, tbs.content, tbs.contentEnd, "tbsCertificate");
  const version = inner.sees(constructed(0)) ? versionIn(inner.into(constructed(0), "tbsCertificate.version")) : 1;
  const serial = inner.take(integer, "tbsCertificate.serialNumber");
  checkInteger(source, serial, "tbsCertificate.serialNumber");
  const algorithm = takeAlgorithm(inner, "tbsCertificate.signature");
  const issuer = takeName(inner, "tbsCertificate.issuer");
  const validity = inner.into(sequence, "tbsCertificate.validity");
  const notBefore = takeTime(validity, "tbsCertificate.validity.notBefore");
  const notAfter = takeTime(validity, "tbsCertificate.validity.notAfter");
  validity.end();
  const subject = takeName(inner, "tbsCertificate.subject");
  const publicKey = takePublicKey(inner, "tbsCertificate.subjectPublicKeyInfo");
  takeUniqueIdentifier(inner, 1, "tbsCertificate.issuerUniqueID");
  takeUniqueIdentifier(inner, 2, "tbsCertificate.subjectUniqueID");
  const explicit = inner.sees(constructed(3)) ? inner.into(constructed(3), "tbsCertificate.extensions") : undefined;
  const extensions = explicit && takeExtensions(explicit, "tbsCertificate.extensions");
  explicit?.end();
  inner.end();
  return {
    tbs: tbs.start,
    version,
    serial: serial.start,
    signatureAlgorithm: algorithm.start,
    issuer: issuer.start,
    notBefore: notBefore.start,
    notAfter: notAfter.start,
    subject: subject.start,
    publicKey: publicKey.start,
    outerSignatureAlgorithm: outerAlgorithm.start,
    signature: signature.start,
    extensions,
    isFaultless: false,
    end: outer.end,
  };
}

function takeUniqueIdentifier(cursor: Cursor, number: number, part: string): void {
  const identifier = cursor.optional(primitive(number), part);
  if (identifier !== undefined) bitsOf(cursor.source, identifier, part);
  const inPieces = cursor.optional(constructed(number), part);
  if (inPieces !== undefined) noteBer(cursor.source, part, inPieces);
}

function versionIn(cursor: Cursor): number {
  const { source, part } = cursor;
  const element = cursor.take(integer, part);
  checkInteger(source, element, part);
  cursor.end();
  return (smallInteger(source, element) ?? Number.MAX_SAFE_INTEGER - 1) + 1;
}

class DecodedCertificate extends DecodedExtensions implements Certificate {
  readonly trailing: number;
  identity: unknown = undefined;
  readonly #layout: Layout;
  #serial: string | undefined;
  #signatureAlgorithm: Algorithm | undefined;
  #issuer: Name | undefined;
  #subject: Name | undefined;
  #notBefore: Time | undefined;
  #notAfter: Time | undefined;
  #publicKey: PublicKey | undefined;
  #faults: readonly Fault[] | undefined;
  #hash: number | undefined;

  constructor(source: Source, layout: Layout, trailing: number) {
    super(source, layout.extensions);
    this.trailing = trailing;
    this.#layout = layout;
  }

  get der(): Uint8Array {
    return this.source.bytes;
  }

  get tbs(): Slice {
    const { start, end } = elementIn(this.source, this.#layout.tbs);
    return { start, end };
  }

  get version(): number {
    return this.#layout.version;
  }

  get serial(): string {
    this.#serial ??= serialOf(this.der, elementIn(this.source, this.#layout.serial));
    return this.#serial;
  }

  get signatureAlgorithm(): Algorithm {
    this.#signatureAlgorithm ??= algorithmAt(this.source, this.#layout.signatureAlgorithm);
    return this.#signatureAlgorithm;
  }

  get outerSignatureAlgorithm(): Algorithm {
    return algorithmAt(this.source, this.#layout.outerSignatureAlgorithm);
  }

  get signature(): Slice {
    const { content, contentEnd } = elementIn(this.source, this.#layout.signature);
    return { start: content + 1, end: contentEnd };
  }

  get issuer(): Name {
    this.#issuer ??= issuerOf(this.der, elementIn(this.source, this.#layout.issuer));
    return this.#issuer;
  }

  get subject(): Name {
    this.#subject ??= nameOf(this.der, elementIn(this.source, this.#layout.subject));
    return this.#subject;
  }

  get notBefore(): Time {
    this.#notBefore ??= timeOf(this.source, elementIn(this.source, this.#layout.notBefore));
    return this.#notBefore;
  }

  get notAfter(): Time {
    this.#notAfter ??= timeOf(this.source, elementIn(this.source, this.#layout.notAfter));
    return this.#notAfter;
  }

  get publicKey(): PublicKey {
    this.#publicKey ??= publicKeyAt(this.source, this.#layout.publicKey, "tbsCertificate.subjectPublicKeyInfo");
    return this.#publicKey;
  }

  get selfIssued(): boolean {
    return this.subject.key === this.issuer.key;
  }

  get hash(): number {
    this.#hash ??= hashOf(this.der);
    return this.#hash;
  }

  get isFaultless(): boolean {
    return this.#layout.isFaultless;
  }

  get faults(): readonly Fault[] {
    this.#faults ??= this.isFaultless ? noFaults : this.#findFaults();
    return this.#faults;
  }

  #findFaults(): readonly Fault[] {
    const { serial, notBefore, notAfter } = this.#layout;
    const faults: Fault[] = [];
    const others = [
      serialFault(elementIn(this.source, serial)),
      timeFault(this.source, elementIn(this.source, notBefore), this.notBefore, "tbsCertificate.validity.notBefore"),
      timeFault(this.source, elementIn(this.source, notAfter), this.notAfter, "tbsCertificate.validity.notAfter"),
      this.publicKey.fault,
      pssParameters(this.signatureAlgorithm, this.der)?.fault,
    ];
    for (const fault of others) if (fault !== undefined) faults.push(fault);
    this.findExtensionFaults(faults);
    faults.push(...this.source.notes);
    return faults.length === 0 ? noFaults : faults;
  }
}

const noFaults: readonly Fault[] = [];

function serialOf(der: Uint8Array, { content, contentEnd }: Element): string {
  const isLong = contentEnd - content > longestSerial;
  return `${signedHex(der, content, isLong ? content + longestSerial : contentEnd)}${isLong ? "…" : ""}`;
}

function serialFault({ start, content, contentEnd, end }: Element): Fault | undefined {
  const length = contentEnd - content;
  if (length <= longestSerial) return undefined;
  return {
    part: "tbsCertificate.serialNumber",
    at: { start, end },
    message: l10n.t("A serial number of {0} bytes: 20 are allowed", length),
  };
}

/** FNV-1a over both ends: the serial number is in the one, the signature in the other. */
function hashOf(bytes: Uint8Array): number {
  const reach = Math.min(64, bytes.length);
  let hash = 0x811c9dc5 ^ bytes.length;
  for (let at = 0; at < reach; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  for (let at = bytes.length - reach; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
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
