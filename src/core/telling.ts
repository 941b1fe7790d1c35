/** Every document we know how to read holds one of these member names; all of them hold this word. */
const word = "Origin";
const telling = new Set(["Origins", "TargetOriginId", "CustomOriginConfig", "S3OriginConfig", "VpcOriginConfig", "OriginProtocolPolicy", "OriginMtlsConfig", "OriginMtls"]);

/**
 * Whether a text can be ours at all: a string search, so that a large file of somebody else's costs
 * next to nothing. It loads nothing, and is the only part of core the editor loads at start-up.
 */
export function hasTellingWord(text: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    let start = at;
    while (isLetter(text.charCodeAt(start - 1)) && at - start < 20) start--;
    let end = at + word.length;
    while (isLetter(text.charCodeAt(end)) && end - at < 30) end++;
    if (telling.has(text.slice(start, end))) return true;
  }
  return false;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** Whether a text can hold a PEM block, also one whose dashes are not those they should be: a string search, likewise. */
export function holdsPem(text: string): boolean {
  return hasBoundary(text, "BEGIN ") || hasBoundary(text, "END ");
}

function hasBoundary(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const before = text[at - 1] === " " ? text[at - 2] : text[at - 1];
    if (before !== undefined && /[-\u00ad\u2010-\u2015\u2212]/.test(before)) return true;
  }
  return false;
}
