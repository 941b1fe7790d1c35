// Writes DER, and certificates as odd as a test needs them: every part has a default, and every part can be replaced by
// any bytes.
import { createECDH } from "node:crypto";
import type { KeyUsage } from "../../../src/core/x509/model.ts";

export type Bytes = Uint8Array;

export function concat(...parts: readonly (Bytes | readonly number[])[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

// --- elements

export function lengthOf(count: number): number[] {
  if (count < 0x80) return [count];
  const octets: number[] = [];
  for (let rest = count; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

export function element(tag: number, ...content: readonly (Bytes | readonly number[])[]): Bytes {
  const inside = concat(...content);
  return concat([tag], lengthOf(inside.length), inside);
}

export const sequence = (...content: readonly Bytes[]): Bytes => element(0x30, ...content);
export const set = (...content: readonly Bytes[]): Bytes => element(0x31, ...content);
/** A context-specific tag around elements. */
export const explicit = (number: number, ...content: readonly Bytes[]): Bytes => element(0xa0 | number, ...content);
/** A context-specific tag instead of a primitive one. */
export const implicit = (number: number, content: Bytes | readonly number[]): Bytes => element(0x80 | number, content);
export const boolean = (value: boolean): Bytes => element(0x01, [value ? 0xff : 0]);
export const nothing: Bytes = element(0x05);
export const octets = (content: Bytes | readonly number[]): Bytes => element(0x04, content);
export const bits = (content: Bytes | readonly number[], unused = 0): Bytes => element(0x03, [unused], content);

export const ascii = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0));
export const utf8String = (text: string): Bytes => element(0x0c, new TextEncoder().encode(text));
export const printableString = (text: string): Bytes => element(0x13, ascii(text));
export const teletexString = (text: string): Bytes => element(0x14, ascii(text));
export const ia5String = (text: string): Bytes => element(0x16, ascii(text));
export const bmpString = (text: string): Bytes =>
  element(
    0x1e,
    Array.from({ length: text.length }, (_, at) => [text.charCodeAt(at) >> 8, text.charCodeAt(at) & 255]).flat(),
  );
export const universalString = (text: string): Bytes =>
  element(
    0x1c,
    Array.from(text, (character) =>
      [0, 16, 8, 0].map((shift, at) => (at === 0 ? 0 : ((character.codePointAt(0) ?? 0) >> shift) & 255)),
    ).flat(),
  );
export const utcTime = (text: string): Bytes => element(0x17, ascii(text));
export const generalizedTime = (text: string): Bytes => element(0x18, ascii(text));

/** Two's complement, as short as can be. */
export function integer(value: bigint | number): Bytes {
  const octets: number[] = [];
  let rest = BigInt(value);
  do {
    octets.unshift(Number(rest & 255n));
    rest >>= 8n;
  } while (!((rest === 0n && (octets[0] ?? 0) < 0x80) || (rest === -1n && (octets[0] ?? 0) >= 0x80)));
  return element(0x02, octets);
}

export function oid(dotted: string): Bytes {
  const [first = 0n, second = 0n, ...others] = dotted.split(".").map(BigInt);
  const arcs = [first * 40n + second, ...others];
  return element(
    0x06,
    arcs.flatMap((arc) => {
      const septets = [Number(arc & 127n)];
      for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) septets.unshift(Number(rest & 127n) | 128);
      return septets;
    }),
  );
}

// --- names

const attributeTypes: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  DC: "0.9.2342.19200300.100.1.25",
};

/** One attribute; a text becomes a UTF8String. */
export function attribute(type: string, value: string | Bytes): Bytes {
  return sequence(oid(attributeTypes[type] ?? type), typeof value === "string" ? utf8String(value) : value);
}

/** `CN=leaf,O=Example` as written: each part an RDN of its own, the first one first. */
export function name(text: string): Bytes {
  if (text === "") return sequence();
  return sequence(
    ...text.split(",").map((part) => {
      const [type = "", ...value] = part.split("=");
      return set(attribute(type.trim(), value.join("=")));
    }),
  );
}

// --- keys and algorithms

export const sha256WithRsa: Bytes = sequence(oid("1.2.840.113549.1.1.11"), nothing);
export const sha1WithRsa: Bytes = sequence(oid("1.2.840.113549.1.1.5"), nothing);
export const ecdsaWithSha256: Bytes = sequence(oid("1.2.840.10045.4.3.2"));
export const ed25519: Bytes = sequence(oid("1.3.101.112"));

export const subjectPublicKeyInfo = (algorithm: Bytes, key: Bytes | readonly number[]): Bytes =>
  sequence(algorithm, bits(key));

/** A modulus of exactly so many bits; no private key belongs to it. */
export function rsaKey(size = 2048, exponent: bigint | number = 65537): Bytes {
  const modulus = (1n << BigInt(size - 1)) | 1n;
  return subjectPublicKeyInfo(
    sequence(oid("1.2.840.113549.1.1.1"), nothing),
    sequence(integer(modulus), integer(exponent)),
  );
}

/** Made once: of most certificates it is of no interest. */
const someKey: Bytes = rsaKey();
const someSignature: Bytes = bits(new Uint8Array(64).fill(0x5a));

const basePoints: ReadonlyMap<string, Bytes> = new Map(
  (
    [
      ["1.2.840.10045.3.1.7", "prime256v1"],
      ["1.3.132.0.34", "secp384r1"],
      ["1.3.132.0.35", "secp521r1"],
    ] as const
  ).map(([curve, called]) => {
    const ecdh = createECDH(called);
    ecdh.setPrivateKey(Buffer.of(1));
    return [curve, Uint8Array.from(ecdh.getPublicKey())];
  }),
);

