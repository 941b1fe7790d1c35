import { decodeAll, isBase64 } from "./base64.ts";
import { isWholeSequence } from "./der-shape.ts";

/** A body whose lines are parted by something else than line ends, or by more. */
export interface Separated {
  /** What stands where the first line should end, or begin. */
  readonly separator: string;
  readonly bytes: Uint8Array;
}

/** What is shorter is an example. */
const fewestBytes = 64;
const longestSeparator = 24;
/** How many characters of base64 a separator may consist of, where lines of one length show that it is none. */
const mostOfBase64 = 4;
const lineLengths = Array.from({ length: 41 }, (_, more) => 40 + more);

/**
 * What a body says between BEGIN and END, whatever parts its lines; only if its DER proves it.
 * @param values how many DER values a block of its kind may consist of
 */
export function separatedIn(body: string, values: number): Separated | undefined {
  if (body.length < fewestBytes) return undefined;
  const found = (separator: string, base64: string): Separated | undefined => {
    const bytes = wholeBytes(base64, values);
    return bytes && { separator, bytes };
  };
  const stripped = body.replaceAll(foreign, "");
  // Most separators hold no base64: then it does not matter where they stand, nor whether they are all alike.
  if (stripped.length * 2 > body.length) {
    const one = found(foreignRun.exec(body)?.[0] ?? "", stripped);
    if (one !== undefined) return one;
  }
  for (const separator of separatorsOf(body)) {
    const lines = [...separator].some(isForeign) ? body.split(separator) : columnsOf(body, separator);
    if (lines === undefined || lines.length < 2 || !lines.every(isBase64Line)) continue;
    const one = found(separator, lines.join(""));
    if (one !== undefined) return one;
  }
  return undefined;
}

const foreign = /[^A-Za-z0-9+/=]+/g;
const foreignRun = /[^A-Za-z0-9+/=]+/;

function isForeign(character: string): boolean {
  return character.length > 1 || !(isBase64(character.charCodeAt(0)) || character === "=");
}

function isBase64Line(line: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(line);
}

/** What may stand behind BEGIN or before END. */
function separatorsOf(body: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let size = 1; size <= longestSeparator; size++) {
    found.add(body.slice(0, size));
    found.add(body.slice(-size));
  }
  return found;
}

/** The lines between separators that are base64 too: all but the last have one length. */
function columnsOf(body: string, separator: string): readonly string[] | undefined {
  const size = separator.length;
  if (size > mostOfBase64) return undefined;
  const start = body.startsWith(separator) ? size : 0;
  const end = body.endsWith(separator) ? body.length - size : body.length;
  for (const length of lineLengths) {
    const lines: string[] = [];
    let at = start;
    for (; at < end; at += length + size) {
      if (at > start && !body.startsWith(separator, at - size)) break;
      lines.push(body.slice(at, Math.min(at + length, end)));
    }
    if (at >= end && lines.length > 1) return lines;
  }
  return undefined;
}

/** The bytes of base64 without line ends, where these are whole DER. */
export function wholeBytes(base64: string, values: number): Uint8Array | undefined {
  const said = base64.replace(/={1,2}$/, "");
  if (said.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(said)) return undefined;
  const bytes = decodeAll(said, 0, said.length);
  return bytes.length >= fewestBytes && isWholeSequence(bytes, values) ? bytes : undefined;
}

const longWord = 40;
const hexadecimal = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
/** What an example is shortened with, or filled in with later. */
const leftOut = /\.{3}|…|\$\{|\{\{|<%|%\{/;
const fewestKinds = 12;

/**
 * Whether what stands between boundaries is meant as a body, be it damaged: no words of prose are as long.
 * @param fewest how many characters of base64 it has at least
 */
export function isMeantBody(said: string, fewest: number): boolean {
  if (said.length < fewest || leftOut.test(said)) return false;
  const words = said.split(foreign).filter((word) => word.length >= longWord && !hexadecimal.test(word));
  const joined = words.join("");
  return joined.length >= fewest && joined.length * 5 >= said.length * 3 && new Set(joined).size >= fewestKinds;
}
