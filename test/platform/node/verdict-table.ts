// What SignatureChecker says of signatures of all kinds, as data that another program can be handed.
import type { Verdict } from "../../../src/core/x509/path/verdicts.ts";
import * as der from "../../core/x509/der-writer.ts";
import {
  type CertificateOptions,
  createCa,
  createLeaf,
  type Digest,
  type Issued,
  type KeyKind,
  keysOf,
  type Pss,
} from "../../core/x509/pki.ts";

export interface Row {
  readonly name: string;
  /** DER, in base64. */
  readonly issuer: string;
  readonly subject: string;
  readonly verdict: Verdict;
  /**
   * What BoringSSL says. `lacking`: it may have no such algorithm, as its versions differ, but never says the contrary.
   */
  readonly boringSsl: Verdict | "lacking";
}

type Expected = Pick<Row, "verdict"> & Partial<Pick<Row, "boringSsl">>;

const valid: Expected = { verdict: "valid" };
const invalid: Expected = { verdict: "invalid" };

export function verdictTable(): readonly Row[] {
  return [...plainRows(), ...pssRows(), ...wrongRows(), ...unsupportedRows()];
}

function row(name: string, issuer: Issued, subject: Issued, expected: Expected): Row {
  const [one, other] = [issuer, subject].map(({ der: bytes }) => Buffer.from(bytes).toString("base64"));
  return { name, issuer: one ?? "", subject: other ?? "", boringSsl: expected.verdict, ...expected };
}

function ofLeaf(name: string, keys: KeyKind, options: CertificateOptions, expected: Expected): Row {
  const ca = createCa({ keys, digest: keys === "dsa" ? "sha1" : "sha256" });
  return row(name, ca, createLeaf({ issuer: ca, keys: keysOf("p256", 9), ...options }), expected);
}

function plainRows(): readonly Row[] {
  const all: readonly (readonly [KeyKind, readonly Digest[], Expected])[] = [
    ["rsa2048", ["sha1", "sha256", "sha384", "sha512"], valid],
    ["p256", ["sha1", "sha256", "sha384", "sha512"], valid],
    ["p384", ["sha384"], valid],
    ["p521", ["sha512"], valid],
    ["ed25519", ["sha256"], valid],
    ["rsa2048", ["md5", "sha224", "sha3-256"], { ...valid, boringSsl: "lacking" }],
    ["p256", ["sha224", "sha3-256"], { ...valid, boringSsl: "lacking" }],
    ["ed448", ["sha256"], { ...valid, boringSsl: "lacking" }],
    ["dsa", ["sha1", "sha256"], { ...valid, boringSsl: "lacking" }],
  ];
  return all.flatMap(([kind, digests, expected]) =>
    digests.map((digest) => ofLeaf(`${kind}, ${digest}`, kind, { digest }, expected)),
  );
}

function pssRows(): readonly Row[] {
  const all: readonly (readonly [Pss, Expected])[] = [
    [{ hash: "sha256", saltLength: 32 }, valid],
    [{ hash: "sha256", saltLength: 20 }, valid],
    [{ hash: "sha384", saltLength: 48, trailerField: 1 }, valid],
    [{ hash: "sha512", saltLength: 64 }, valid],
    [
      { hash: "sha256", maskHash: "sha384", saltLength: 32 },
      { ...valid, boringSsl: "unsupported" },
    ],
    [
      { hash: "sha512", maskHash: "sha1", saltLength: 64 },
      { ...valid, boringSsl: "unsupported" },
    ],
    [{ hash: "sha256", saltLength: 32, trailerField: 2 }, invalid],
  ];
  const named = ({ hash, maskHash = hash, saltLength, trailerField }: Pss) =>
    `RSASSA-PSS, ${hash}, MGF1 with ${maskHash}, salt of ${saltLength}, trailer ${trailerField ?? "left out"}`;
  return all.flatMap(([pss, expected]) => [
    ofLeaf(named(pss), "rsa2048", { pss }, expected),
    ofLeaf(
      `${named(pss)}, by another key`,
      "rsa2048",
      { pss, signedBy: keysOf("rsa2048", 1) },
      { verdict: "invalid", boringSsl: expected.boringSsl === "unsupported" ? "unsupported" : "invalid" },
    ),
  ]);
}

function wrongRows(): readonly Row[] {
  const one = (name: string, keys: KeyKind, options: CertificateOptions) => ofLeaf(name, keys, options, invalid);
  return [
    one("another key", "rsa2048", { signedBy: keysOf("rsa2048", 1) }),
    one("another key of P-256", "p256", { signedBy: keysOf("p256", 8) }),
    one("another kind of key", "rsa2048", { signedBy: keysOf("p256") }),
    one("an algorithm said twice, and not the same", "rsa2048", {
      parts: { outerSignatureAlgorithm: der.sha1WithRsa },
    }),
    one("not whole bytes", "rsa2048", { parts: { signature: der.bits(new Uint8Array(256), 3) } }),
    ...(["rsa2048", "p256", "ed25519"] as const).map((keys) =>
      one(`no signature under ${keys}`, keys, { parts: { signature: der.bits(new Uint8Array(64).fill(0x5a)) } }),
    ),
  ];
}

function unsupportedRows(): readonly Row[] {
  const one = (name: string, keys: KeyKind, options: CertificateOptions) =>
    ofLeaf(name, keys, options, { verdict: "unsupported" });
  return [
    one("an algorithm that nobody knows", "p256", { parts: { signatureAlgorithm: der.sequence(der.oid("1.2.3.4")) } }),
    one("another mask generation", "rsa2048", { pss: { hash: "sha256", saltLength: 32, maskGeneration: "1.2.3.4" } }),
  ];
}
