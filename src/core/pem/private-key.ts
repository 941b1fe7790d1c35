import type { KeyFound } from "./block.ts";
import { opensshKey } from "./boundary.ts";

const sequence = 0x30;
const integer = 0x02;
const octetString = 0x04;
const objectIdentifier = 0x06;
const openssh = "openssh-key-v1\0";
/** Object identifiers of encryption with a password: PKCS#5, and PKCS#12's own. */
const byPassword = [
  [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
  [0x06, 0x0a, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01],
];
/** Of a number that a key is made of, in bytes. */
const leastOfKey = 32;
const mostOfExponent = 8;
const labelled = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/;

/** Whether bytes begin as a private key does, whole or not. No more of them is looked at than tells its form. */
export function privateKeyIn(bytes: Uint8Array): KeyFound | undefined {
  if (bytes[0] !== sequence) return keyInText(bytes);
  const start = contentAt(bytes, 0);
  if (bytes[start] === sequence) {
    const algorithm = contentAt(bytes, start);
    if (bytes[algorithm] !== objectIdentifier) return undefined;
    return byPassword.some((oid) => oid.every((byte, place) => bytes[algorithm + place] === byte))
      ? { label: "ENCRYPTED PRIVATE KEY" }
      : undefined;
  }
  const [tag, length, version] = bytes.subarray(start, start + 3);
  if (tag !== integer || length !== 1 || (version !== 0 && version !== 1)) return undefined;
  const next = start + 3;
  const inside = contentAt(bytes, next);
  if (bytes[next] === sequence) return bytes[inside] === objectIdentifier ? { label: "PRIVATE KEY" } : undefined;
  if (bytes[next] === octetString) return version === 1 ? { label: "EC PRIVATE KEY" } : undefined;
  if (bytes[next] !== integer || lengthAt(bytes, next) < leastOfKey) return undefined;
  // Of RSA the exponent follows, which is short; of DSA a prime.
  return { label: lengthAt(bytes, inside + lengthAt(bytes, next)) <= mostOfExponent ? "RSA PRIVATE KEY" : undefined };
}

/** Where the content of the element at an offset begins. */
function contentAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first > 0x80 ? first - 0x80 : 0);
}

function lengthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return first;
  return bytes.subarray(at + 2, Math.min(contentAt(bytes, at), at + 6)).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** OpenSSH's own form, and PEM that was encoded once more. */
function keyInText(bytes: Uint8Array): KeyFound | undefined {
  const isOpenssh = [...openssh].every((character, place) => bytes[place] === character.charCodeAt(0));
  if (isOpenssh) return { label: opensshKey };
  return labelled.test(textOfBytes(bytes) ?? "") ? { label: undefined } : undefined;
}

/** A text in UTF-8, or in UTF-16 as PowerShell writes it; `undefined`: the bytes are none. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(isWide ? "utf-16le" : "utf-8").decode(bytes);
  return /^[\t\n\r\x20-\x7e\u00a0-\ufffc]+$/.test(text) ? text : undefined;
}
