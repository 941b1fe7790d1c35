import * as l10n from "@vscode/l10n";
import type { Problem } from "../rules/rule.ts";
import { mostFindings } from "../rules/run.ts";
import { listText, numberText } from "./format.ts";

/** What *Fix All* says once it is done: what is mended, what is left, and why. */
export function fixedAllText(before: readonly Problem[], after: readonly Problem[]): string {
  return [fixedText(countsOf(before), countsOf(after)), leftText(after)].join(" ");
}

function fixedText(known: Counts, left: Counts): string {
  const fixed = new Map(
    [...known].flatMap(([rule, count]) => {
      const gone = count - (left.get(rule) ?? 0);
      return gone > 0 ? [[rule, gone] as const] : [];
    }),
  );
  const count = [...fixed.values()].reduce((sum, one) => sum + one, 0);
  // No more than so many of a rule were counted: as many may be left, or more gone.
  if (count === 0) return l10n.t("All safe fixes were applied.");
  if ([...known.values()].some((one) => one >= mostFindings))
    return l10n.t("Fixed at least {0} problems: {1}.", numberText(count), rulesText(fixed));
  return count === 1
    ? l10n.t("Fixed 1 problem: {0}.", rulesText(fixed))
    : l10n.t("Fixed {0} problems: {1}.", numberText(count), rulesText(fixed));
}

/** What it says where it changes nothing. */
export function nothingFixedText(problems: readonly Problem[]): string {
  return problems.length === 0
    ? l10n.t("There are no problems in this file.")
    : [l10n.t("No problem in this file can be fixed without a decision."), leftText(problems)].join(" ");
}

function leftText(problems: readonly Problem[]): string {
  if (problems.length === 0) return l10n.t("No problems are left.");
  const hasFix = ({ fixes = [] }: Problem) => fixes.length > 0;
  const open = countsOf(problems.filter(hasFix));
  const others = countsOf(problems.filter((problem) => !hasFix(problem)));
  return [
    ...(open.size === 0 ? [] : [l10n.t("Your decision is needed for {0}: see the Quick Fixes.", rulesText(open))]),
    ...(others.size === 0 ? [] : [l10n.t("There is no automatic fix for {0}.", rulesText(others))]),
  ].join(" ");
}

type Counts = ReadonlyMap<string, number>;

function countsOf(problems: readonly Problem[]): Counts {
  const counts = new Map<string, number>();
  for (const { rule } of problems) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return counts;
}

function rulesText(counts: Counts): string {
  return listText(
    [...counts].map(([rule, count]) => (count === 1 ? rule : l10n.t("{0} ({1})", rule, numberText(count)))),
  );
}
