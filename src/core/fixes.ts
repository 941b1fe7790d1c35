import { spelled } from "./dialect/spell.ts";
import type { Change } from "./document/change.ts";
import { syntaxes } from "./document/syntaxes.ts";
import { type Facts, textOf } from "./facts.ts";
import { readAsInSteps } from "./read.ts";
import { checkInSteps } from "./rules/check.ts";
import type { Context, Fix, Problem } from "./rules/rule.ts";
import { type FaultListener, mostFindings } from "./rules/run.ts";
import { finish, type Steps } from "./steps.ts";
import { applyEdits, type Span, type TextEdit } from "./text.ts";

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
  if (facts.kind === "config") return yield* syntaxes[facts.tree.syntax].write(facts.tree, spelled(changes));
  return changes.flatMap((change) => (change.kind === "rewrite" ? [change.edit] : []));
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
  let now = facts;
  for (let all = 0, counted = 0; all < mostRoundsInAll && counted < mostRounds; all++) {
    const problems = yield* checkInSteps(now, context, onFault, mostAtOnce(text));
    const fixes = compatible(safeFixes(problems.filter(wanted)));
    if (fixes.length === 0) break;
    yield;
    const edits = yield* renderInSteps(
      now,
      fixes.flatMap(({ changes }) => changes),
    );
    text = applyEdits(text, edits);
    applied += fixes.length;
    if (fixes.length < mostFindings) counted++;
    now = yield* readAsInSteps(facts, text);
  }
  return { text, applied };
}

/** Those that may run unseen; one that several findings share counts once. */
export function safeFixes(problems: readonly Problem[]): Fix[] {
  return [...new Set(problems.flatMap(({ fixes }) => fixes?.find(({ safe }) => safe) ?? []))];
}

/**
 * Fixes that can be rendered together: what one touches, from first to last, no other does. The others' turn comes
 * later.
 * Comparing each with each would take too long where there are thousands.
 */
function compatible(fixes: readonly Fix[]): Fix[] {
  const byStart = fixes
    .map((fix) => ({ fix, reach: reachOf(fix) }))
    .sort((a, b) => a.reach.start - b.reach.start || a.reach.end - b.reach.end);
  let free = 0;
  return byStart.flatMap(({ fix, reach }) => {
    if (reach.start < free) return [];
    free = reach.end;
    return [fix];
  });
}

function reachOf({ changes }: Fix): Span {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const span of changes.flatMap(touches)) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return { start, end };
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
