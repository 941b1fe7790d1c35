// A tree draws a row in one line, the name first, and cuts what does not fit at its end. No row knows its width.
import { joined } from "./row-words.ts";

/** In pixels, of a side bar as the editor opens it first. */
const sideBar = 300;
/** Twistie, icon, paddings and the scroll bar, and how much each level is moved in. */
const around = 66;
const perLevel = 8;
/** Between a name and what is said of it. */
const gap = 6;
/** What is said is written smaller than the name. */
const smaller = 0.9;
/** Of a name at least so much is seen. */
const leastOfName = 40;

/** Widths of characters at 13 pixels, of the widest of the fonts that editors use. */
const widths = [
  [3.9, "'ijlIJ"],
  [4.8, " ,./:;\\|-f·"],
  [5.6, '()[]rt!"*_`'],
  [7.2, "?Lcksz"],
  [8.4, "$0123456789abdeghnopquvxyEFKPTYS{}"],
  [9.4, "ABCVXZRU"],
  [10.6, "&GDHNOQw#+<=>^~"],
  [13, "%@MWm…"],
] as const;
const widthOf: ReadonlyMap<string, number> = new Map(
  widths.flatMap(([width, characters]) => [...characters].map((character) => [character, width] as const)),
);

/** Any other character may be as wide as it is high. */
function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf.get(character) ?? 13;
  return width;
}

/** For a name and what must be seen behind it. */
export function room(level: number): number {
  return sideBar - around - perLevel * level;
}

/** How wide a name is with the beginning of what is said of it; where more follows, it is cut behind that. */
export function widthWith(label: string, lead: string, description: string): number {
  if (lead === "") return textWidth(label);
  return textWidth(label) + gap + textWidth(description === lead ? lead : `${lead}…`) * smaller;
}

/**
 * Cuts a name where it would push what must be seen out of the row; it is then said in full at the end of all.
 * @param level of a root: 1
 */
export function fitted(
  { label, description, lead }: { readonly label: string; readonly description: string; readonly lead: string },
  level: number,
): { readonly label: string; readonly description: string } {
  if (lead === "" || widthWith(label, lead, description) <= room(level)) return { label, description };
  const said = joined([description, label]);
  const short = cut(label, Math.max(leastOfName, room(level) - widthWith("", lead, said)));
  return short === label ? { label, description } : { label: short, description: said };
}

/** @param most in pixels, with the … */
export function cut(text: string, most: number): string {
  if (textWidth(text) <= most) return text;
  let width = textWidth("…");
  let kept = "";
  for (const character of text) {
    width += textWidth(character);
    if (width > most) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
