import { isChecked } from "./extension-grammar.ts";
import { ExtensionPlaces, isPlainExtension, rememberExtension } from "./extensions.ts";
import { behindOid, Headers } from "./headers.ts";
import type { Layout } from "./layout.ts";
import { isPlainContent } from "./plain-extensions.ts";
import { commonKeyAt } from "./public-key.ts";
import {
  bitString,
  boolean,
  constructed,
  generalizedTime,
  ia5String,
  integer,
  nullValue,
  octetString,
  printableString,
  sequence,
  set,
  utcTime,
  utf8String,
} from "./tags.ts";
import { plainMoment } from "./time.ts";

const headers = new Headers();

/**
 * The layout of a certificate of which nothing is in doubt: DER to the letter, all of its parts of the usual types.
 * `undefined` for anything else, from the first byte that is in doubt: then `walk` reads it, and says what is wrong.
 */
export function soundLayout(bytes: Uint8Array): Layout | undefined {
  headers.bytes = bytes;
  if (!headers.open(sequence, 0, bytes.length)) return undefined;
  const outerEnd = headers.end;
  if (!headers.open(sequence, headers.content, outerEnd)) return undefined;
  const { content: tbsContent, end: tbsEnd } = headers;
  let at = tbsContent;
  let version = 1;
  if (bytes[at] === constructed(0)) {
    // [0] { INTEGER } of one octet.
    if (bytes[at + 1] !== 3 || bytes[at + 2] !== integer || bytes[at + 3] !== 1 || (bytes[at + 4] ?? 0xff) > 0x7f)
      return undefined;
    version = (bytes[at + 4] ?? 0) + 1;
    at += 5;
  }
  const serial = at;
  at = behindSerial(serial, tbsEnd);
  const isCommonSerial = isPositive(bytes, headers.content, at);
  const signatureAlgorithm = at;
  at = at === 0 ? 0 : behindAlgorithm(at, tbsEnd);
  const signatureAlgorithmEnd = at;
  const issuer = at;
  at = at === 0 ? 0 : behindName(at, tbsEnd);
  if (at === 0 || !headers.open(sequence, at, tbsEnd)) return undefined;
  const { content: notBefore, end: validityEnd } = headers;
  if (!opensTime(notBefore, validityEnd)) return undefined;
  const notAfter = headers.end;
  const hasDates = isPlainDate(notBefore);
  if (!opensTime(notAfter, validityEnd) || headers.end !== validityEnd) return undefined;
  const isDated = hasDates && isPlainDate(notAfter);
  const subject = validityEnd;
  const publicKey = behindName(subject, tbsEnd);
  at = publicKey === 0 ? 0 : behindPublicKey(publicKey, tbsEnd);
  if (at === 0) return undefined;
  const isCommonKey = commonKeyAt(bytes, publicKey, at) !== undefined;
  let extensions: ExtensionPlaces | undefined;
  let arePlain = true;
  if (at < tbsEnd) {
    if (!headers.fills(constructed(3), at, tbsEnd)) return undefined;
    extensions = new ExtensionPlaces(headers.content);
    const read = readExtensions(extensions, tbsEnd);
    if (read === "doubt") return undefined;
    arePlain = read === "plain";
  }
  const outerAlgorithm = tbsEnd;
  const signature = behindAlgorithm(outerAlgorithm, outerEnd);
  if (
    signature === 0 ||
    !headers.fills(bitString, signature, outerEnd) ||
    bytes[headers.content] !== 0 ||
    headers.content === outerEnd
  )
    return undefined;
  return {
    tbs: tbsStart(bytes),
    version,
    serial,
    signatureAlgorithm,
    issuer,
    notBefore,
    notAfter,
    subject,
    publicKey,
    outerSignatureAlgorithm: outerAlgorithm,
    signature,
    extensions,
    isFaultless:
      isCommonSerial &&
      isDated &&
      isCommonKey &&
      arePlain &&
      isSame(bytes, signatureAlgorithm, signatureAlgorithmEnd, outerAlgorithm, signature),
    end: outerEnd,
  };
}

