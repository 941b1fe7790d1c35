// Certificates that are really signed, with keys that are made for this run and never written anywhere.
import * as assert from "node:assert/strict";
import { constants, createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type Certificate, isUnreadable } from "../../../src/core/x509/model.ts";
import { readCertificate } from "../../../src/core/x509/read/certificate.ts";
import {
  authorityKeyIdentifier,
  type Bytes,
  basicConstraints,
  bits,
  type CertificateParts,
  certificate,
  clientAuth,
  dnsName,
  element,
  explicit,
  extendedKeyUsage,
  integer,
  keyUsage,
  nothing,
  octets,
  oid,
  pem,
  sequence,
  set,
  subjectAltName,
  subjectKeyIdentifier,
} from "./der-writer.ts";

export type KeyKind =
  | "p256"
  | "p384"
  | "p521"
  | "rsa1024"
  | "rsa2048"
  | "rsa4096"
  | "ed25519"
  | "ed448"
  | "dsa"
  | "ml-dsa-65";

export interface Keys {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Bytes;
  /** What its certificates have as subject key identifier. */
  readonly identifier: readonly number[];
}

function generate(kind: KeyKind): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  switch (kind) {
    case "p256":
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case "p384":
      return generateKeyPairSync("ec", { namedCurve: "P-384" });
    case "p521":
      return generateKeyPairSync("ec", { namedCurve: "P-521" });
    case "rsa1024":
    case "rsa2048":
    case "rsa4096":
      return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(3)) });
    case "dsa":
      return generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });
    case "ed25519":
      return generateKeyPairSync("ed25519");
    case "ed448":
      return generateKeyPairSync("ed448");
    case "ml-dsa-65":
      return generateKeyPairSync("ml-dsa-65");
  }
}

const generated = new Map<string, Keys>();

/** The same pair for the same arguments: making RSA keys takes its time. `index` tells several of a kind apart. */
export function keysOf(kind: KeyKind, index = 0): Keys {
  const place = `${kind} ${index}`;
  const known = generated.get(place);
  if (known !== undefined) return known;
  const keys = newKeys(kind);
  generated.set(place, keys);
  return keys;
}

/** A pair that nobody has yet. */
export function newKeys(kind: KeyKind): Keys {
  const { publicKey, privateKey } = generate(kind);
  const spki = publicKey.export({ type: "spki", format: "der" });
  return { kind, privateKey, publicKey: spki, identifier: [...createHash("sha1").update(spki).digest()] };
}

export type Digest = "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512" | "sha3-256";

export interface Pss {
  readonly hash: "sha1" | "sha256" | "sha384" | "sha512";
  readonly saltLength: number;
  readonly trailerField?: number;
  /** The hash within MGF1, where it is another. */
  readonly maskHash?: Pss["hash"];
  /** Another OID than that of MGF1, which signs nonetheless. */
  readonly maskGeneration?: string;
}

export interface Signing {
  /** SHA-256 where nothing is said; without meaning for keys that have their own. */
  readonly digest?: Digest;
  /** RSASSA-PSS instead of PKCS #1. */
  readonly pss?: Pss;
}

const rsaSignatures: Readonly<Record<Digest, string>> = {
  md5: "1.2.840.113549.1.1.4",
  sha1: "1.2.840.113549.1.1.5",
  sha224: "1.2.840.113549.1.1.14",
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
  "sha3-256": "2.16.840.1.101.3.4.3.14",
};
const ecdsaSignatures: Partial<Readonly<Record<Digest, string>>> = {
  sha1: "1.2.840.10045.4.1",
  sha224: "1.2.840.10045.4.3.1",
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
  "sha3-256": "2.16.840.1.101.3.4.3.10",
};
const dsaSignatures: Partial<Readonly<Record<Digest, string>>> = {
  sha1: "1.2.840.10040.4.3",
  sha256: "2.16.840.1.101.3.4.3.2",
};
const ownSignatures: Partial<Readonly<Record<KeyKind, string>>> = {
  ed25519: "1.3.101.112",
  ed448: "1.3.101.113",
  "ml-dsa-65": "2.16.840.1.101.3.4.3.18",
};
const pssHashes: Readonly<Record<Pss["hash"], string>> = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};

function pssAlgorithm({
  hash,
  saltLength,
  trailerField,
  maskHash = hash,
  maskGeneration = "1.2.840.113549.1.1.8",
}: Pss): Bytes {
  const digest = sequence(oid(pssHashes[hash]), nothing);
  const mask = sequence(oid(maskGeneration), sequence(oid(pssHashes[maskHash]), nothing));
  const trailer = trailerField === undefined ? [] : [explicit(3, integer(trailerField))];
  return sequence(
    oid("1.2.840.113549.1.1.10"),
    sequence(explicit(0, digest), explicit(1, mask), explicit(2, integer(saltLength)), ...trailer),
  );
}

/** AlgorithmIdentifier of what these keys sign like this. */
export function signatureAlgorithm({ kind }: Keys, { digest = "sha256", pss }: Signing = {}): Bytes {
  if (pss !== undefined) return pssAlgorithm(pss);
  if (kind.startsWith("rsa")) return sequence(oid(rsaSignatures[digest]), nothing);
  const type = ownSignatures[kind] ?? (kind === "dsa" ? dsaSignatures : ecdsaSignatures)[digest];
  assert.ok(type !== undefined, `${kind} with ${digest}`);
  return sequence(oid(type));
}

