// Texts that are not ours, made so that they can be read and do nothing: what a file holds, what it is called, what its
// settings say. Terminals take some characters for orders, and the runners of pipelines some words.
import { deceptive } from "../../core/x509/naming.ts";

/** More of one text is of no use in a line. In UTF-16 code units. */
const longest = 4000;

/**
 * `##[error]`, `##vso[…]`, `##teamcity[…]`: runners look for them anywhere in a line, and GitHub's by the rules of a
 * language, which pass over some characters of others, such as Hebrew points. The second `#` is left.
 */
const order = /#(?=[^\0-\x7f]*#[\w.\-\x80-\u{10ffff}]*\[)/gu;

/** One line in which nothing is hidden and nothing acts. What was made visible stays as it is, made visible again. */
export function visible(text: string, most = longest): string {
  const shown = cut(text, most).replaceAll(deceptive, escaped).replaceAll(order, escaped);
  return text.length > most ? `${shown}…` : shown;
}

export interface VisibleCharacter {
  readonly character: string;
  /** Where it is in the text, in UTF-16 code units. */
  readonly start: number;
  readonly shown: string;
}

/** What `visible` makes of a text, by its characters: of the text as a whole, since some act only together. */
export function* visibleCharacters(text: string): Generator<VisibleCharacter, void, void> {
  const orders = new Set([...text.matchAll(order)].map(({ index }) => index));
  let start = 0;
  for (const character of text) {
    yield { character, start, shown: orders.has(start) ? escaped(character) : character.replace(deceptive, escaped) };
    start += character.length;
  }
}

/** A path as a line may begin with it: no place in another file, and no order to a runner. */
export function visiblePath(path: string): string {
  const drive = /^[A-Za-z]:(?=[\\/])/.exec(path)?.[0] ?? "";
  const shown = drive + visible(path.slice(drive.length)).replaceAll(":", escaped);
  return /^[\p{L}\p{N}._/]/u.test(shown) ? shown : `./${shown}`;
}

/**
 * A value as JSON, in one line, or with `indent` in lines. It reads back as it was, but for halves of pairs, which many
 * readers refuse; and it can be shown in a log as it stands: whatever it holds, nothing in it acts.
 */
export function inertJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(
    value,
    (_, held: unknown) => (typeof held === "string" ? wellFormed(held) : held),
    indent,
  );
  const inert = (line: string) =>
    line.replaceAll(deceptive, (character) => codeUnits(character)).replaceAll(order, codeUnits);
  return text.split("\n").map(inert).join("\n");
}

/** What is to be encoded as UTF-8: halves of pairs cannot be. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, "\ufffd");
}

/** A character as it is shown in place of one that cannot be. */
function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function codeUnits(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** The beginning of a text, without half a character at its end. */
function cut(text: string, most: number): string {
  const isWithin = text.length > most && (text.codePointAt(most - 1) ?? 0) > 0xffff;
  return text.slice(0, isWithin ? most - 1 : most);
}
