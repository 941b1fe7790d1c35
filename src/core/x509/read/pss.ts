import type { Algorithm, Parsed } from "../model.ts";
import { attempt, Cursor, checkInteger, Damaged, derBytesOf, oidOf, smallInteger } from "./der.ts";
import { constructed, integer, nullValue, objectIdentifier, sequence } from "./tags.ts";

/** Parameters of RSASSA-PSS (RFC 4055 section 3.1), with its defaults where they say nothing. */
export interface PssParameters {
  /** OID. */
  readonly hash: string;
  /** OID; nothing but MGF1 is defined. */
  readonly maskGeneration: string;
  /** OID of the hash within MGF1. */
  readonly maskHash: string;
  /** In bytes. */
  readonly saltLength: number;
  /** 1 is the only one defined. */
  readonly trailerField: number;
}

export const rsassaPss = "1.2.840.113549.1.1.10";
export const mgf1 = "1.2.840.113549.1.1.8";
const sha1 = "1.3.14.3.2.26";

/** `undefined` for any other algorithm. */
export function pssParameters({ oid, parameters }: Algorithm, der: Uint8Array): Parsed<PssParameters> {
  if (oid !== rsassaPss) return undefined;
  const part = "signatureAlgorithm.parameters";
  return attempt(() => {
    if (parameters === undefined) throw new Damaged(part, { start: 0, end: 0 }, { code: "der:no-pss-parameters" });
    return pssParametersIn(new Cursor(derBytesOf(der), parameters.start, parameters.end, part));
  });
}

/** @throws {Damaged} */
export function pssParametersIn(cursor: Cursor): PssParameters {
  const { source, part } = cursor;
  const inner = cursor.into(sequence, part);
  const hash = inner.sees(constructed(0)) ? hashIn(inner.into(constructed(0), part)) : sha1;
  let [maskGeneration, maskHash] = [mgf1, sha1];
  if (inner.sees(constructed(1))) {
    const explicit = inner.into(constructed(1), part);
    const mask = explicit.into(sequence, part);
    explicit.end();
    maskGeneration = oidOf(source, mask.take(objectIdentifier, part), part);
    maskHash = hashIn(mask);
    mask.end();
  }
  const saltLength = numberIn(inner, 2) ?? 20;
  const trailerField = numberIn(inner, 3) ?? 1;
  inner.end();
  return { hash, maskGeneration, maskHash, saltLength, trailerField };
}

function hashIn(cursor: Cursor): string {
  const { source, part } = cursor;
  const algorithm = cursor.into(sequence, part);
  const oid = oidOf(source, algorithm.take(objectIdentifier, part), part);
  if (algorithm.more) algorithm.take(nullValue, part);
  algorithm.end();
  return oid;
}

function numberIn(cursor: Cursor, tag: number): number | undefined {
  const { source, part } = cursor;
  if (!cursor.sees(constructed(tag))) return undefined;
  const explicit = cursor.into(constructed(tag), part);
  const element = explicit.take(integer, part);
  explicit.end();
  checkInteger(source, element, part);
  const value = smallInteger(source, element);
  if (value === undefined || value < 0) throw new Damaged(part, element, { code: "der:number-out-of-range" });
  return value;
}
