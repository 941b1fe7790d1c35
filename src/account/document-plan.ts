// What a command would make of a document, worked out before anything is shown. Nothing here speaks to the user.
import { addParameters, isTaken } from "../core/cloudformation/parameter.ts";
import type { Change } from "../core/document/change.ts";
import type { Json } from "../core/document/tree.ts";
import type { ConfigFacts, Facts } from "../core/facts.ts";
import { renderIn } from "../core/fixes.ts";
import { readAs } from "../core/read.ts";
import type { Problem } from "../core/rules/rule.ts";
import { namedIn } from "../core/template/entered.ts";
import { applyEdits, type Span, type TextEdit } from "../core/text.ts";
import { broughtBy } from "./problems.ts";

export interface DocumentPlan {
  readonly edits: readonly TextEdit[];
  readonly before: ConfigFacts;
  readonly after: ConfigFacts;
  /** The problems of what it becomes. */
  readonly problems: readonly Problem[];
  /** Those that the change brings. */
  readonly introduced: readonly Problem[];
}

/** By what a document is judged. */
export type JudgeDocument = (facts: Facts) => readonly Problem[];

/** The document read anew, so that what the documents keep stays theirs. `undefined`: it has no tree. */
export function readFreshly(facts: Facts): ConfigFacts | undefined {
  return facts.kind === "config" ? readAs(facts, facts.tree.text) : undefined;
}

export function planChanges(before: ConfigFacts, changes: readonly Change[], judge: JudgeDocument): DocumentPlan {
  const edits = renderIn(before, [...changes, ...parametersFor(changes, before)]);
  const after = readAs(before, applyEdits(before.tree.text, edits));
  const problems = judge(after);
  return { edits, before, after, problems, introduced: broughtBy(judge(before), problems).introduced };
}

/** What was entered as a reference to nothing that the template has becomes a parameter of it. */
function parametersFor(changes: readonly Change[], { template }: ConfigFacts): readonly Change[] {
  if (template === undefined) return [];
  const texts = changes.flatMap((change) => ("value" in change ? [...textsIn(change.value)] : []));
  const names = texts.flatMap((text) => namedIn(text) ?? []).filter((name) => !isTaken(template, name));
  return addParameters(template, [...new Set(names)]);
}

function* textsIn(value: Json): Iterable<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

// --- enabling mutual TLS on one of the things of a service that a document holds

/** What enabling is for one service, apart from what is asked and said: on a domain name, on a listener. */
export interface EnablingChange<One, Intent> {
  /** Those of a document, in document order. */
  among(facts: Facts | undefined): readonly One[];
  nodeOf(one: One): Span;
  /** Why it cannot be enabled there. */
  unfitReason(one: One): string | undefined;
  changes(one: One, intent: Intent): readonly Change[];
}

/** What is wanted, and of which of the things of its service that the document holds. */
export interface EnablingWish<Enabling, Intent> {
  readonly enabling: Enabling;
  readonly index: number;
  readonly intent: Intent;
}

export interface EnablingPlan<One> extends DocumentPlan {
  readonly one: One;
}

/** `undefined`: it is not there any more, or cannot be changed. */
export function planEnabling<One, Intent>(
  { enabling, index, intent }: EnablingWish<EnablingChange<One, Intent>, Intent>,
  facts: Facts,
  judge: JudgeDocument,
): EnablingPlan<One> | undefined {
  const before = readFreshly(facts);
  const one = enabling.among(before)[index];
  if (before === undefined || one === undefined || enabling.unfitReason(one) !== undefined) return undefined;
  return { ...planChanges(before, enabling.changes(one, intent), judge), one };
}

const gravity: Readonly<Record<Problem["severity"], number>> = { info: 0, warning: 1, error: 2 };

/** The gravest of what a rule finds in what the wish is about, as the document would become. */
export function gravestOf<One, Intent>(
  wish: EnablingWish<EnablingChange<One, Intent>, Intent>,
  ruleId: string,
  facts: Facts,
  judge: JudgeDocument,
): Problem | undefined {
  const { enabling, index } = wish;
  const plan = planEnabling(wish, facts, judge);
  const one = enabling.among(plan?.after)[index];
  if (plan === undefined || one === undefined) return undefined;
  const node = enabling.nodeOf(one);
  const [gravest] = plan.problems
    .filter(({ rule, at }) => rule.id === ruleId && node.start <= at.start && at.end <= node.end)
    .sort((one, other) => gravity[other.severity] - gravity[one.severity]);
  return gravest;
}
