import * as l10n from "@vscode/l10n";

/** How many items of a list are told; the others are counted. */
const mostListed = 20;

interface Language {
  number(value: number): string;
  /** What stands between the items of a list. */
  readonly separator: string;
}

/** As Intl has it, which takes a while to load the first time: without it, no one waits who reads English. */
const english: Language = {
  number: (value) => (Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, ",") : String(value)),
  separator: ", ",
};

let spoken = english;

/** The language that numbers and lists are written in from now on, as a BCP 47 tag; English where it is none. */
export function speak(tag: string): void {
  spoken = wellFormed(tag).flatMap(otherLanguage)[0] ?? english;
}

function wellFormed(tag: string): readonly string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [];
  }
}

function otherLanguage(tag: string): readonly Language[] {
  const known = Intl.NumberFormat.supportedLocalesOf(tag);
  if (known.length === 0 || tag.split("-")[0] === "en") return [];
  const numbers = new Intl.NumberFormat(known);
  const lists = new Intl.ListFormat(known, { type: "conjunction", style: "narrow" });
  // Between the first two of three: before the last one there may be a word.
  const literal = lists.formatToParts(["a", "b", "c"]).find(({ type }) => type === "literal");
  return [{ number: (value) => numbers.format(value), separator: literal?.value ?? english.separator }];
}

/** As in `12,345`. */
export function numberText(value: number): string {
  return spoken.number(value);
}

/** As in `16 KB`. */
export function kilobytesText(count: number): string {
  return l10n.t("{0} KB", numberText(count));
}

/** As in `1 MB`. */
export function megabytesText(count: number): string {
  return l10n.t("{0} MB", numberText(count));
}

/** As in `2026-11-28 14:11:11 UTC`: one format for all, since a comparison with a certificate needs every part. */
export function momentText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** As in `2026-11-28`: the day in UTC. */
export function dayText(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** As in `a, b, c`: all of them. */
export function seriesText(items: readonly string[]): string {
  return items.join(spoken.separator);
}

/** As in `a, b and 3 more`. */
export function listText(items: readonly string[], shown: (item: string) => string = (item) => item): string {
  const told = seriesText(items.slice(0, mostListed).map(shown));
  return items.length > mostListed ? l10n.t("{0} and {1} more", told, items.length - mostListed) : told;
}
