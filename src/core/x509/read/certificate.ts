import type { Algorithm, Certificate, Fault, Name, PublicKey, Slice, Time, Unreadable } from "../model.ts";
import {
  attempt,
  bitsOf,
  Cursor,
  checkInteger,
  type DerBytes,
  derBytesOf,
  type Element,
  elementAt,
  elementIn,
  noteBer,
  smallInteger,
  wrongTag,
} from "./der.ts";
import { DecodedExtensions, takeExtensions } from "./extensions.ts";
import { signedHex } from "./hex.ts";
import type { Layout } from "./layout.ts";
import { issuerOf, nameAt, takeName } from "./names.ts";
import { pssParameters } from "./pss.ts";
import { algorithmAt, publicKeyAt, takeAlgorithm, takePublicKey } from "./public-key.ts";
import { soundLayout } from "./sound.ts";
import { bitString, constructed, integer, primitive, sequence, tagName } from "./tags.ts";
import { takeTime, timeFault, timeOf } from "./time.ts";

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
      derBytesOf(end === bytes.length ? bytes : bytes.subarray(0, end)),
      sound,
      bytes.length - end,
    );
  }
  return readAny(bytes);
}

/** The same for whatever there is; slower. */
export function readAny(bytes: Uint8Array): Certificate | Unreadable {
  const { value, fault } = attempt(() => {
    const source = derBytesOf(bytes);
    const outer = elementAt(source, 0, bytes.length, "Certificate");
    const layout = walk(source, outer);
    const der = outer.end === bytes.length ? bytes : bytes.subarray(0, outer.end);
    return new DecodedCertificate({ bytes: der, notes: source.notes }, layout, bytes.length - outer.end);
  });
  return value ?? { fault };
}

function walk(source: DerBytes, outer: Element): Layout {
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

  constructor(source: DerBytes, layout: Layout, trailing: number) {
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
    this.#subject ??= nameAt(this.der, elementIn(this.source, this.#layout.subject));
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
    const { notBefore, notAfter } = this.#layout;
    const faults: Fault[] = [];
    const others = [
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

/** FNV-1a over both ends: the serial number is in the one, the signature in the other. */
function hashOf(bytes: Uint8Array): number {
  const reach = Math.min(64, bytes.length);
  let hash = 0x811c9dc5 ^ bytes.length;
  for (let at = 0; at < reach; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  for (let at = bytes.length - reach; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}
