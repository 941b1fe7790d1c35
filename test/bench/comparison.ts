// Two checkouts' figures, round by round: how they compare, and what of a difference is no more than the spread.
import type { Figure } from "./figures.ts";

/** What both checkouts measured, one directly after the other. */
export interface Round {
  readonly here: readonly Figure[];
  readonly there: readonly Figure[];
}

export interface Line {
  readonly id: string;
  readonly text: string;
  /** Medians. */
  readonly here: number;
  readonly there: number;
  /** Here / there: the median of the rounds' own, the least and the greatest. */
  readonly ratio: number;
  readonly least: number;
  readonly greatest: number;
  /** By how much of itself a figure changes from one round to the next of the same checkout, without any reason. */
  readonly spread: number;
  readonly verdict: "worse" | "better" | "alike" | "shown";
  readonly exact: boolean;
}

export interface Comparison {
  readonly lines: readonly Line[];
  /** Ids of what only one of the two measures. */
  readonly onlyHere: readonly string[];
  readonly onlyThere: readonly string[];
}

/** A round is compared with the next one, so it takes two to know a spread. */
export const leastRounds = 2;
/** Nobody acts on less, however steady a figure is; what is exact is exempt. */
const leastSpread = 0.01;

export function compareRounds(rounds: readonly Round[]): Comparison {
  const [here, there] = [
    figuresById(rounds.map((round) => round.here)),
    figuresById(rounds.map((round) => round.there)),
  ];
  return {
    lines: [...here.keys()].filter((id) => there.has(id)).flatMap((id) => lineOf(id, rounds) ?? []),
    onlyHere: [...here.keys()].filter((id) => !there.has(id)),
    onlyThere: [...there.keys()].filter((id) => !here.has(id)),
  };
}

function figuresById(rounds: readonly (readonly Figure[])[]): ReadonlyMap<string, Figure> {
  return new Map(rounds.flat().map((figure) => [figure.id, figure]));
}

function lineOf(id: string, rounds: readonly Round[]): Line | undefined {
  const pairs = rounds.flatMap((round) => {
    const [here, there] = [round.here, round.there].map((figures) => figures.find((figure) => figure.id === id));
    return here === undefined || there === undefined ? [] : [{ here, there }];
  });
  const newest = pairs.at(-1);
  if (newest === undefined) return undefined;
  const [here, there] = [pairs.map((pair) => pair.here.value), pairs.map((pair) => pair.there.value)];
  const ratios = pairs.map((pair) => ratioOf(pair.here.value, pair.there.value));
  const ratio = median(ratios);
  const exact = newest.here.exact === true && newest.there.exact === true;
  const spread = Math.max(spreadOf([here, there]), exact ? 0 : leastSpread);
  return {
    id,
    text: newest.here.text,
    here: median(here),
    there: median(there),
    ratio,
    least: Math.min(...ratios),
    greatest: Math.max(...ratios),
    spread,
    verdict:
      newest.here.shownOnly === true || newest.there.shownOnly === true
        ? "shown"
        : ratio > 1 + spread
          ? "worse"
          : ratio < 1 / (1 + spread)
            ? "better"
            : "alike",
    exact,
  };
}

/**
 * What more than three quarters of the steps from a round to the next of the same checkout stay within: a round in
 * which the machine was busy with something else is not what the others are like. Of few rounds it is the greatest
 * step.
 */
function spreadOf(checkouts: readonly (readonly number[])[]): number {
  const steps = checkouts
    .flatMap((values) => values.slice(1).map((value, index) => farther(ratioOf(value, values[index] ?? value))))
    .sort((a, b) => a - b);
  return (steps[Math.floor(steps.length * 0.75)] ?? Number.POSITIVE_INFINITY) - 1;
}

/** Half as much is as far away as twice as much. */
function farther(ratio: number): number {
  return Math.max(ratio, 1 / ratio);
}

/** Nothing is like nothing. */
function ratioOf(one: number, other: number): number {
  return one === other ? 1 : one / other;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [below = Number.NaN, above = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return below === above ? below : (below + above) / 2;
}

/**
 * What has to be measured once more before it counts: a spread of a few rounds is sometimes too small. What is exact is
 * certain.
 */
export function suspects({ lines }: Comparison): readonly string[] {
  return lines.filter(({ verdict, exact }) => verdict === "worse" && !exact).map(({ id }) => id);
}

/** What is worse for certain: exactly, or in what was measured once more as well. */
export function worse(first: Comparison, again: Comparison | undefined): readonly Line[] {
  const confirmed = new Set(again === undefined ? [] : suspects(again));
  return first.lines.filter(({ id, verdict, exact }) => verdict === "worse" && (exact || confirmed.has(id)));
}

const marks: Readonly<Record<Line["verdict"], string>> = { worse: "✗", better: "+", alike: "✓", shown: " " };

export function tableOf({ lines, onlyHere, onlyThere }: Comparison): string {
  const heads = ["", "", "this", "other", "ratio", "of rounds", "spread", ""];
  const rows = lines.map(({ id, text, here, there, ratio, least, greatest, spread, verdict }) => [
    marks[verdict],
    id,
    shown(here),
    shown(there),
    ratio.toFixed(2),
    `${least.toFixed(2)}–${greatest.toFixed(2)}`,
    `±${(spread * 100).toFixed(0)} %`,
    text,
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const isName = (column: number) => column < 2 || column === heads.length - 1;
  const aligned = (rows.length === 0 ? [] : [heads, ...rows]).map((row) =>
    row
      .map((cell, column) => (isName(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return [
    ...aligned,
    ...(onlyHere.length === 0 ? [] : [`  only this checkout measures: ${onlyHere.join(", ")}`]),
    ...(onlyThere.length === 0 ? [] : [`  only the other measures: ${onlyThere.join(", ")}`]),
  ].join("\n");
}

/** As many digits as tell anything; sizes whole. */
function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

/** What the table's marks mean. */
export const explanation = [
  "Smaller is better; a ratio is this checkout's figure / the other's, the median of the rounds'.",
  "Spread: what more than three quarters of the steps from a round to the next of the same checkout stay within; at least 1 %, and 0 for what is exact.",
  "✗ worse: above 1 by more than the spread. + better: below 1 by more than the spread. ✓ alike. Unmarked: its reference is this project's own, so it is only shown.",
  "What is worse is measured once more, and counts where it is worse again; what is exact counts at once.",
].join("\n");
