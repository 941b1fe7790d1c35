/** A piece of a text as it was before it was put into a URL, a string or HTML. */
export interface Unescaped {
  readonly text: string;
  /** Where in the piece the character begins that is at an index now; its length, for the end. */
  placeOf(index: number): number;
}

/**
 * A character as URLs write it, once or more often (`%252B`), as strings do, be it in a string again (`\\n`, `\u002b`),
 * and as HTML does (`&#43;`).
 */
export const escapes = String.raw`%(?:25)*[0-9A-Fa-f]{2}|(?<!\\)\\+(?:u00[0-9A-Fa-f]{2}|[nrt/])|&#(?:[xX][0-9A-Fa-f]{1,4}|\d{1,4});`;
const escape = new RegExp(escapes, "g");

/** @param isForm whether a `+` is a space, as forms are sent */
export function unescaped(piece: string, isForm: boolean): Unescaped {
  const plain = isForm ? piece.replaceAll("+", " ") : piece;
  const ends: Place[] = [];
  let text = "";
  let done = 0;
  for (const { 0: written, index } of plain.matchAll(escape)) {
    text += plain.slice(done, index) + characterOf(written);
    done = index + written.length;
    ends.push({ index: text.length, place: done });
  }
  text += plain.slice(done);
  return {
    text,
    placeOf: (index) => {
      const { index: from, place } = lastUpTo(ends, index);
      return place + index - from;
    },
  };
}

/** Where an escape ends: in the text as it is now, and in the piece. */
interface Place {
  readonly index: number;
  readonly place: number;
}

function lastUpTo(ends: readonly Place[], index: number): Place {
  let low = 0;
  for (let high = ends.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((ends[middle]?.index ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return ends[low - 1] ?? { index: 0, place: 0 };
}

const short: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["/", "/"],
]);

function characterOf(written: string): string {
  const [, hexadecimal, decimal] = /^&#(?:x(.*)|(.*));/i.exec(written) ?? [];
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  const known = written.startsWith("\\") ? short.get(written.replace(/^\\+/, "")) : undefined;
  return known ?? String.fromCharCode(Number.parseInt(hexadecimal ?? written.slice(-2), 16));
}
