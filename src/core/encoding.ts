/**
 * How the file's bytes say its text; the editor hides it. `unknown`: not determined, or it is not on disk.
 * `utf8bom` is UTF-8 that begins with a byte order mark.
 */
export type Encoding = "utf8" | "utf8bom" | "utf16le" | "utf16be" | "other" | "unknown";

/** Larger files are told of, not read; in bytes. */
export const greatestSize = 40_000_000;

/** A file's text, and how its bytes said it; a byte order mark is no part of the text. */
export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * By byte order mark; without one, UTF-16 is known by its zero bytes, as PowerShell's `>` leaves them. Never throws.
 */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf8bom", text: textOf("utf-8", bytes) };
  if (first === 0xff && second === 0xfe) return { encoding: "utf16le", text: textOf("utf-16le", bytes) };
  if (first === 0xfe && second === 0xff) return { encoding: "utf16be", text: textOf("utf-16be", bytes) };
  if (first !== 0 && second === 0) return { encoding: "utf16le", text: textOf("utf-16le", bytes) };
  if (first === 0 && second !== 0 && second !== undefined)
    return { encoding: "utf16be", text: textOf("utf-16be", bytes) };
  return { encoding: "utf8", text: textOf("utf-8", bytes) };
}

function textOf(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** With a byte order mark where the encoding has one. @returns `undefined`: nobody knows how it was encoded */
export function encode(text: string, encoding: Encoding): Uint8Array | undefined {
  switch (encoding) {
    case "utf8":
      return new TextEncoder().encode(text);
    case "utf8bom":
      return new TextEncoder().encode(`\ufeff${text}`);
    case "utf16le":
    case "utf16be":
      return encodeUtf16(`\ufeff${text}`, encoding === "utf16le");
    default:
      return undefined;
  }
}

function encodeUtf16(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return new Uint8Array(view.buffer);
}
