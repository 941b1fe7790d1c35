import { longestOid } from "./der.ts";
import { objectIdentifier } from "./tags.ts";

/**
 * Headers of DER, one after the other in the same place: a certificate has about ninety elements, and an object for
 * each of them costs more than all the rest of reading it.
 */
export class Headers {
  bytes: Uint8Array = new Uint8Array();
  content = 0;
  end = 0;

  /** Whether an element of this tag stands at `at` and ends before `limit`, its length in the one form of DER. */
  open(tag: number, at: number, limit: number): boolean {
    const { bytes } = this;
    if (bytes[at] !== tag) return false;
    let length = bytes[at + 1] ?? 0xff;
    let content = at + 2;
    if (length === 0x81) {
      length = bytes[content++] ?? 0;
      if (length < 0x80) return false;
    } else if (length === 0x82) {
      length = ((bytes[content] ?? 0) << 8) | (bytes[content + 1] ?? 0);
      content += 2;
      if (length < 0x100) return false;
    } else if (length >= 0x80) return false;
    this.content = content;
    this.end = content + length;
    return this.end <= limit;
  }

  /** The same, and nothing stands behind it. */
  fills(tag: number, at: number, limit: number): boolean {
    return this.open(tag, at, limit) && this.end === limit;
  }
}

/** Where the OBJECT IDENTIFIER at `at` ends, or 0 where it is in doubt. */
export function behindOid(headers: Headers, at: number, limit: number): number {
  if (!headers.open(objectIdentifier, at, limit)) return 0;
  const { bytes, content, end } = headers;
  if (content === end || end - content > longestOid) return 0;
  let isFirst = true;
  for (let place = content; place < end; place++) {
    const octet = bytes[place] ?? 0;
    if (isFirst && octet === 0x80) return 0;
    isFirst = octet < 0x80;
  }
  return isFirst ? end : 0;
}
