// For people, at a terminal or in a log. No line begins with what a file holds: a place, a number or our own words come
// first, so that no runner takes one for an order.
import * as l10n from "@vscode/l10n";
import type { Excerpt, Finding, Fix, Severity } from "../api.ts";
import type { Report } from "../report.ts";
import { settingsSentences, summarySentences } from "./summary.ts";
import { visible, visibleCharacters, visiblePath } from "./visible.ts";

export interface TextOptions {
  readonly isColored: boolean;
  /** Of the terminal, in columns: marked lines are cut to it. `undefined`: they are as long as the report has them. */
  readonly width: number | undefined;
}

export function* renderText(report: Report, options: TextOptions): Generator<string, void, void> {
  const paint = options.isColored ? painted : unpainted;
  for (const { path, findings } of report.files)
    for (const finding of findings) yield `${findingLines(path, finding, options).join("\n")}\n\n`;
  for (const sentence of summarySentences(report)) yield `${visible(sentence)}\n`;
  for (const { path, reason } of report.unread) {
    const label = paint("error", l10n.t("Incomplete:"));
    yield `${label} ${paint("place", visiblePath(path))}: ${visible(reason)}\n`;
  }
  const [heading, ...changes] = settingsSentences(report.settings, visiblePath);
  if (heading === undefined) return;
  yield `\n${paint("warning", visible(heading))}\n`;
  for (const change of changes) yield `  ${visible(change)}\n`;
}

/** What is said of one finding. */
export function findingLines(
  path: string,
  { rule, severity, message, range, related, fixes, excerpt }: Finding,
  { isColored, width }: TextOptions,
): string[] {
  const paint = isColored ? painted : unpainted;
  const shownPath = visiblePath(path);
  const placeOf = (at: Finding["range"]) =>
    at === undefined ? shownPath : `${shownPath}:${at.start.line}:${at.start.column}`;
  return [
    `${paint("place", placeOf(range))}: ${paint(severity, severity)}: ${visible(message)} ${paint("rule", `[${visible(rule)}]`)}`,
    ...(range === undefined || excerpt === undefined
      ? []
      : excerptLines(range.start.line, excerpt, width).map(({ gutter, text, isMark }) =>
          `${paint("rule", gutter)} ${isMark ? paint(severity, text) : text}`.trimEnd(),
        )),
    ...related.map((one) => `${indent}${visible(l10n.t("see {0}: {1}", placeOf(one.range), visible(one.message)))}`),
    ...fixes.map((fix) => `${indent}${visible(fixLine(fix))}`),
  ];
}

/** Below the text of the marked line. */
const indent = " ".repeat(8);

function fixLine({ title, safe }: Fix): string {
  return safe ? l10n.t("fix: {0} (--fix does this)", visible(title)) : l10n.t("fix: {0}", visible(title));
}

// --- the marked line

interface ShownLine {
  readonly gutter: string;
  readonly text: string;
  readonly isMark: boolean;
}

/** A character as it is shown, and how many columns it takes. */
interface Cell {
  readonly text: string;
  readonly columns: number;
  readonly isMarked: boolean;
}

/** As narrow as a terminal may be said to be. */
const narrowest = 20;

function excerptLines(line: number, excerpt: Excerpt, width: number | undefined): readonly ShownLine[] {
  // Never at the beginning of a line, which is where a place stands.
  const number = ` ${line}`.padStart(5);
  const gutters = [`${number} |`, `${" ".repeat(number.length)} |`] as const;
  const room = width === undefined ? Infinity : Math.max(narrowest, width - number.length - 3);
  const cells = cellsIn(excerpt);
  const [from, to] = columnsOf(cells) <= room ? [0, cells.length] : windowOf(cells, room - 2);
  const before = from > 0 || excerpt.cutBefore ? "…" : "";
  const after = to < cells.length || excerpt.cutAfter ? "…" : "";
  const shown = cells.slice(from, to);
  const first = shown.findIndex(({ isMarked }) => isMarked);
  // Behind the last character, where something is missing, there is nothing to mark.
  const blank = before.length + columnsOf(first < 0 ? shown : shown.slice(0, first));
  const marked = columnsOf(shown.filter(({ isMarked }) => isMarked));
  return [
    { gutter: gutters[0], text: before + shown.map(({ text }) => text).join("") + after, isMark: false },
    { gutter: gutters[1], text: " ".repeat(blank) + "^".repeat(Math.max(1, marked)), isMark: true },
  ];
}

function cellsIn({ text, from, to }: Excerpt): readonly Cell[] {
  // A mark without characters is before the one that stands there.
  const end = Math.max(to, from + 1);
  return [...visibleCharacters(text)].map(({ start, character, shown }) => ({
    text: character === "\t" ? " " : shown,
    columns: character === "\t" ? 1 : shown === character ? columnsFor(character) : shown.length,
    isMarked: start < end && start + character.length > from,
  }));
}

function columnsOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { columns }) => sum + columns, 0);
}

/** The cells that are shown where there is not room for all: some before the mark, and what follows. */
function windowOf(cells: readonly Cell[], room: number): readonly [number, number] {
  const first = cells.findIndex(({ isMarked }) => isMarked);
  const mark = first < 0 ? cells.length : first;
  const behind = columnsOf(cells.slice(mark));
  const from = mark - fitting(cells.slice(0, mark).toReversed(), Math.max(room - behind, Math.floor(room / 3)));
  return [from, from + Math.max(1, fitting(cells.slice(from), room))];
}

/** How many of the first fit. */
function fitting(cells: readonly Cell[], room: number): number {
  let left = room;
  const over = cells.findIndex(({ columns }) => (left -= columns) < 0);
  return over < 0 ? cells.length : over;
}

/** Marks that stand over the letter before them, and vowels and finals that are joined with it. */
const joined = /[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]/u;
const halved = /\p{Regional_Indicator}/u;
/** What fills two columns (UAX #11), by blocks. */
const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

function columnsFor(character: string): number {
  if (character <= "~") return 1;
  if (joined.test(character)) return 0;
  return wide.test(character) && !halved.test(character) ? 2 : 1;
}

// --- colours

type Part = Severity | "place" | "rule";

/** Orders to the terminal (ECMA-48, SGR): bold, grey, red, yellow, cyan. */
const codes: Readonly<Record<Part, string>> = { place: "1", rule: "90", error: "31", warning: "33", info: "36" };

function painted(part: Part, text: string): string {
  return `\u001b[${codes[part]}m${text}\u001b[0m`;
}

function unpainted(_: Part, text: string): string {
  return text;
}
