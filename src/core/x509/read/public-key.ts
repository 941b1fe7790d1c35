import type { Algorithm, Fault, PublicKey, Slice } from "../model.ts";
import {
  attempt,
  bitLength,
  bitsOf,
  Cursor,
  checkInteger,
  checkPrimitive,
  Damaged,
  type DerBytes,
  type Element,
  elementIn,
  note,
  oidOf,
} from "./der.ts";
import { hex } from "./hex.ts";
import { curveOf } from "./oids.ts";
import { pssParametersIn } from "./pss.ts";
import { bitString, integer, objectIdentifier, sequence } from "./tags.ts";

export function takeAlgorithm(cursor: Cursor, part: string): Element {
  const algorithm = cursor.take(sequence, part);
  const inner = new Cursor(cursor.source, algorithm.content, algorithm.contentEnd, part);
  oidOf(cursor.source, inner.take(objectIdentifier, part), part);
  if (inner.more) checkPrimitive(cursor.source, inner.any(part), part);
  inner.end();
  return algorithm;
}

/** Of an element that `takeAlgorithm` took. */
export function algorithmAt(source: DerBytes, start: number): Algorithm {
  const algorithm = elementIn(source, start);
  const type = elementIn(source, algorithm.content);
  const parameters = type.end < algorithm.contentEnd ? elementIn(source, type.end) : undefined;
  return { oid: oidOf(source, type, ""), parameters: parameters && { start: parameters.start, end: parameters.end } };
}

/** Reads over a SubjectPublicKeyInfo; what the key is, is read when it is asked for. */
export function takePublicKey(cursor: Cursor, part: string): Element {
  const key = cursor.take(sequence, part);
  const inner = new Cursor(cursor.source, key.content, key.contentEnd, part);
  takeAlgorithm(inner, part);
  bitsOf(cursor.source, inner.take(bitString, part), part);
  inner.end();
  return key;
}

interface Key {
  readonly bits?: number | undefined;
  readonly curve?: PublicKey["curve"];
  readonly exponent?: string | undefined;
  /** What is wrong in a key that was read. */
  readonly fault?: Fault | undefined;
}

type Reader = (key: Cursor, parameters: Cursor | undefined) => Key;

/** Keys without anything to read in them. */
const plain: Reader = () => ({});

const algorithms: ReadonlyMap<string, { readonly kind: PublicKey["kind"]; readonly read: Reader }> = new Map([
  ["1.2.840.113549.1.1.1", { kind: "rsa", read: readRsa }],
  // Of X.500, which a few old authorities used.
  ["2.5.8.1.1", { kind: "rsa", read: readRsa }],
  ["1.2.840.113549.1.1.10", { kind: "rsa-pss", read: readRsaPss }],
  ["1.2.840.10045.2.1", { kind: "ec", read: readEc }],
  ["1.3.101.110", { kind: "x25519", read: sized(32) }],
  ["1.3.101.111", { kind: "x448", read: sized(56) }],
  ["1.3.101.112", { kind: "ed25519", read: sized(32) }],
  ["1.3.101.113", { kind: "ed448", read: sized(57) }],
  ["1.2.840.10040.4.1", { kind: "dsa", read: readGroup }],
  // Of OIW, before X9.57 gave it the other.
  ["1.3.14.3.2.12", { kind: "dsa", read: readGroup }],
  ["1.2.840.10046.2.1", { kind: "other", read: readGroup }],
  ["1.2.840.113549.1.3.1", { kind: "other", read: readGroup }],
  ["2.16.840.1.101.3.4.3.17", { kind: "ml-dsa", read: sized(1312) }],
  ["2.16.840.1.101.3.4.3.18", { kind: "ml-dsa", read: sized(1952) }],
  ["2.16.840.1.101.3.4.3.19", { kind: "ml-dsa", read: sized(2592) }],
  ["2.16.840.1.101.3.4.4.1", { kind: "ml-kem", read: sized(800) }],
  ["2.16.840.1.101.3.4.4.2", { kind: "ml-kem", read: sized(1184) }],
  ["2.16.840.1.101.3.4.4.3", { kind: "ml-kem", read: sized(1568) }],
]);

const other = { kind: "other", read: plain } as const;
const slhDsa = { kind: "slh-dsa", read: plain } as const;

