import type { Algorithm, PublicKey } from "../model.ts";
import { oidName } from "./oids.ts";
import { type PssParameters, pssParameters, rsassaPss } from "./pss.ts";

/** How a signature is made: what the identifier of its algorithm, and its parameters, say. */
export interface SignatureScheme {
  /** The kinds of key that can have made it. */
  readonly keys: readonly PublicKey["kind"][];
  /** As NIST writes it: `SHA-256`, `SHA3-256`. `undefined`: the algorithm has its own, or it cannot be read. */
  readonly hash: string | undefined;
  /** Of RSASSA-PSS alone. */
  readonly pss?: PssParameters | undefined;
}

/** What CloudFront, API Gateway and Application Load Balancer take, with RSA or ECDSA. */
export const acceptedHashes: ReadonlySet<string> = new Set(["SHA-256", "SHA-384", "SHA-512"]);
/** With these a signature can be forged. */
export const brokenHashes: ReadonlySet<string> = new Set(["MD2", "MD4", "MD5", "SHA-1"]);

const nist = "2.16.840.1.101.3.4.3";
const sha2 = ["SHA-224", "SHA-256", "SHA-384", "SHA-512"];
const sha3 = ["SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"];

const schemes: ReadonlyMap<string, SignatureScheme> = new Map([
  ...family("rsa", [
    ["1.2.840.113549.1.1.2", "MD2"],
    ["1.2.840.113549.1.1.3", "MD4"],
    ["1.2.840.113549.1.1.4", "MD5"],
    ["1.2.840.113549.1.1.5", "SHA-1"],
    // Of OIW, which makecert of Windows wrote.
    ["1.3.14.3.2.29", "SHA-1"],
    ["1.2.840.113549.1.1.14", "SHA-224"],
    ["1.2.840.113549.1.1.11", "SHA-256"],
    ["1.2.840.113549.1.1.12", "SHA-384"],
    ["1.2.840.113549.1.1.13", "SHA-512"],
    ["1.2.840.113549.1.1.15", "SHA-512/224"],
    ["1.2.840.113549.1.1.16", "SHA-512/256"],
    ...numbered(nist, 13, sha3),
  ]),
  ...family("ec", [
    ["1.2.840.10045.4.1", "SHA-1"],
    ...numbered("1.2.840.10045.4.3", 1, sha2),
    ...numbered(nist, 9, sha3),
  ]),
  ...family("dsa", [["1.2.840.10040.4.3", "SHA-1"], ...numbered(nist, 1, sha2), ...numbered(nist, 5, sha3)]),
  // Those whose keys have the same identifier, and no hash to choose.
  ...family("ed25519", [["1.3.101.112", undefined]]),
  ...family("ed448", [["1.3.101.113", undefined]]),
  ...family("ml-dsa", numbered(nist, 17, [undefined, undefined, undefined])),
  ...family(
    "slh-dsa",
    numbered(
      nist,
      20,
      Array.from({ length: 12 }, () => undefined),
    ),
  ),
]);

function family(
  key: PublicKey["kind"],
  hashes: readonly (readonly [oid: string, hash: string | undefined])[],
): [string, SignatureScheme][] {
  return hashes.map(([oid, hash]) => [oid, { keys: [key], hash }]);
}

function numbered(
  arc: string,
  first: number,
  hashes: readonly (string | undefined)[],
): [oid: string, hash: string | undefined][] {
  return hashes.map((hash, place) => [`${arc}.${first + place}`, hash]);
}

/** `undefined`: an algorithm that is not known here. */
export function signatureScheme(algorithm: Algorithm, der: Uint8Array): SignatureScheme | undefined {
  if (algorithm.oid !== rsassaPss) return schemes.get(algorithm.oid);
  const pss = pssParameters(algorithm, der)?.value;
  return { keys: ["rsa", "rsa-pss"], hash: pss && oidName(pss.hash), pss };
}

/** To the byte, parameters included, as OpenSSL compares the two in a certificate (`X509_ALGOR_cmp`). */
export function isSameAlgorithm(
  der: Uint8Array,
  { oid, parameters: one }: Algorithm,
  { oid: other, parameters: two }: Algorithm,
): boolean {
  if (oid !== other) return false;
  if (one === undefined || two === undefined) return one === two;
  if (one.end - one.start !== two.end - two.start) return false;
  for (let at = 0; at < one.end - one.start; at++) if (der[one.start + at] !== der[two.start + at]) return false;
  return true;
}
