import type { Span } from "../text.ts";
import type { Form } from "./hidden-forms.ts";
import { nextLine, previousLine, trimmed } from "./lines.ts";
import { longestBody } from "./open-body.ts";

/** Of what nobody knows. */
const remainsLabel = "PEM";
/** No other text has two such lines, one below the other; a hash has one. */
const longLine = 60;
const longestHash = 200;
/** Of a line that was cut at its beginning: a word is shorter. */
const fewestOfFirst = 20;
const base64 = /^[A-Za-z0-9+/]{2,}={0,2}$/;
const hexadecimal = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
/** Random bytes have all of them, and fewer slashes than a path. */
const kinds = [/[a-z]/, /[A-Z]/, /[0-9+/]/];
const mostSlashes = 1 / 8;
const pemInBase64 = /LS0tLS1CRUdJTi|LS0tQkVHSU4|LS0tLUJFR0lO/;
/** How what has a form of its own begins. */
const otherBeginning = /^(?:MI[IGH]|MC4CAQ|MHcCAQ|LS0t)/;

/**
 * What is left of a body whose beginning is missing, and with it what it was.
 * @param at the start of a line of base64
 * @param floor where what is found before ends
 */
export function remainsAt(text: string, at: number, floor: number): Form | { readonly skip: number } {
  const lines: Span[] = [];
  let start = at;
  const above = trimmed(text, previousLine(text, at, floor), at);
  if (above.end - above.start >= fewestOfFirst && isBase64(text, above) && text.charCodeAt(above.end - 1) !== 61) {
    lines.push(above);
    start = previousLine(text, at, floor);
  }
  let end = at;
  const most = Math.min(text.length, at + longestBody);
  for (let line = at; line < most; line = nextLine(text, line)) {
    const said = trimmed(text, line, Math.min(nextLine(text, line), most));
    if (!isBase64(text, said)) break;
    lines.push(said);
    end = said.end;
    if (text.charCodeAt(said.end - 1) === 61) break;
  }
  // What is PEM in Base64 has more in it than its first block.
  const inner = text.slice(at, end).search(pemInBase64);
  const none = { skip: inner > 0 ? at + inner : Math.max(end, nextLine(text, at)) };
  const [first] = lines;
  if (inner >= 0 || first === undefined || !isBody(text, lines)) return none;
  // It goes on from there, or is of something else that says what it is.
  const isOfOther = floor > 0 && start <= nextLine(text, floor);
  const before = text.slice(previousLine(text, start, floor), start);
  if (isOfOther || otherBeginning.test(text.slice(first.start, first.start + 8)) || before.includes("BEGIN"))
    return none;
  const core = { start: first.start, end };
  return { label: remainsLabel, at: first, core, how: "remains", before: "", isPrefixed: false, text: undefined };
}

function isBase64(text: string, { start, end }: Span): boolean {
  return end > start && base64.test(text.slice(start, end));
}

function isBody(text: string, lines: readonly Span[]): boolean {
  const said = lines.map(({ start, end }) => text.slice(start, end));
  const long = said.filter((line) => line.length >= longLine && isRandom(line));
  const [one] = long;
  if (one === undefined) return false;
  return long.length > 1 || one.length > longestHash || said.some((line) => line !== one && /[0-9+/=]/.test(line));
}

function isRandom(line: string): boolean {
  const slashes = line.length - line.replaceAll("/", "").length;
  return slashes < line.length * mostSlashes && !hexadecimal.test(line) && kinds.every((kind) => kind.test(line));
}