/** The base point of the three NIST curves that AWS takes; of any other curve the point is none. */
export function ecKey(curve = "1.2.840.10045.3.1.7", coordinateBytes = 32): Bytes {
  const point = basePoints.get(curve) ?? [4, ...Array.from({ length: coordinateBytes * 2 }, (_, at) => at & 255)];
  return subjectPublicKeyInfo(sequence(oid("1.2.840.10045.2.1"), oid(curve)), point);
}

// --- extensions

/** Around what the extension says. */
export function extension(type: string, value: Bytes, critical = false): Bytes {
  return sequence(...(critical ? [oid(type), boolean(true)] : [oid(type)]), octets(value));
}

export function basicConstraints(ca: boolean, pathLength?: number, critical = true): Bytes {
  return extension(
    "2.5.29.19",
    sequence(...(ca ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    critical,
  );
}

const usages: readonly KeyUsage[] = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

export function keyUsage(...names: readonly KeyUsage[]): Bytes {
  const last = Math.max(-1, ...names.map((usage) => usages.indexOf(usage)));
  const content = new Uint8Array(Math.ceil((last + 1) / 8));
  for (const usage of names) {
    const bit = usages.indexOf(usage);
    content[bit >> 3] = (content[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return extension("2.5.29.15", bits(content, last < 0 ? 0 : 7 - (last & 7)), true);
}

export const serverAuth = "1.3.6.1.5.5.7.3.1";
export const clientAuth = "1.3.6.1.5.5.7.3.2";

export function extendedKeyUsage(...purposes: readonly string[]): Bytes {
  return extension("2.5.29.37", sequence(...purposes.map(oid)));
}

export function subjectAltName(...names: readonly Bytes[]): Bytes {
  return extension("2.5.29.17", sequence(...names));
}

export const dnsName = (text: string): Bytes => implicit(2, ascii(text));

export function subjectKeyIdentifier(identifier: readonly number[]): Bytes {
  return extension("2.5.29.14", octets(identifier));
}

export function authorityKeyIdentifier(identifier: readonly number[]): Bytes {
  return extension("2.5.29.35", sequence(implicit(0, identifier)));
}

// --- certificates and requests

export interface CertificateParts {
  /** As people count: 3 where nothing is said; 1 is not written. */
  readonly version?: number | Bytes;
  readonly serial?: bigint | number | Bytes;
  readonly signatureAlgorithm?: Bytes;
  /** The same as the inner one where nothing is said. */
  readonly outerSignatureAlgorithm?: Bytes;
  /** `CN=a,O=b`, or a Name. The subject where nothing is said. */
  readonly issuer?: string | Bytes;
  readonly subject?: string | Bytes;
  /** `YYYYMMDDHHMMSSZ`, or a time. */
  readonly notBefore?: string | Bytes;
  readonly notAfter?: string | Bytes;
  readonly publicKey?: Bytes;
  /** Unique identifiers, for instance. */
  readonly beforeExtensions?: readonly Bytes[];
  /** None: `[]`. */
  readonly extensions?: readonly Bytes[];
  /** Behind the extensions. */
  readonly behind?: readonly Bytes[];
  readonly signature?: Bytes;
  /** Behind the signature. */
  readonly behindSignature?: readonly Bytes[];
}

function time(value: string | Bytes): Bytes {
  if (typeof value !== "string") return value;
  return value >= "1950" && value < "2050" ? utcTime(value.slice(2)) : generalizedTime(value);
}

export function certificate(parts: CertificateParts = {}): Bytes {
  const {
    version = 3,
    serial = 1,
    signatureAlgorithm = sha256WithRsa,
    subject = "CN=subject",
    publicKey = someKey,
    extensions = [],
  } = parts;
  const named = (value: string | Bytes) => (typeof value === "string" ? name(value) : value);
  const versioned = typeof version !== "number" ? [version] : version === 1 ? [] : [explicit(0, integer(version - 1))];
  const tbs = sequence(
    ...versioned,
    typeof serial === "object" ? serial : integer(serial),
    signatureAlgorithm,
    named(parts.issuer ?? subject),
    sequence(time(parts.notBefore ?? "20240101000000Z"), time(parts.notAfter ?? "20340101000000Z")),
    named(subject),
    publicKey,
    ...(parts.beforeExtensions ?? []),
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions))]),
    ...(parts.behind ?? []),
  );
  return sequence(
    tbs,
    parts.outerSignatureAlgorithm ?? signatureAlgorithm,
    parts.signature ?? someSignature,
    ...(parts.behindSignature ?? []),
  );
}

export interface RequestParts {
  readonly version?: Bytes;
  readonly subject?: string | Bytes;
  readonly publicKey?: Bytes;
  /** Those it asks for. */
  readonly extensions?: readonly Bytes[];
  /** Beside the one that asks for extensions. `undefined`: without the set of attributes. */
  readonly attributes?: readonly Bytes[] | undefined;
}

export function request(parts: RequestParts = {}): Bytes {
  const { version = integer(0), subject = "CN=subject", publicKey = rsaKey(), extensions = [] } = parts;
  const asked = extensions.length === 0 ? [] : [sequence(oid("1.2.840.113549.1.9.14"), set(sequence(...extensions)))];
  const attributes =
    "attributes" in parts && parts.attributes === undefined ? [] : [explicit(0, ...(parts.attributes ?? []), ...asked)];
  const info = sequence(version, typeof subject === "string" ? name(subject) : subject, publicKey, ...attributes);
  return sequence(info, sha256WithRsa, bits(new Uint8Array(64).fill(0x5a)));
}

export function pem(der: Bytes, label = "CERTIFICATE"): string {
  const lines = Buffer.from(der)
    .toString("base64")
    .replaceAll(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
