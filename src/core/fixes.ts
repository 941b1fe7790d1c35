import { spelled } from "./dialect/spell.ts";
import type { Change } from "./document/change.ts";
import { supportOf } from "./document/syntaxes.ts";
import { applyEditsInSteps } from "./edits.ts";
import { type Facts, textOf } from "./facts.ts";
import { readAsInSteps } from "./read.ts";
import { checkInSteps } from "./rules/check.ts";
import type { Context, Fix, Problem } from "./rules/rule.ts";
import { type FaultListener, mostFindings } from "./rules/run.ts";
import { finish, perStep, type Steps, sortedInSteps } from "./steps.ts";
import type { Span, TextEdit } from "./text.ts";

export interface FixedAll {
  readonly text: string;
  /** How many fixes were applied, one after another. */
  readonly applied: number;
}

/** What changes mean in the text of a document. */
export function renderIn(facts: Facts, changes: readonly Change[]): TextEdit[] {
  return finish(renderInSteps(facts, changes));
}

function* renderInSteps(facts: Facts, changes: readonly Change[]): Steps<TextEdit[]> {
  if (facts.kind === "config") return yield* supportOf(facts.tree.syntax).write(facts.tree, spelled(changes));
  return yield* gathered(changes, (change) => (change.kind === "rewrite" ? [change.edit] : []));
}

/** As `flatMap`. */
function* gathered<Item, Found>(items: readonly Item[], from: (item: Item) => readonly Found[]): Steps<Found[]> {
  const found: Found[] = [];
  for (const [place, item] of items.entries()) {
    if (place % perStep === perStep - 1) yield;
    for (const one of from(item)) found.push(one);
  }
  return found;
}

/** One fix can make room for the next: a block is first spelled right, then moved to its place. */
const mostRounds = 10;
/** Where there are thousands, a round may end before it has seen all of them: it does not count as one. */
const mostRoundsInAll = 100;
/**
 * How many findings of a rule are mended in one round, in proportion to the text: each takes as much memory as some
 * hundred of its characters, and to read all again for the next round takes time.
 */
const mostAtOnce = (text: string): number => Math.max(10 * mostFindings, Math.ceil(text.length / 100));

/**
 * Applies the safe fixes until none is left. Leaves `facts` as they are.
 * @param wanted which problems count; those the user hid do not
 */
export function fixAll(
  facts: Facts,
  context: Context,
  onFault: FaultListener,
  wanted?: (problem: Problem) => boolean,
): FixedAll {
  return finish(fixAllInSteps(facts, context, onFault, wanted));
}

export function* fixAllInSteps(
  facts: Facts,
  context: Context,
  onFault: FaultListener,
  wanted: (problem: Problem) => boolean = () => true,
): Steps<FixedAll> {
  let text = textOf(facts);
  let applied = 0;
  // After a syntax error nothing is certain, and "fix all" makes its changes without a review.
  if (facts.kind === "config" && facts.tree.problems.length > 0) return { text, applied };
  for (let all = 0, counted = 0; all < mostRoundsInAll && counted < mostRounds; all++) {
    // Nothing of the round before is held beside what it left.
    const now = all === 0 ? facts : yield* readAsInSteps(facts, text);
    const round = yield* fixOnce(now, text, (most) => checkInSteps(now, context, onFault, most), wanted);
    if (round.applied === 0) break;
    text = round.text;
    applied += round.applied;
    if (round.applied < mostFindings) counted++;
  }
  return { text, applied };
}

function* fixOnce(
  facts: Facts,
  text: string,
  check: (most: number) => Steps<readonly Problem[]>,
  wanted: (problem: Problem) => boolean,
): Steps<FixedAll> {
  const fixes = yield* compatible(yield* safeFixesInSteps(yield* check(mostAtOnce(text)), wanted));
  if (fixes.length === 0) return { text, applied: 0 };
  yield;
  const edits = yield* renderInSteps(facts, yield* gathered(fixes, ({ changes }) => changes));
  return { text: yield* applyEditsInSteps(text, edits), applied: fixes.length };
}

/** Those that may run unseen; one that several findings share counts once. */
export function safeFixes(problems: readonly Problem[]): Fix[] {
  return finish(safeFixesInSteps(problems, () => true));
}

function* safeFixesInSteps(problems: readonly Problem[], wanted: (problem: Problem) => boolean): Steps<Fix[]> {
  const known = new Set<Fix>();
  return yield* gathered(problems, (problem) => {
    const fix = wanted(problem) ? problem.fixes?.find(({ safe }) => safe) : undefined;
    if (fix === undefined || known.has(fix)) return none;
    known.add(fix);
    return [fix];
  });
}

const none: readonly Fix[] = [];

/**
 * Fixes that can be rendered together: what one touches, from first to last, no other does. The others' turn comes
 * later.
 * Comparing each with each would take too long where there are thousands.
 */
function* compatible(fixes: readonly Fix[]): Steps<Fix[]> {
  const placed: { readonly fix: Fix; readonly reach: Span }[] = [];
  let looked = 0;
  for (const fix of fixes) {
    let start = Number.POSITIVE_INFINITY;
    let end = 0;
    for (const change of fix.changes) {
      if (++looked % perStep === 0) yield;
      for (const span of touches(change)) {
        start = Math.min(start, span.start);
        end = Math.max(end, span.end);
      }
    }
    placed.push({ fix, reach: { start, end } });
  }
  const byStart = yield* sortedInSteps(placed, (a, b) => a.reach.start - b.reach.start || a.reach.end - b.reach.end);
  let free = 0;
  return yield* gathered(byStart, ({ fix, reach }) => {
    if (reach.start < free) return none;
    free = reach.end;
    return [fix];
  });
}

function touches(change: Change): Span[] {
  switch (change.kind) {
    case "set":
    case "wrap":
    case "enlist":
      return [change.node];
    case "add":
    case "append":
      return [change.to];
    case "remove":
      return [change.entry];
    case "rename":
      return [change.member.keySpan];
    case "move":
      return [change.member, change.to];
    case "enclose":
      return [change.to, ...change.members.map(({ member }) => member)];
    case "lift":
      return [change.whole];
    case "rewrite":
      return [change.edit.span];
  }
}
