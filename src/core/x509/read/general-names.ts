import type { GeneralName } from "../model.ts";
import { Cursor, Damaged, type DerBytes, type Element, elementAt, note, oidOf } from "./der.ts";
import { utf8 } from "./hex.ts";
import { isAscii, latin1, nameAt, takeName, textOf } from "./names.ts";
import { constructed, objectIdentifier, primitive, sequence } from "./tags.ts";

const email = primitive(1);
const dns = primitive(2);
const uri = primitive(6);
const ip = primitive(7);
const registeredId = primitive(8);
const other = constructed(0);
const x400 = constructed(3);
const directory = constructed(4);
const ediParty = constructed(5);

/** Reads the names that `cursor` still has; the SEQUENCE around them may be implicit. */
export function generalNamesOf(cursor: Cursor): GeneralName[] {
  const names: GeneralName[] = [];
  while (cursor.more) names.push(generalNameOf(cursor.source, cursor.any(cursor.part), cursor.part));
  return names;
}

/**
 * Names that a certificate has besides its subject or its issuer. What RFC 5280 section 4.2.1.6 does not allow, and
 * OpenSSL reads all the same, is noted.
 */
export function alternativeNamesOf(cursor: Cursor): GeneralName[] {
  const { source, part, at: start } = cursor;
  const list = cursor.into(sequence, part);
  if (!list.more) note(source, part, { start, end: cursor.at }, { code: "der:empty" });
  const names: GeneralName[] = [];
  while (list.more) {
    const element = list.any(part);
    names.push(generalNameOf(source, element, part));
    const { tag, content, contentEnd } = element;
    const length = contentEnd - content;
    if (tag === ip && length !== 4 && length !== 16)
      note(source, part, element, { code: "der:address-length", args: { found: length } });
    if ((tag === dns || tag === email || tag === uri) && !isAsciiIn(source.bytes, content, contentEnd))
      note(source, part, element, { code: "der:not-ascii" });
  }
  return names;
}

function isAsciiIn(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

/** @throws {Damaged} where the element there has no content. */
export function refuseEmpty(source: DerBytes, start: number, end: number, part: string): void {
  const { content, contentEnd } = elementAt(source, start, end, part);
  if (content === contentEnd) throw new Damaged(part, { start, end }, { code: "der:empty" });
}

export function generalNameOf(source: DerBytes, element: Element, part: string): GeneralName {
  const { bytes } = source;
  const { tag, start, end, content, contentEnd } = element;
  const slice = { start, end };
  switch (tag) {
    case email:
      return { kind: "email", value: ia5Of(bytes, content, contentEnd), slice };
    case dns:
      return { kind: "dns", value: ia5Of(bytes, content, contentEnd), slice };
    case uri:
      return { kind: "uri", value: ia5Of(bytes, content, contentEnd), slice };
    case ip:
      return { kind: "ip", value: addressOf(bytes, content, contentEnd), slice };
    case registeredId:
      return { kind: "registered-id", value: oidOf(source, element, part), slice };
    case directory: {
      const inner = new Cursor(source, content, contentEnd, part);
      const name = takeName(inner, part);
      inner.end();
      return { kind: "directory", value: nameAt(bytes, name), slice };
    }
    case other: {
      const inner = new Cursor(source, content, contentEnd, part);
      const oid = oidOf(source, inner.take(objectIdentifier, part), part);
      const explicit = inner.into(constructed(0), part);
      inner.end();
      const value = explicit.any(part);
      explicit.end();
      return {
        kind: "other",
        oid,
        content: { start: value.start, end: value.end },
        value: textOf(source, value),
        slice,
      };
    }
    case x400:
      return { kind: "x400", value: undefined, slice };
    case ediParty:
      return { kind: "edi-party", value: undefined, slice };
    default:
      throw new Damaged(part, element, { code: "der:kind-of-name" });
  }
}

/** ASCII alone is allowed; where there is more, it is UTF-8 more often than not. */
function ia5Of(bytes: Uint8Array, start: number, end: number): string {
  const text = latin1(bytes, start, end);
  return isAscii(text) ? text : (utf8(bytes.subarray(start, end)) ?? text);
}

/** An address, or an address with its mask as name constraints have it. */
function addressOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  const octets = [...bytes.subarray(start, Math.min(end, start + 33))];
  switch (octets.length) {
    case 4:
      return octets.join(".");
    case 16:
      return version6(octets);
    case 8:
      return `${octets.slice(0, 4).join(".")}/${prefixOf(octets.slice(4)) ?? octets.slice(4).join(".")}`;
    case 32:
      return `${version6(octets.slice(0, 16))}/${prefixOf(octets.slice(16)) ?? version6(octets.slice(16))}`;
    default:
      return undefined;
  }
}

/** As RFC 5952 writes it, but for embedded IPv4. */
function version6(octets: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((octets[index * 2] ?? 0) << 8) | (octets[index * 2 + 1] ?? 0)).toString(16),
  ).join(":");
  const zeros = [...groups.matchAll(/(?:^|(?<=:))0(?::0)+(?=$|:)/g)];
  const longest = zeros.reduce<RegExpExecArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  if (longest === undefined) return groups;
  return `${groups.slice(0, longest.index).replace(/:$/, "")}::${groups.slice(longest.index + longest[0].length).replace(/^:/, "")}`;
}

/** How many ones a mask begins with; `undefined` where more come behind a zero. */
function prefixOf(mask: readonly number[]): number | undefined {
  const bits = mask.map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.replaceAll("0", "").length : undefined;
}
