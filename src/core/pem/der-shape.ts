/** What bytes are by their shape, without reading what they say: pem knows nothing of certificates. */
export function labelByShape(bytes: Uint8Array): "CERTIFICATE" | "PKCS7" | undefined {
  const whole = elementAt(bytes, 0, bytes.length);
  if (whole?.tag !== sequence || whole.end !== bytes.length) return undefined;
  if (signedData.every((byte, place) => bytes[whole.start + place] === byte)) return "PKCS7";
  const [toBeSigned, algorithm, signature, more] = elementsIn(bytes, whole.start, whole.end);
  if (toBeSigned?.tag !== sequence || algorithm?.tag !== sequence || signature?.tag !== bitString || more !== undefined)
    return undefined;
  const members = elementsIn(bytes, toBeSigned.start, toBeSigned.end);
  // Version 1 is not written.
  const [serial, signed, issuer, validity, subject, key] = members[0]?.tag === version ? members.slice(1) : members;
  const isCertificate =
    serial?.tag === integer && [signed, issuer, validity, subject, key].every((member) => member?.tag === sequence);
  const from = validity === undefined ? undefined : elementAt(bytes, validity.start, validity.end);
  return isCertificate && (from?.tag === utcTime || from?.tag === generalizedTime) ? "CERTIFICATE" : undefined;
}

const sequence = 0x30;
const integer = 0x02;
const bitString = 0x03;
const objectIdentifier = 0x06;
const version = 0xa0;
const utcTime = 0x17;
const generalizedTime = 0x18;
/** Its object identifier: 1.2.840.113549.1.7.2. */
const signedData = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

interface Element {
  readonly tag: number;
  /** Of its content. */
  readonly start: number;
  readonly end: number;
}

function elementAt(bytes: Uint8Array, at: number, limit: number): Element | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  const count = first < 0x80 ? 0 : first - 0x80;
  if (count > 3 || first === 0x80) return undefined;
  let length = count === 0 ? first : 0;
  for (let place = 0; place < count; place++) length = length * 256 + (bytes[at + 2 + place] ?? 0);
  const start = at + 2 + count;
  return start + length > limit ? undefined : { tag, start, end: start + length };
}

/** More than a certificate has are not looked at. */
const mostElements = 12;

function elementsIn(bytes: Uint8Array, start: number, end: number): readonly Element[] {
  const found: Element[] = [];
  for (let at = start; at < end && found.length < mostElements; ) {
    const element = elementAt(bytes, at, end);
    if (element === undefined) break;
    found.push(element);
    at = element.end;
  }
  return found;
}

/** Whether bytes are one DER sequence, or two where something may follow, and nothing else. */
export function isWholeSequence(bytes: Uint8Array, most: number): boolean {
  const [first, second, ...more] = elementsIn(bytes, 0, bytes.length);
  const last = second ?? first;
  return (
    first?.tag === sequence && last?.end === bytes.length && more.length === 0 && (second === undefined || most > 1)
  );
}

/** What bytes are by how they begin, be they damaged or cut off further down. */
export function labelByHead(bytes: Uint8Array): "CERTIFICATE" | "PKCS7" | undefined {
  const whole = contentAt(bytes, 0);
  if (bytes[0] !== sequence) return undefined;
  if (signedData.every((byte, place) => bytes[whole + place] === byte)) return "PKCS7";
  if (bytes[whole] !== sequence) return undefined;
  const first = contentAt(bytes, whole);
  if (bytes[first] === version) return "CERTIFICATE";
  // Version 1 begins with its serial number, which a revocation list's version of one byte is not.
  const size = bytes[first + 1] ?? 0;
  const algorithm = first + 2 + size;
  const isSerial = bytes[first] === integer && size > 1 && bytes[algorithm] === sequence;
  return isSerial && bytes[contentAt(bytes, algorithm)] === objectIdentifier ? "CERTIFICATE" : undefined;
}

function contentAt(bytes: Uint8Array, at: number): number {
  const size = bytes[at + 1] ?? 0;
  return at + 2 + (size > 0x80 ? size - 0x80 : 0);
}

/** How long an element of DER is by its first bytes, these included; `undefined` for less than 256 bytes. */
export function lengthByHead([tag, size, high = 0, low = 0]: Uint8Array): number | undefined {
  return tag === sequence && size === 0x82 ? high * 256 + low + 4 : undefined;
}
