/** A text as it may be shown. */
export interface ShownText {
  /** Texts, and the code points of characters that cannot be seen or that move or break what is around them. */
  readonly parts: readonly (string | number)[];
  /** How many UTF-16 code units at its end are left out. */
  readonly left: number;
}

/** Controls, formats (bidi, zero width, tags), half surrogates, line ends, blanks that are no U+0020 or U+3000. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?![ \u3000])\p{Zs}/gu;
const unseenButLineFeed = new RegExp(`(?!\\n)(?:${unseen.source})`, "gu");

/**
 * At most `limit` UTF-16 code units; with `lines`, at most so many lines, else a line end is a character like any
 * other.
 */
export function shownText(text: string, limit: number, lines = 0): ShownText {
  const whole = text.slice(0, end(text, limit, lines));
  const parts: (string | number)[] = [];
  let done = 0;
  for (const match of whole.matchAll(lines > 0 ? unseenButLineFeed : unseen)) {
    if (match.index > done) parts.push(whole.slice(done, match.index));
    parts.push(match[0].codePointAt(0) ?? 0);
    done = match.index + match[0].length;
  }
  if (done < whole.length) parts.push(whole.slice(done));
  return { parts, left: text.length - whole.length };
}

/** The same where there is only text: in labels and messages. */
export function plainText(text: string, limit: number): string {
  const { parts, left } = shownText(text, limit);
  return parts.map((part) => (typeof part === "string" ? part : codePoint(part))).join("") + (left > 0 ? "…" : "");
}

/** As VS Code's editor shows such a character. */
export function codePoint(code: number): string {
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}

function end(text: string, limit: number, lines: number): number {
  let at = Math.min(limit, text.length);
  if (lines > 0) {
    let line = -1;
    for (let count = 0; count < lines; count++) {
      line = text.indexOf("\n", line + 1);
      if (line < 0 || line >= at) break;
    }
    if (line >= 0 && line < at) at = line;
  }
  // Not between the halves of one character.
  return at < text.length && /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at;
}
