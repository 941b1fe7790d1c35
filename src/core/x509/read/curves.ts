import type { Certificate } from "../model.ts";
import { bitsOf, derBytesOf, elementIn } from "./der.ts";
import { hex } from "./hex.ts";

/** y² = x³ - 3x + b modulo p (SP 800-186 section 3.2.1): the curves that one or another service takes. */
interface Curve {
  readonly p: bigint;
  readonly b: bigint;
  /** Of a coordinate. */
  readonly octets: number;
}

const curves: ReadonlyMap<string, Curve> = new Map([
  [
    "1.2.840.10045.3.1.7",
    {
      p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
      octets: 32,
    },
  ],
  [
    "1.3.132.0.34",
    {
      p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
      octets: 48,
    },
  ],
  [
    "1.3.132.0.35",
    {
      p: 2n ** 521n - 1n,
      b: BigInt(
        "0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
      ),
      octets: 66,
    },
  ],
]);

/**
 * Whether the key of a certificate is certainly none: it names a curve, and its point is not on it. A key that cannot
 * be read is a fault of its own. It takes a microsecond or more, which is much beside reading a certificate.
 */
export function isOffCurve({ publicKey: { kind, curve, fault, spki }, der }: Certificate): boolean {
  const known = kind === "ec" && fault === undefined ? curves.get(curve?.oid ?? "") : undefined;
  if (known === undefined) return false;
  const source = derBytesOf(der);
  const { start, end } = bitsOf(
    source,
    elementIn(source, elementIn(source, elementIn(source, spki.start).content).end),
    "",
  );
  const { p, b, octets } = known;
  const x = numberIn(der, start + 1, octets);
  if (x >= p) return true;
  const square = (x * x - 3n) * x + b;
  // A compressed point is its x, and which of the two y belong to it.
  if (end - start === octets + 1) return !isSquare(((square % p) + p) % p, p);
  const y = numberIn(der, start + 1 + octets, octets);
  // One remainder for both sides: it is what takes longest.
  return y >= p || (y * y - square) % p !== 0n;
}

function isSquare(value: bigint, p: bigint): boolean {
  return value === 0n || power(value, (p - 1n) / 2n, p) === 1n;
}

function numberIn(bytes: Uint8Array, start: number, octets: number): bigint {
  return BigInt(`0x${hex(bytes, start, start + octets)}`);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}
