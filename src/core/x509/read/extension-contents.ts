import type { AuthorityKeyIdentifier, BasicConstraints, GeneralName, KeyUsage, Parsed } from "../model.ts";
import { bitsOf, type Cursor, checkInteger, Damaged, Kept, note, oidOf, smallInteger, truth } from "./der.ts";
import { alternativeNamesOf, generalNamesOf } from "./general-names.ts";
import { hex, signedHex } from "./hex.ts";
import {
  bitString,
  boolean,
  constructed,
  integer,
  objectIdentifier,
  octetString,
  primitive,
  sequence,
} from "./tags.ts";

export const longestKept = 64;

export const keptConstraints = new Kept<Parsed<BasicConstraints>>();

export const keptUsages = new Kept<Parsed<readonly KeyUsage[]>>();

export const keptPurposes = new Kept<Parsed<readonly string[]>>();

/** Most are one of these. */
const authority: BasicConstraints = { ca: true, pathLength: undefined };

const noAuthority: BasicConstraints = { ca: false, pathLength: undefined };

export function readBasicConstraints(cursor: Cursor): BasicConstraints {
  const { source, part } = cursor;
  const inner = cursor.into(sequence, part);
  const flag = inner.optional(boolean, part);
  const ca = flag !== undefined && truth(source, flag, part);
  const length = inner.optional(integer, part);
  inner.end();
  if (length === undefined) return ca ? authority : noAuthority;
  checkInteger(source, length, part);
  const pathLength = smallInteger(source, length);
  if (pathLength === undefined) throw new Damaged(part, length, { code: "der:long-path-length" });
  if (pathLength < 0) note(source, part, length, { code: "der:negative-path-length" });
  return { ca, pathLength };
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

export function readKeyUsage(cursor: Cursor): readonly KeyUsage[] {
  const { source, part } = cursor;
  const { start, end, unused } = bitsOf(source, cursor.take(bitString, part), part);
  const count = (end - start) * 8 - unused;
  let mask = 0;
  for (let bit = 0; bit < Math.min(count, usages.length); bit++)
    if (((source.bytes[start + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0) mask |= 1 << bit;
  return (usageSets[mask] ??= usages.filter((_, bit) => (mask & (1 << bit)) !== 0));
}

/** There are no more than 512; each is kept once. */
const usageSets: (readonly KeyUsage[])[] = [];

export function readExtendedKeyUsage(cursor: Cursor): string[] {
  const { source, part } = cursor;
  const inner = cursor.into(sequence, part);
  const purposes: string[] = [];
  while (inner.more) purposes.push(oidOf(source, inner.take(objectIdentifier, part), part));
  return purposes;
}

export function readGeneralNames(cursor: Cursor): GeneralName[] {
  return alternativeNamesOf(cursor);
}

export function readSubjectKeyIdentifier(cursor: Cursor): string {
  const { content, contentEnd } = cursor.take(octetString, cursor.part);
  return hex(cursor.source.bytes, content, contentEnd);
}

export function readAuthorityKeyIdentifier(cursor: Cursor): AuthorityKeyIdentifier {
  const { source, part } = cursor;
  const inner = cursor.into(sequence, part);
  const key = inner.optional(primitive(0), part);
  const issuer = inner.sees(constructed(1)) ? generalNamesOf(inner.into(constructed(1), part)) : undefined;
  const serial = inner.optional(primitive(2), part);
  inner.end();
  if (serial !== undefined) checkInteger(source, serial, part);
  return {
    keyIdentifier: key && authorityKeyOf(source.bytes, key.content, key.contentEnd),
    issuer,
    serial: serial && signedHex(source.bytes, serial.content, serial.contentEnd),
  };
}

/** All certificates of one issuer name the same key: it keeps one string. */
const authorityKeys = new Kept<string>();

function authorityKeyOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > longestKept) return hex(bytes, start, end);
  const found = authorityKeys.find(bytes, start, end);
  if (found !== undefined) return found;
  const key = hex(bytes, start, end);
  authorityKeys.keep(bytes, start, end, key);
  return key;
}