function algorithmOf(oid: string): { readonly kind: PublicKey["kind"]; readonly read: Reader } {
  const known = algorithms.get(oid);
  if (known !== undefined) return known;
  // NIST's arc for signatures: 20 to 31 are SLH-DSA, 35 to 46 the same with a hash before it.
  const number = Number(/^2\.16\.840\.1\.101\.3\.4\.3\.(\d+)$/.exec(oid)?.[1]);
  return (number >= 20 && number <= 31) || (number >= 35 && number <= 46) ? slhDsa : other;
}

/** Of an element that `takePublicKey` took. */
export function publicKeyAt(source: DerBytes, start: number, part: string): PublicKey {
  return new DecodedPublicKey(source, start, part);
}

interface CommonKey {
  /** The octets of a SubjectPublicKeyInfo as far as they are the same in all of these. */
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly length: number;
  readonly kind: "ec" | "rsa";
  readonly read: Key;
}

/** What nearly every key is: an uncompressed point of a NIST curve, or an RSA modulus without a fault, and 65537. */
const commonKeys: readonly CommonKey[] = [
  commonPoint("1.2.840.10045.3.1.7", "3059301306072a8648ce3d020106082a8648ce3d03010703420004", 91),
  commonPoint("1.3.132.0.34", "3076301006072a8648ce3d020106052b8104002203620004", 120),
  commonPoint("1.3.132.0.35", "30819b301006072a8648ce3d020106052b810400230381860004", 158),
  commonModulus(2048, "30820122300d06092a864886f70d01010105000382010f003082010a0282010100"),
  commonModulus(3072, "308201a2300d06092a864886f70d01010105000382018f003082018a0282018100"),
  commonModulus(4096, "30820222300d06092a864886f70d01010105000382020f003082020a0282020100"),
];

function commonPoint(oid: string, head: string, length: number): CommonKey {
  const curve = curveOf(oid);
  return { head: octets(head), tail: octets(""), length, kind: "ec", read: { bits: curve?.bits, curve } };
}

function commonModulus(bits: number, head: string): CommonKey {
  return {
    head: octets(head),
    tail: octets("0203010001"),
    length: head.length / 2 + bits / 8 + 5,
    kind: "rsa",
    read: { bits, exponent: "65537" },
  };
}

