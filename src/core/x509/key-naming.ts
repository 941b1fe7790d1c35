import type { Algorithm, PublicKey } from "./model.ts";
import { type Called, showable } from "./naming.ts";
import { oidName } from "./read/oids.ts";
import { signatureScheme } from "./read/signature-algorithm.ts";

/** What a key or an algorithm is called where its name alone does not say enough. */
export type KeyReason =
  | {
      readonly code: "x509:key-on-curve-of-its-own";
      readonly args: { readonly key: string };
    }
  | {
      readonly code: "x509:key-with-exponent";
      readonly args: { readonly key: string; readonly exponent: Called };
    }
  | {
      readonly code: "x509:signature-pss";
      readonly args: {
        readonly hash: string;
        readonly maskGeneration: string;
        readonly maskHash: string;
        readonly saltLength: number;
      };
    }
  | {
      readonly code: "x509:signature";
      readonly args: { readonly key: string; readonly hash: string };
    };

export type KeyCalled = string | KeyReason;

/** NIST's names for the curves that have one. */
const curveNames: Readonly<Record<string, string>> = {
  prime192v1: "P-192",
  secp224r1: "P-224",
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

export function keyCalled({
  kind,
  algorithm,
  bits,
  curve,
  exponent,
}: Pick<PublicKey, "kind" | "algorithm" | "bits" | "curve" | "exponent">): KeyCalled {
  const name = oidName(algorithm.oid) ?? algorithm.oid;
  const sized = (word: string) => (bits === undefined ? word : `${word} ${bits}`);
  switch (kind) {
    case "rsa":
      return withExponent(sized("RSA"), exponent);
    case "rsa-pss":
      return withExponent(sized("RSA-PSS"), exponent);
    case "ec":
      return curve === undefined
        ? { code: "x509:key-on-curve-of-its-own", args: { key: sized("ECDSA") } }
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

/** 65537 is the usual exponent, and left out. */
function withExponent(key: string, exponent: string | undefined): KeyCalled {
  return exponent === undefined || exponent === "65537"
    ? key
    : { code: "x509:key-with-exponent", args: { key, exponent: showable(exponent, 40) } };
}

export function signatureCalled(algorithm: Algorithm, der: Uint8Array): KeyCalled {
  const scheme = signatureScheme(algorithm, der);
  const name = oidName(algorithm.oid) ?? algorithm.oid;
  if (scheme?.pss !== undefined) {
    const { hash, maskGeneration, maskHash, saltLength } = scheme.pss;
    return {
      code: "x509:signature-pss",
      args: {
        hash: oidName(hash) ?? hash,
        maskGeneration: oidName(maskGeneration) ?? maskGeneration,
        maskHash: oidName(maskHash) ?? maskHash,
        saltLength,
      },
    };
  }
  const [key] = scheme?.keys ?? [];
  if (key === "ed25519") return "Ed25519";
  if (key === "ed448") return "Ed448";
  const word = key === "rsa" ? "RSA" : key === "ec" ? "ECDSA" : key === "dsa" ? "DSA" : undefined;
  return word === undefined || scheme?.hash === undefined
    ? name
    : { code: "x509:signature", args: { key: word, hash: scheme.hash } };
}