/** Behind the outermost header. */
function tbsStart(bytes: Uint8Array): number {
  const first = bytes[1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

/** A longer one is looked at by `walk`. */
const longestSerial = 64;

// Each of these gives where the part ends, or 0 where it is in doubt.

function behindSerial(at: number, limit: number): number {
  if (!headers.open(integer, at, limit)) return 0;
  const { bytes, content, end } = headers;
  if (end === content || end - content > longestSerial) return 0;
  const first = bytes[content] ?? 0;
  const isNegative = (bytes[content + 1] ?? 0) >= 0x80;
  return end - content > 1 && ((first === 0 && !isNegative) || (first === 0xff && isNegative)) ? 0 : end;
}

/** And no longer than 20 octets: the serial number as RFC 5280 has it. */
function isPositive(bytes: Uint8Array, content: number, end: number): boolean {
  const first = bytes[content] ?? 0;
  return end - content <= 20 && first < 0x80 && (first > 0 || end - content > 1);
}

/** Without parameters, with NULL, or with an OID for them; but not RSASSA-PSS, which has a good deal to say. */
function behindAlgorithm(at: number, limit: number): number {
  if (!headers.open(sequence, at, limit)) return 0;
  const { content, end } = headers;
  const parameters = behindOid(headers, content, end);
  if (parameters === 0 || isPss(headers.bytes, content, parameters)) return 0;
  if (parameters === end) return end;
  const { bytes } = headers;
  if (bytes[parameters] === nullValue) return bytes[parameters + 1] === 0 && parameters + 2 === end ? end : 0;
  return behindOid(headers, parameters, end) === end ? end : 0;
}

/** Whether an OID is 1.2.840.113549.1.1.10, or one that looks like it. */
function isPss(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 11 && bytes[start + 2] === 0x2a && bytes[end - 1] === 10;
}

/** Of texts in ASCII alone. */
function behindName(at: number, limit: number): number {
  if (!headers.open(sequence, at, limit)) return 0;
  const { end, bytes } = headers;
  for (let rdn = headers.content; rdn < end; ) {
    if (!headers.open(set, rdn, end)) return 0;
    const rdnEnd = headers.end;
    for (let attribute = headers.content; attribute < rdnEnd; ) {
      if (!headers.open(sequence, attribute, rdnEnd)) return 0;
      const attributeEnd = headers.end;
      const value = behindOid(headers, headers.content, attributeEnd);
      if (value === 0) return 0;
      const tag = bytes[value];
      if (tag !== utf8String && tag !== printableString && tag !== ia5String) return 0;
      if (!headers.fills(tag, value, attributeEnd)) return 0;
      for (let place = headers.content; place < attributeEnd; place++) if ((bytes[place] ?? 0) >= 0x80) return 0;
      attribute = attributeEnd;
    }
    rdn = rdnEnd;
  }
  return end;
}

function opensTime(at: number, limit: number): boolean {
  return headers.open(headers.bytes[at] === utcTime ? utcTime : generalizedTime, at, limit);
}

/** Of the time whose header was read last. */
function isPlainDate(at: number): boolean {
  return plainMoment(headers.bytes, headers.bytes[at] ?? 0, headers.content, headers.end) !== undefined;
}

function behindPublicKey(at: number, limit: number): number {
  if (!headers.open(sequence, at, limit)) return 0;
  const { end } = headers;
  const key = behindAlgorithm(headers.content, end);
  if (key === 0 || !headers.fills(bitString, key, end)) return 0;
  return headers.content < end && headers.bytes[headers.content] === 0 ? end : 0;
}

function readExtensions(places: ExtensionPlaces, limit: number): "plain" | "other" | "doubt" {
  const { bytes } = headers;
  if (!headers.fills(sequence, places.list, limit)) return "doubt";
  let arePlain = true;
  places.areOthersPlain = true;
  for (let at = headers.content; at < limit; ) {
    if (!headers.open(sequence, at, limit)) return "doubt";
    const { content: type, end } = headers;
    let next = behindOid(headers, type, end);
    if (next === 0) return "doubt";
    const typeEnd = next;
    const typeStart = headers.content;
    let isCritical = false;
    if (bytes[next] === boolean) {
      if (bytes[next + 1] !== 1 || (bytes[next + 2] !== 0 && bytes[next + 2] !== 0xff)) return "doubt";
      isCritical = bytes[next + 2] === 0xff;
      next += 3;
    }
    if (next >= end || !headers.fills(octetString, next, end)) return "doubt";
    rememberExtension(places, bytes, typeStart, typeEnd, next, isCritical);
    const { content } = headers;
    if (!isPlainExtension(bytes, typeStart, typeEnd, content, end)) arePlain = false;
    if (isChecked(bytes, typeStart, typeEnd) && !isPlainContent(bytes, typeStart, typeEnd, content, end))
      places.areOthersPlain = false;
    at = end;
  }
  return arePlain && places.areOthersPlain && !places.mayRepeat ? "plain" : "other";
}

function isSame(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let at = start; at < end; at++) if (bytes[at] !== bytes[otherStart + at - start]) return false;
  return true;
}
