import { perStep, type Steps } from "../steps.ts";
import type { Context, Problem, Rule, RuleCard, Severity } from "./rule.ts";

/** Told when a rule throws: a bug of ours, which must not silence the other rules. */
export type FaultListener = (ruleId: string, error: unknown) => void;

/** Findings of one rule in one file; more of them would not help, and would flood the editor. */
export const mostFindings = 1_000;

/** A rule that is not switched off, and the severity that the user set for it. */
interface Active<Subject> {
  readonly rule: Rule<Subject>;
  readonly override: Severity | undefined;
}

export function active<Subject>(rules: readonly Rule<Subject>[], { settings }: Context): readonly Active<Subject>[] {
  return rules.flatMap((rule) => {
    const override = settings.severities[rule.id];
    return override === "off" ? [] : [{ rule, override }];
  });
}

/** Of each rule the first. */
export function withinBounds(problems: readonly Problem[], most: number): Problem[] {
  const counts = new Map<RuleCard, number>();
  return problems.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= most;
  });
}

/** How a document is judged. */
export interface Judging {
  readonly context: Context;
  readonly onFault: FaultListener;
  /** Findings of one rule. */
  readonly most: number;
}

export function* run<Subject>(
  rules: readonly Rule<Subject>[],
  subjects: readonly Subject[],
  { context, onFault, most }: Judging,
  problems: Problem[],
): Steps<void> {
  for (const rule of active(rules, context)) {
    const enough = problems.length + most;
    let looked = 0;
    for (const subject of subjects) {
      if (problems.length >= enough || !apply(rule, subject, context, onFault, problems, enough)) break;
      if (++looked % perStep === 0) yield;
    }
    yield;
  }
}

/**
 * Adds what a rule finds in one subject, up to `enough` problems in all.
 * @returns whether it did not throw
 */
export function apply<Subject>(
  { rule, override }: Active<Subject>,
  subject: Subject,
  context: Context,
  onFault: FaultListener,
  problems: Problem[],
  enough = problems.length + mostFindings,
): boolean {
  try {
    if (rule.concerns?.(subject, context) === false) return true;
    for (const finding of rule.check(subject, context)) {
      problems.push({ ...finding, rule, severity: severityOf(rule, finding.severity, override) });
      if (problems.length >= enough) break;
    }
    return true;
  } catch (error) {
    onFault(rule.id, error);
    return false;
  }
}

const rank: Record<Severity, number> = { info: 0, warning: 1, error: 2 };

/** What the user set wins; else what the finding says, but never above the rule's own. */
function severityOf(rule: RuleCard, found: Severity | undefined, override: Severity | undefined): Severity {
  if (override !== undefined) return override;
  return found !== undefined && rank[found] < rank[rule.severity] ? found : rule.severity;
}
