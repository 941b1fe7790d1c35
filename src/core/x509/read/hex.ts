const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const shared = new Uint8Array(8192);

/**
 * Puts a text together octet by octet: one string in the end, where adding characters makes a chain of them, which
 * takes ten times the memory.
 * One at a time: short texts share their place.
 */
export class TextWriter {
  octets: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.octets = capacity <= shared.length ? shared : new Uint8Array(capacity);
  }

  put(octet: number): void {
    this.octets[this.length++] = octet;
  }

  /** Makes place for so many octets more than the capacity said. */
  extend(octets: number): void {
    const before = this.octets;
    this.octets = new Uint8Array(before.length + octets);
    this.octets.set(before.subarray(0, this.length));
  }

  /** Of ASCII alone. */
  putText(text: string): void {
    for (let at = 0; at < text.length; at++) this.octets[this.length++] = text.charCodeAt(at);
  }

  putHex(octet: number): void {
    this.octets[this.length++] = digits[octet >> 4] ?? 0;
    this.octets[this.length++] = digits[octet & 15] ?? 0;
  }

  text(): string {
    return decoder.decode(this.octets.subarray(0, this.length));
  }
}

/** 0 to 9, A to F. */
const digits = Uint8Array.from({ length: 16 }, (_, digit) => digit + (digit < 10 ? 0x30 : 0x37));

/** Upper case, without separators. */
export function hex(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const writer = new TextWriter((end - start) * 2);
  for (let at = start; at < end; at++) writer.putHex(bytes[at] ?? 0);
  return writer.text();
}

/** As OpenSSL prints an INTEGER: the magnitude in hex of even length, behind a sign. */
export function signedHex(bytes: Uint8Array, start: number, end: number): string {
  if ((bytes[start] ?? 0) < 0x80) return hex(bytes, end - start > 1 && bytes[start] === 0 ? start + 1 : start, end);
  // Not `slice`: of a Buffer that is a view, and writing into it changes what it was cut from.
  const magnitude = new Uint8Array(bytes.subarray(start, end));
  let carry = 1;
  for (let at = magnitude.length - 1; at >= 0; at--) {
    const sum = (~(magnitude[at] ?? 0) & 0xff) + carry;
    magnitude[at] = sum & 0xff;
    carry = sum >> 8;
  }
  return `-${hex(magnitude, magnitude.length > 1 && magnitude[0] === 0 ? 1 : 0)}`;
}
