import { keyCalled, signatureCalled } from "../../x509/key-naming.ts";
import {
  type Algorithm,
  type Certificate,
  type GeneralName,
  isCertificateAuthority,
  type Name,
} from "../../x509/model.ts";
import {
  certificateCalled,
  colonsOf,
  distinguishedName,
  generalNameCalled,
  nameCalled,
  purposes,
  showable,
} from "../../x509/naming.ts";
import { validityOf } from "../../x509/validity.ts";
import { listText } from "../format.ts";
import { tell } from "../tell.ts";

/** A text out of a certificate as it can be shown: nothing in it acts, and it ends somewhere. */
export function shown(text: string, most?: number): string {
  return tell(showable(text, most));
}

/** `0A:1B:…`, of bytes or of hex without separators. */
export function colons(hexadecimal: string, most?: number): string {
  return tell(colonsOf(hexadecimal, most));
}

/** Names after each other; those beyond the twentieth are counted. */
export function listed(items: readonly string[] | undefined): string | undefined {
  return items === undefined || items.length === 0 ? undefined : listText(items, (item) => shown(item));
}

// --- names

/** RFC 4514, most specific first. */
export function subjectText(name: Name, der: Uint8Array): string {
  return tell(distinguishedName(name, der));
}

/** What people call a name. */
export function nameTitle(name: Name, der: Uint8Array): string {
  return tell(nameCalled(name, der));
}

/** What people call a certificate. */
export function certificateTitle(certificate: Certificate): string {
  return tell(certificateCalled(certificate));
}

/** The kind of a name, and the name. */
export function generalNameText(name: GeneralName, der: Uint8Array): { readonly kind: string; readonly value: string } {
  const { kind, value } = generalNameCalled(name, der);
  return { kind: tell(kind), value: tell(value) };
}

// --- validity, keys and algorithms

/** Of a certificate, or of what a service says about one. */
export function validityInWords(validity: Parameters<typeof validityOf>[0], now: Date): string {
  return tell(validityOf(validity, now));
}

export function keyText(key: Parameters<typeof keyCalled>[0]): string {
  return tell(keyCalled(key));
}

export function signatureText(algorithm: Algorithm, der: Uint8Array): string {
  return tell(signatureCalled(algorithm, der));
}

// --- in short

/** For hovers, outlines and lists. */
export interface Summary {
  readonly title: string;
  readonly subject: string;
  readonly issuer: string;
  /** `expires in 12 days` */
  readonly validity: string;
  readonly key: string;
  /** `undefined`: it does not say what it is for. */
  readonly purposes: string | undefined;
  readonly isAuthority: boolean;
  /** SHA-256. */
  readonly fingerprint: string;
}

/** @param fingerprint SHA-256 in hex: core has no hash. */
export function summary(certificate: Certificate, now: Date, fingerprint: string): Summary {
  const { subject, issuer, der, publicKey } = certificate;
  return {
    title: certificateTitle(certificate),
    subject: subjectText(subject, der),
    issuer: subjectText(issuer, der),
    validity: validityInWords(certificate, now),
    key: keyText(publicKey),
    purposes: listed(purposes(certificate)),
    isAuthority: isCertificateAuthority(certificate),
    fingerprint: colons(fingerprint),
  };
}
