import * as l10n from "@vscode/l10n";

/** How many items of a list are told; the others are counted. */
const mostListed = 10;

let language = "en";

/** The language that numbers are written in from now on, as a BCP 47 tag. */
export function speak(tag: string): void {
  language = tag;
}

/** As in `12,345`. */
export function numberText(value: number): string {
  return new Intl.NumberFormat(language).format(value);
}

/** As in `2026-11-28 14:11:11 UTC`: one way for all, since whoever compares it with a certificate needs every part. */
export function momentText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** As in `a, b and 3 more`. */
export function listText(items: readonly string[]): string {
  const all = items.slice(0, mostListed).join(", ");
  return items.length > mostListed ? l10n.t("{0} and {1} more", all, items.length - mostListed) : all;
}
