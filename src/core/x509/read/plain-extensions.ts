import { behindOid, Headers } from "./headers.ts";
import { constructed, ia5String, primitive, sequence } from "./tags.ts";

const headers = new Headers();
const uri = primitive(6);

/**
 * Whether it is certain without reading it that nothing is wrong in what an extension says: of the three that nearly
 * every certificate has, the forms that nearly all of them have.
 */
export function isPlainContent(
  bytes: Uint8Array,
  type: number,
  typeEnd: number,
  content: number,
  end: number,
): boolean {
  headers.bytes = bytes;
  if (typeEnd - type === 3) {
    // 2.5.29.31 and 2.5.29.32.
    if (bytes[type + 2] === 31) return arePlainPoints(content, end);
    return bytes[type + 2] === 32 && arePlainPolicies(content, end);
  }
  // Of 1.3.6.1.5.5.7.1, authority information access: eight octets, the last of them 1.
  return typeEnd - type === 8 && bytes[type + 5] === 7 && bytes[typeEnd - 1] === 1 && isPlainAccess(content, end);
}

/** A SEQUENCE of something. */
function opensList(content: number, end: number): boolean {
  return headers.fills(sequence, content, end) && headers.content < end;
}

/** Where the OIDs of the policies stand that were read; of more of them it is in doubt whether each is there once. */
const policyPlaces = new Uint32Array(8);

function isKnownPolicy(count: number, type: number, end: number): boolean {
  const { bytes } = headers;
  for (let known = 0; known < count; known++) {
    const start = policyPlaces[known] ?? 0;
    let at = type;
    while (at < end && bytes[at] === bytes[start + at - type]) at++;
    if (at === end) return true;
  }
  return false;
}

/** Each with the full name of a distribution point that is nothing but URIs. */
function arePlainPoints(content: number, end: number): boolean {
  if (!opensList(content, end)) return false;
  for (let at = headers.content; at < end; ) {
    if (!headers.open(sequence, at, end)) return false;
    const pointEnd = headers.end;
    if (!headers.fills(constructed(0), headers.content, pointEnd)) return false;
    if (!headers.fills(constructed(0), headers.content, pointEnd)) return false;
    for (let name = headers.content; name < pointEnd; name = headers.end)
      if (!headers.open(uri, name, pointEnd)) return false;
    at = pointEnd;
  }
  return true;
}

/** Without qualifiers, or with some that are an IA5String. */
function arePlainPolicies(content: number, end: number): boolean {
  if (!opensList(content, end)) return false;
  let count = 0;
  for (let at = headers.content; at < end; ) {
    if (!headers.open(sequence, at, end)) return false;
    const policyEnd = headers.end;
    const type = headers.content;
    const behind = behindOid(headers, type, policyEnd);
    if (behind === 0 || count === policyPlaces.length || isKnownPolicy(count, type, behind)) return false;
    policyPlaces[count++] = type;
    if (behind < policyEnd) {
      if (!headers.fills(sequence, behind, policyEnd)) return false;
      for (let qualifier = headers.content; qualifier < policyEnd; qualifier = headers.end) {
        if (!headers.open(sequence, qualifier, policyEnd)) return false;
        const { content: type, end: qualifierEnd } = headers;
        const value = behindOid(headers, type, qualifierEnd);
        // One that ends in 2 may be a user notice, which is no text.
        if (value === 0 || headers.bytes[value - 1] === 2 || !headers.fills(ia5String, value, qualifierEnd))
          return false;
      }
    }
    at = policyEnd;
  }
  return true;
}

/** Each leads to a URI. */
function isPlainAccess(content: number, end: number): boolean {
  if (!opensList(content, end)) return false;
  for (let at = headers.content; at < end; ) {
    if (!headers.open(sequence, at, end)) return false;
    const descriptionEnd = headers.end;
    const location = behindOid(headers, headers.content, descriptionEnd);
    if (location === 0 || !headers.fills(uri, location, descriptionEnd)) return false;
    at = descriptionEnd;
  }
  return true;
}
