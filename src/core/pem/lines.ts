import { charactersPerStep } from "../steps.ts";
import type { Span } from "../text.ts";

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Looks like a blank, or like nothing, but PEM readers accept it as neither. */
export function isInvisible(code: number): boolean {
  return (
    code >= 0xa0 &&
    (code === 0xa0 ||
      code === 0xad ||
      code === 0xfeff ||
      (code >= 0x2000 && code <= 0x200d) ||
      code === 0x202f ||
      code === 0x2060 ||
      code === 0x3000)
  );
}

export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Behind a byte order mark, which is where a file began before it was put behind another. */
export function behindMark(text: string, at: number): number {
  return text.charCodeAt(at) === 0xfeff ? at + 1 : at;
}

/** Whether nothing follows on the line, or at all. */
export function isAtEnd(text: string, at: number): boolean {
  return at >= text.length || isLineEnd(text.charCodeAt(at));
}

/** Behind the next line end: LF, CRLF or CR. */
export function nextLine(text: string, from: number): number {
  let at = from;
  const near = Math.min(from + longLine, text.length);
  while (at < near && !isLineEnd(text.charCodeAt(at))) at++;
  if (at === near) at = lineEndFrom(text, at);
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : Math.min(at + 1, text.length);
}

/** Beyond it, to search takes less time than to look at each character. */
const longLine = 512;

function lineEndFrom(text: string, from: number): number {
  for (let at = from; at < text.length; at += charactersPerStep) {
    const part = text.slice(at, at + charactersPerStep);
    const feed = part.indexOf("\n");
    const back = (feed < 0 ? part : part.slice(0, feed)).indexOf("\r");
    if (feed >= 0 || back >= 0) return at + (back < 0 ? feed : back);
  }
  return text.length;
}

/** The same, but no further than `most` characters: a line may be as long as the text. */
export function nearNextLine(text: string, from: number, most: number): number {
  return from + nextLine(text.slice(from, from + most), 0);
}

/** Where the line starts that, with its line end, ends at `end`. */
export function previousLine(text: string, end: number, from: number): number {
  let at = end;
  if (at > from && text.charCodeAt(at - 1) === 10) at--;
  if (at > from && text.charCodeAt(at - 1) === 13) at--;
  while (at > from && !isLineEnd(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Without line end, and without blanks at either end. */
export function trimmed(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && (isBlank(text.charCodeAt(end - 1)) || isLineEnd(text.charCodeAt(end - 1)))) end--;
  return { start, end };
}

/** The line end next behind an offset. */
export function lineEndBehind(text: string, from: number): string {
  const next = nextLine(text, from);
  const last = text.charCodeAt(next - 1);
  if (last === 13) return "\r";
  return last === 10 && text.charCodeAt(next - 2) === 13 ? "\r\n" : "\n";
}

/** What OpenSSL writes above a block by itself, in its own spelling: prose may begin with the same words. */
const written =
  /^\s*(?:subject=|issuer=|serial=[0-9A-F]+\s*$|notBefore=|notAfter=|friendlyName:|localKeyID:|depth=\d|verify (?:return|error):|(?:Bag|Key) Attributes(?:: <(?:Empty|No) Attributes>)?\s*$)/;
/** Behind that no line of OpenSSL's is told apart from others. */
const mostOfWritten = 120;

/** @param line with or without its line end */
export function isWrittenByProgram(line: string): boolean {
  return written.test(line.slice(0, mostOfWritten));
}

const known: ReadonlyMap<number, string> = new Map([
  [0, "NUL"],
  [9, "TAB"],
  [11, "VT"],
  [12, "FF"],
  [26, "Ctrl-Z"],
]);

/** What the first of some characters is called that cannot be seen; `undefined`: there are others. */
export function unseenName(text: string): string | undefined {
  if (!/^[\p{C}\p{Z}\s]+$/u.test(text)) return undefined;
  const code = text.codePointAt(0) ?? 0;
  const written = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const name = known.get(code);
  return name === undefined ? written : `${name} (${written})`;
}