function octets(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The common key that a SubjectPublicKeyInfo is; with `undefined` it may be any other. */
export function commonKeyAt(bytes: Uint8Array, start: number, end: number): CommonKey | undefined {
  for (const common of commonKeys) {
    const { head, tail, length, kind } = common;
    if (length !== end - start || !isAt(bytes, start, head) || !isAt(bytes, end - tail.length, tail)) continue;
    return kind === "rsa" && (bytes[start + head.length] ?? 0) < 0x80 ? undefined : common;
  }
  return undefined;
}

function isAt(bytes: Uint8Array, start: number, part: Uint8Array): boolean {
  for (let at = 0; at < part.length; at++) if (bytes[start + at] !== part[at]) return false;
  return true;
}

class DecodedPublicKey implements PublicKey {
  readonly kind: PublicKey["kind"];
  readonly bits: number | undefined;
  readonly curve: PublicKey["curve"];
  readonly exponent: string | undefined;
  readonly fault: Fault | undefined;
  readonly #source: DerBytes;
  readonly #start: number;

  constructor(source: DerBytes, start: number, part: string) {
    this.#source = source;
    this.#start = start;
    const spki = elementIn(source, start);
    const common = commonKeyAt(source.bytes, start, spki.end);
    if (common !== undefined) {
      this.kind = common.kind;
      this.bits = common.read.bits;
      this.curve = common.read.curve;
      this.exponent = common.read.exponent;
      this.fault = undefined;
      return;
    }
    const { oid, parameters } = this.algorithm;
    const { kind, read } = algorithmOf(oid);
    const { value, fault } = attempt(() => {
      const key = elementIn(source, elementIn(source, spki.content).end);
      const { start: from, end } = bitsOf(source, key, part);
      return read(
        new Cursor(source, from, end, part),
        parameters && new Cursor(source, parameters.start, parameters.end, part),
      );
    });
    this.kind = kind;
    this.bits = value?.bits;
    this.curve = value?.curve;
    this.exponent = value?.exponent;
    this.fault = fault ?? value?.fault;
  }

  get algorithm(): Algorithm {
    return algorithmAt(this.#source, elementIn(this.#source, this.#start).content);
  }

  get spki(): Slice {
    return { start: this.#start, end: elementIn(this.#source, this.#start).end };
  }
}

/** Larger numbers are not written out: they are of no use, and the time grows faster than their length. */
const longestExponent = 512;

/** RFC 8017 section 3.1. */
function isOddFromThree(bytes: Uint8Array, { content, contentEnd }: Element): boolean {
  const last = bytes[contentEnd - 1] ?? 0;
  const isLong = bytes.subarray(content, contentEnd - 1).some((octet) => octet > 0);
  return (last & 1) === 1 && (isLong || last >= 3);
}

function readRsa(key: Cursor): Key {
  const { source, part } = key;
  const inner = key.into(sequence, part);
  const modulus = inner.take(integer, part);
  const exponent = inner.take(integer, part);
  inner.end();
  key.end();
  const length = exponent.contentEnd - exponent.content;
  if (length > longestExponent)
    throw new Damaged(part, exponent, { code: "der:long-exponent", args: { length, most: longestExponent } });
  // OpenSSL takes the octets without a sign.
  const fault = signFault(source, modulus, part) ?? signFault(source, exponent, part);
  if (fault === undefined && !isOddFromThree(source.bytes, exponent))
    note(source, part, exponent, { code: "der:exponent" });
  return {
    bits: bitLength(source.bytes, modulus.content, modulus.contentEnd),
    exponent: decimal(source.bytes, exponent),
    fault,
  };
}

function signFault({ bytes }: DerBytes, { start, content, end }: Element, part: string): Fault | undefined {
  if ((bytes[content] ?? 0) < 0x80) return undefined;
  return {
    part,
    at: { start, end },
    reason: { code: "der:negative-number" },
  };
}

function decimal(bytes: Uint8Array, { content, contentEnd }: Element): string {
  if (contentEnd - content <= 6) {
    let value = 0;
    for (let at = content; at < contentEnd; at++) value = value * 256 + (bytes[at] ?? 0);
    return String(value);
  }
  return String(BigInt(`0x${hex(bytes, content, contentEnd)}`));
}

function readRsaPss(key: Cursor, parameters: Cursor | undefined): Key {
  // Without parameters the key may be used with any of them.
  if (parameters !== undefined) pssParametersIn(parameters);
  return readRsa(key);
}

function readEc(key: Cursor, parameters: Cursor | undefined): Key {
  const { source, part } = key;
  const isNamed = parameters?.sees(objectIdentifier) === true;
  if (parameters === undefined) throw new Damaged(part, { start: key.at, end: key.at }, { code: "der:no-curve" });
  if (!isNamed) return { bits: explicitBits(parameters) };
  const oid = oidOf(source, parameters.take(objectIdentifier, part), part);
  const curve = curveOf(oid);
  if (curve === undefined) return { curve: { oid, name: oid } };
  return { bits: curve.bits, curve, fault: pointFault(key, curve.octets) };
}

/** An uncompressed point has two coordinates, a compressed one has one, and each has the field's length. */
function pointFault(key: Cursor, octets: number): Fault | undefined {
  const { source, part, at, limit } = key;
  const [form, length] = [source.bytes[at], limit - at - 1];
  const isPoint =
    form === 2 || form === 3 ? length === octets : (form === 4 || form === 6 || form === 7) && length === octets * 2;
  return isPoint ? undefined : { part, at: { start: at, end: limit }, reason: { code: "der:not-on-curve" } };
}

/** ECParameters (X9.62): a curve spelled out. Its size is that of the order, as OpenSSL counts. */
function explicitBits(parameters: Cursor): number {
  const { source, part } = parameters;
  const inner = parameters.into(sequence, part);
  inner.take(integer, part);
  inner.take(sequence, part);
  inner.take(sequence, part);
  inner.any(part);
  const order = inner.take(integer, part);
  checkInteger(source, order, part);
  return bitLength(source.bytes, order.content, order.contentEnd);
}

/** DSA and Diffie-Hellman: the size is that of the prime, which the parameters begin with. */
function readGroup(key: Cursor, parameters: Cursor | undefined): Key {
  const { source, part } = key;
  key.take(integer, part);
  key.end();
  if (parameters?.sees(sequence) !== true) return {};
  const prime = parameters.into(sequence, part).take(integer, part);
  return { bits: bitLength(source.bytes, prime.content, prime.contentEnd) };
}

function sized(octets: number): Reader {
  return ({ part, at, limit }) => {
    if (limit - at !== octets)
      throw new Damaged(
        part,
        { start: at, end: limit },
        { code: "der:key-length", args: { found: limit - at, expected: octets } },
      );
    return {};
  };
}
