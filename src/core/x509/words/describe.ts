import * as l10n from "@vscode/l10n";
import {
  type Algorithm,
  type Attribute,
  type Certificate,
  type GeneralName,
  isCertificateAuthority,
  type Name,
  type PublicKey,
  type Time,
} from "../model.ts";
import { hex } from "../read/hex.ts";
import { oidName, oidWords } from "../read/oids.ts";
import { signatureScheme } from "../read/signature-algorithm.ts";

// --- text of others

/** Nobody reads more of one value; what is left out is counted. In UTF-16 code units. */
const longestText = 2000;

/**
 * Controls, what turns the direction of text, what is invisible, and halves of pairs: they would make a name look like
 * another.
 */
const deceptive =
  /[\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** A text out of a certificate as it can be shown: nothing in it acts, and it ends somewhere. */
export function shown(text: string, most = longestText): string {
  const left = text.length - most;
  const escaped = text
    .slice(0, most)
    .replaceAll(deceptive, (character) => `\\u{${character.codePointAt(0)?.toString(16).toUpperCase()}}`);
  return left > 0 ? `${escaped}… ${l10n.t("({0} more characters)", left)}` : escaped;
}

/** `0A:1B:…`, of bytes or of hex without separators. */
export function colons(hexadecimal: string, most = longestText): string {
  const left = hexadecimal.length - most;
  const pairs = hexadecimal.slice(0, most).replaceAll(/[\dA-F]{2}(?=[\dA-F])/g, "$&:");
  return left > 0 ? `${pairs}… ${l10n.t("({0} more bytes)", left / 2)}` : pairs;
}

/** An OID and what it is called: `clientAuth (1.3.6.1.5.5.7.3.2)`. */
export function oidText(oid: string): string {
  const name = oidName(oid);
  return name === undefined ? oid : `${name} (${oid})`;
}

// --- names

/** RFC 4514, most specific first, as `openssl -nameopt RFC2253` orders it; letters of other scripts as they are. */
export function subjectText(name: Name, der: Uint8Array): string {
  return shown(
    name.rdns
      .toReversed()
      .map((rdn) =>
        rdn
          .toReversed()
          .map((attribute) => attributeText(attribute, der))
          .join("+"),
      )
      .join(","),
  );
}

function attributeText({ oid, value, slice }: Attribute, der: Uint8Array): string {
  const bytes = () => `#${hex(der, slice.start, Math.min(slice.end, slice.start + longestText))}`;
  return `${oidName(oid) ?? oid}=${value === undefined ? bytes() : escapedValue(value)}`;
}

/** RFC 4514 section 2.4. */
function escapedValue(value: string): string {
  return value
    .slice(0, longestText + 1)
    .replaceAll(/[,+"\\<>;]/g, "\\$&")
    .replace(/ $/, "\\ ")
    .replace(/^[ #]/, "\\$&");
}

const commonNameOid = "2.5.4.3";

/** The most specific one. */
export function commonName(name: Name): string | undefined {
  return valueOf(name, commonNameOid);
}

function valueOf(name: Name, oid: string): string | undefined {
  return name.rdns
    .flat()
    .findLast((attribute) => attribute.oid === oid && attribute.value !== undefined && attribute.value.trim() !== "")
    ?.value;
}

/** What people call a name: its common name, else its organization and unit, else all of it. */
export function nameTitle(name: Name, der: Uint8Array): string {
  const organization = ["2.5.4.10", "2.5.4.11"].flatMap((oid) => valueOf(name, oid) ?? []).join(" – ");
  return shown(commonName(name) ?? organization, 200) || subjectText(name, der);
}

/** What people call a certificate: its subject, else its first alternative name, else its serial number. */
export function certificateTitle({ subject, subjectAltName, serial, der }: Certificate): string {
  if (!subject.isEmpty) return nameTitle(subject, der);
  const [first] = subjectAltName?.value ?? [];
  return first === undefined ? l10n.t("Certificate {0}", shown(serial, 80)) : generalNameText(first, der).value;
}

/** The kind of a name, and the name. */
export function generalNameText(name: GeneralName, der: Uint8Array): { readonly kind: string; readonly value: string } {
  const bytes = colons(hex(der, name.slice.start, Math.min(name.slice.end, name.slice.start + longestText)));
  switch (name.kind) {
    case "email":
      return { kind: l10n.t("Email"), value: shown(name.value) };
    case "dns":
      return { kind: "DNS", value: shown(name.value) };
    case "uri":
      return { kind: "URI", value: shown(name.value) };
    case "ip":
      return { kind: l10n.t("IP address"), value: name.value ?? bytes };
    case "directory":
      return { kind: l10n.t("Directory name"), value: subjectText(name.value, der) };
    case "registered-id":
      return { kind: l10n.t("Registered ID"), value: oidText(name.value) };
    case "other":
      return {
        kind: l10n.t("Other name, {0}", oidWords(name.oid) ?? name.oid),
        value:
          name.value === undefined
            ? colons(hex(der, name.content.start, Math.min(name.content.end, name.content.start + longestText)))
            : shown(name.value),
      };
    case "x400":
      return { kind: l10n.t("X.400 address"), value: bytes };
    case "edi-party":
      return { kind: l10n.t("EDI party name"), value: bytes };
  }
}

// --- time

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const month = 30.44 * day;
const year = 365.25 * day;

/** `2026-11-21 09:30:00 UTC` */
export function dateText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A length of time in the unit that says it best: short ones rounded down, since somebody counts on them. */
export function durationText(milliseconds: number): string {
  const count = (unit: number) => Math.floor(milliseconds / unit);
  if (milliseconds < minute) return l10n.t("less than a minute");
  if (milliseconds < hour) return count(minute) === 1 ? l10n.t("1 minute") : l10n.t("{0} minutes", count(minute));
  if (milliseconds < day) return count(hour) === 1 ? l10n.t("1 hour") : l10n.t("{0} hours", count(hour));
  if (milliseconds < 2 * month) return count(day) === 1 ? l10n.t("1 day") : l10n.t("{0} days", count(day));
  return milliseconds < 2 * year
    ? l10n.t("{0} months", Math.round(milliseconds / month))
    : l10n.t("{0} years", count(year));
}

/** RFC 5280 section 4.1.2.5: 99991231235959Z is said of what has no end. */
const endless = 253_402_300_799_000;

/** Of a certificate, or of what a service says about one. */
export function validityInWords(
  { notBefore, notAfter }: { readonly [end in "notBefore" | "notAfter"]: Pick<Time, "at"> },
  now: Date,
): string {
  const [from, until, at] = [notBefore.at, notAfter.at, now.getTime()];
  if (until === undefined) return l10n.t("its end of validity cannot be read");
  if (until < at) return l10n.t("expired {0} ago", durationText(at - until));
  if (from === undefined) return l10n.t("its beginning of validity cannot be read");
  if (until < from) return l10n.t("never valid: its validity ends before it begins");
  if (at < from) return l10n.t("not valid yet: begins on {0}, in {1}", dateText(from), durationText(from - at));
  return until === endless ? l10n.t("does not expire") : l10n.t("expires in {0}", durationText(until - at));
}

// --- keys and algorithms

/** NIST's names for the curves that have one. */
const curveNames: Readonly<Record<string, string>> = {
  prime192v1: "P-192",
  secp224r1: "P-224",
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

export function keyText({
  kind,
  algorithm,
  bits,
  curve,
  exponent,
}: Pick<PublicKey, "kind" | "algorithm" | "bits" | "curve" | "exponent">): string {
  const name = oidName(algorithm.oid) ?? algorithm.oid;
  const sized = (word: string) => (bits === undefined ? word : `${word} ${bits}`);
  switch (kind) {
    case "rsa":
      return oddExponent(sized("RSA"), exponent);
    case "rsa-pss":
      return oddExponent(sized("RSA-PSS"), exponent);
    case "ec":
      return curve === undefined
        ? l10n.t("{0} on a curve that it spells out", sized("ECDSA"))
        : `ECDSA ${curveNames[curve.name] ?? curve.name}`;
    case "dsa":
      return sized("DSA");
    case "ed25519":
      return "Ed25519";
    case "ed448":
      return "Ed448";
    default:
      return name;
  }
}

/** 65537 is everybody's. */
function oddExponent(key: string, exponent: string | undefined): string {
  return exponent === undefined || exponent === "65537" ? key : l10n.t("{0}, exponent {1}", key, shown(exponent, 40));
}

export function signatureText(algorithm: Algorithm, der: Uint8Array): string {
  const scheme = signatureScheme(algorithm, der);
  const name = oidName(algorithm.oid) ?? algorithm.oid;
  if (scheme?.pss !== undefined) {
    const { hash, maskGeneration, maskHash, saltLength } = scheme.pss;
    return l10n.t(
      "RSASSA-PSS with {0} ({1} with {2}, salt of {3} bytes)",
      oidName(hash) ?? hash,
      oidName(maskGeneration) ?? maskGeneration,
      oidName(maskHash) ?? maskHash,
      saltLength,
    );
  }
  const [key] = scheme?.keys ?? [];
  if (key === "ed25519") return "Ed25519";
  if (key === "ed448") return "Ed448";
  const word = key === "rsa" ? "RSA" : key === "ec" ? "ECDSA" : key === "dsa" ? "DSA" : undefined;
  return word === undefined || scheme?.hash === undefined ? name : l10n.t("{0} with {1}", word, scheme.hash);
}

/** The purposes as specifications spell them; `undefined` where the certificate does not say any. */
export function purposes({ extendedKeyUsage }: Pick<Certificate, "extendedKeyUsage">): readonly string[] | undefined {
  return extendedKeyUsage?.value?.map((oid) => oidName(oid) ?? oid);
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

const mostListed = 20;

/** Names after each other; those beyond the twentieth are counted. */
export function listed(items: readonly string[] | undefined): string | undefined {
  if (items === undefined || items.length === 0) return undefined;
  const all = items
    .slice(0, mostListed)
    .map((item) => shown(item))
    .join(", ");
  return items.length > mostListed ? l10n.t("{0} and {1} more", all, items.length - mostListed) : all;
}
