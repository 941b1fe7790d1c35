/** The six bits a character stands for; more for any other character. */
const sextets = new Uint8Array(128).fill(255);
export const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
for (let value = 0; value < 64; value++) sextets[alphabet.charCodeAt(value)] = value;

export function isBase64(code: number): boolean {
  return sextetOf(code) < 64;
}

function sextetOf(code: number): number {
  return code < 128 ? (sextets[code] ?? 255) : 255;
}

/** The twelve bits that two characters stand for, by both of their octets; negative for what is no base64. */
const pairs = new Int16Array(65_536).fill(-1);
for (let first = 0; first < 64; first++) {
  for (let second = 0; second < 64; second++)
    pairs[(alphabet.charCodeAt(first) << 8) | alphabet.charCodeAt(second)] = (first << 6) | second;
}

/** As much is decoded into one piece of memory, which lives as long as any of the bytes in it. */
const roomForMany = 65_536;

/** Nearly every block has fewer characters. One is decoded at a time: all share their place. */
const shared = charactersFor(8192);

/** The same place by single octets, and by several at once. */
interface Characters {
  readonly octets: Uint8Array;
  readonly view: DataView;
}

function charactersFor(size: number): Characters {
  const octets = new Uint8Array(size);
  return { octets, view: new DataView(octets.buffer) };
}

/**
 * Where the bytes of many blocks go side by side: a piece of memory for each of them takes longer to get, and to clean
 * up, than decoding it.
 */
export class Scratch {
  characters = shared;
  room = new DataView(new ArrayBuffer(0));
  used = 0;
  /** How many characters may still come: a text of one block needs no room for many. */
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  /** Room for the bytes of so many characters. */
  reserve(size: number): void {
    if (size > this.characters.octets.length) this.characters = charactersFor(2 * size);
    // The last group may be written in full, and a byte behind it.
    const needed = Math.ceil(size / 4) * 3 + 4;
    if (this.room.byteLength - this.used >= needed) return;
    this.room = new DataView(
      new ArrayBuffer(Math.max(needed, Math.min(roomForMany, Math.ceil((this.#left * 3) / 4) + 4))),
    );
    this.used = 0;
  }

  take(length: number): Uint8Array {
    const taken = new Uint8Array(this.room.buffer, this.used, length);
    this.used += length;
    return taken;
  }

  /** After `size` characters of the text. */
  pass(size: number): void {
    this.#left = Math.max(0, this.#left - size);
  }
}

const encoder = new TextEncoder();

/**
 * Decodes groups of four characters.
 * @returns behind the last of them
 */
function decodeGroups(input: DataView, from: number, to: number, out: DataView, start: number): number {
  let at = from;
  let place = start;
  while (at + 4 <= to) {
    const four = input.getInt32(at);
    const bits = ((pairs[four >>> 16] ?? -1) << 12) | (pairs[four & 0xffff] ?? -1);
    if (bits < 0) break;
    // Three bytes; what comes next takes the place of the fourth.
    out.setInt32(place, bits << 8);
    place += 3;
    at += 4;
  }
  return at;
}

/**
 * The bytes of base64 without a fault: lines of any length with blanks at their ends and between, none of them blank,
 * and padding where it belongs. `undefined` for anything else, from the first character that is in doubt.
 */
export function decodeSound(text: string, from: number, to: number, scratch: Scratch): Uint8Array | undefined {
  const size = to - from;
  scratch.reserve(size);
  const {
    characters: { octets, view: input },
    room: out,
    used: start,
  } = scratch;
  // Reading bytes takes half as long as reading characters. What is not ASCII takes more than one, and is no base64.
  const { read, written } = encoder.encodeInto(text.slice(from, to), octets);
  if (read !== size || written !== size) return undefined;
  let length = start;
  let at = 0;
  /** The characters of a group that is not complete, and how many these are. */
  let group = 0;
  let count = 0;
  let isLineEmpty = true;
  while (at < size) {
    if (count === 0) {
      const behind = decodeGroups(input, at, size, out, length);
      if (behind > at) isLineEmpty = false;
      length += ((behind - at) / 4) * 3;
      at = behind;
      if (at >= size) break;
    }
    const code = input.getUint8(at);
    const value = sextetOf(code);
    if (value < 64) {
      group = (group << 6) | value;
      isLineEmpty = false;
      if (++count === 4) {
        out.setInt32(length, group << 8);
        length += 3;
        group = 0;
        count = 0;
      }
    } else if (code === 10 || code === 13) {
      if (isLineEmpty) return undefined;
      isLineEmpty = true;
      if (code === 13 && at + 1 < size && input.getUint8(at + 1) === 10) at++;
    } else if (code === 61) {
      break;
    } else if (code !== 32 && code !== 9) return undefined;
    at++;
  }
  if (count === 1 || (at < size && !isPadding(text, from + at, to, count))) return undefined;
  if (at >= size && count > 0) return undefined;
  if (length === start && count === 0) return undefined;
  if (count > 0) {
    out.setInt32(length, group << (8 + 6 * (4 - count)));
    length += count - 1;
  }
  return scratch.take(length - start);
}

/** Whether nothing follows but the padding that `count` characters need, and the end of its line. */
function isPadding(text: string, from: number, to: number, count: number): boolean {
  let needed = count === 0 ? 0 : 4 - count;
  let lineEnds = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 61 && lineEnds === 0) needed--;
    else if (code === 10 || code === 13) {
      lineEnds++;
      if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
    } else if (code !== 32 && code !== 9) return false;
  }
  return needed === 0 && lineEnds <= 1;
}

/**
 * The bytes that the base64 characters say, whatever stands between them; a last byte that is not complete is left out.
 */
export function decodeAll(text: string, from: number, to: number): Uint8Array {
  let count = 0;
  for (let at = from; at < to; at++) if (isBase64(text.charCodeAt(at))) count++;
  const bytes = new Uint8Array(Math.floor((count * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let at = from; at < to; at++) {
    const value = sextetOf(text.charCodeAt(at));
    if (value > 63) continue;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[length++] = bits >> held;
    }
  }
  return bytes;
}

export function encode(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text +=
      alphabet.charAt(bits >> 18) +
      alphabet.charAt((bits >> 12) & 63) +
      (left > 1 ? alphabet.charAt((bits >> 6) & 63) : "=") +
      (left > 2 ? alphabet.charAt(bits & 63) : "=");
  }
  return text;
}