function signed({ kind, privateKey }: Keys, { digest = "sha256", pss }: Signing, bytes: Uint8Array): Bytes {
  if (pss !== undefined)
    return sign(pss.hash, bytes, {
      key: pss.maskHash === undefined ? privateKey : boundTo(pss, privateKey),
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: pss.saltLength,
    });
  return sign(ownSignatures[kind] === undefined ? digest : null, bytes, privateKey);
}

/** `sign` takes one hash for both: that they differ, the key itself has to say. */
function boundTo(pss: Pss, privateKey: KeyObject): KeyObject {
  const key = privateKey.export({ type: "pkcs1", format: "der" });
  const bound = sequence(integer(0), pssAlgorithm(pss), octets(key));
  return createPrivateKey({ key: Buffer.from(bound), format: "der", type: "pkcs8" });
}

/** A certificate, and what it takes to issue others with it. */
export interface Issued {
  readonly der: Bytes;
  readonly pem: string;
  readonly keys: Keys;
  /** As it was asked for: what the issuer of the next one is. */
  readonly subject: string | Bytes;
  readonly certificate: Certificate;
}

export interface CertificateOptions extends Signing {
  /** Itself where nothing is said. */
  readonly issuer?: Issued;
  readonly subject?: string | Bytes;
  /** New ones of P-256 where nothing is said; of a kind, the first of that kind. */
  readonly keys?: Keys | KeyKind;
  /** Behind those that this kind of certificate has. */
  readonly extensions?: readonly Bytes[];
  /** None, or those given: without key identifiers and all else. */
  readonly only?: readonly Bytes[];
  /** Other keys than the issuer's sign it: the signature is that of somebody else. */
  readonly signedBy?: Keys;
  readonly pathLength?: number;
  /** Everything else, as odd as it may be. */
  readonly parts?: CertificateParts;
}

let serials = 1000;

/** Signed by its issuer; the extensions are given. */
export function issue(options: CertificateOptions, extensions: readonly Bytes[]): Issued {
  const { issuer, subject = "CN=subject" } = options;
  const keys =
    options.keys === undefined
      ? newKeys("p256")
      : typeof options.keys === "object"
        ? options.keys
        : keysOf(options.keys);
  const signing = options.signedBy ?? issuer?.keys ?? keys;
  const identifiers = [
    subjectKeyIdentifier(keys.identifier),
    ...(issuer === undefined ? [] : [authorityKeyIdentifier(issuer.keys.identifier)]),
  ];
  const parts: CertificateParts = {
    serial: serials++,
    subject,
    issuer: issuer?.subject ?? subject,
    publicKey: keys.publicKey,
    signatureAlgorithm: signatureAlgorithm(signing, options),
    extensions: options.only ?? [...extensions, ...identifiers, ...(options.extensions ?? [])],
    ...options.parts,
  };
  const draft = read(certificate(parts));
  const signature = bits(signed(signing, options, draft.der.subarray(draft.tbs.start, draft.tbs.end)));
  const der = certificate({ ...parts, signature: options.parts?.signature ?? signature });
  return { der, pem: pem(der), keys, subject, certificate: read(der) };
}

export function createCa(options: CertificateOptions = {}): Issued {
  return issue({ subject: "CN=Root CA", ...options }, [
    basicConstraints(true, options.pathLength),
    keyUsage("keyCertSign", "cRLSign"),
  ]);
}

/** For TLS clients. */
export function createLeaf(options: CertificateOptions = {}): Issued {
  return issue({ subject: "CN=client.example.com", ...options }, [
    keyUsage("digitalSignature"),
    extendedKeyUsage(clientAuth),
    subjectAltName(dnsName("client.example.com")),
  ]);
}

/** Leaf, intermediate CA and root, in this order. */
export function createChain(
  options: { readonly keys?: KeyKind } = {},
): readonly [leaf: Issued, intermediate: Issued, root: Issued] {
  const keys = (index: number) => keysOf(options.keys ?? "p256", index);
  const root = createCa({ keys: keys(1) });
  const intermediate = createCa({ subject: "CN=Intermediate CA", keys: keys(2), issuer: root });
  return [createLeaf({ keys: keys(3), issuer: intermediate }), intermediate, root];
}

export function read(der: Bytes): Certificate {
  const found = readCertificate(der);
  assert.ok(!isUnreadable(found));
  return found;
}

/**
 * A PKCS#7 SignedData with nothing but certificates; with `indefinite` lengths as Java and some Windows tools write it.
 */
export function pkcs7(certificates: readonly Bytes[], options: { readonly indefinite?: boolean } = {}): Bytes {
  const open = (tag: number, ...content: readonly Bytes[]): Bytes =>
    Uint8Array.from([tag, 0x80, ...content.flatMap((part) => [...part]), 0, 0]);
  const wrap = options.indefinite === true ? open : element;
  const data = wrap(
    0x30,
    integer(1),
    set(),
    wrap(0x30, oid("1.2.840.113549.1.7.1")),
    wrap(0xa0, ...certificates),
    set(),
  );
  return wrap(0x30, oid("1.2.840.113549.1.7.2"), wrap(0xa0, data));
}
