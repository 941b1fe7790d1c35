// What the page says of a plan. Nothing here speaks to the user or to AWS.
import * as l10n from "@vscode/l10n";
import type { Difference } from "../../core/cloudfront/compare.ts";
import { shownDifference } from "../../core/messages/differences.ts";
import { messageOf } from "../../core/messages/tell.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { adviceParts } from "../advice.ts";
import { movedProblem } from "../problems.ts";
import type { Caller } from "./caller.ts";
import type { Plan } from "./change.ts";
import type { Job, Meanwhile } from "./job.ts";
import type { KnownLease } from "./lease.ts";
import { otherWindowLine } from "./other-window.ts";
import type { Resource } from "./records.ts";
import type { About, Comparison, Proposal } from "./review/live-review.ts";
import type { Changes, Fact, PageLine, PageProblems, Tone } from "./review/page.ts";
import type { Target } from "./target.ts";
import type { Line } from "./ui.ts";
import { sentences } from "./words.ts";

/** More are seen in the diff alone. */
const mostChanges = 50;
const mostProblems = 50;

export interface ProposalOptions {
  /** What copied commands are written for; `undefined`: there are none. */
  readonly shell: string | undefined;
  /** Whether what was chosen can be chosen anew. */
  readonly canChange: boolean;
  /** That is, or was, at the same resource. */
  readonly other?: KnownLease | undefined;
}

export function proposalOf<Config>(
  plan: Plan<Config>,
  meanwhile: Meanwhile | undefined,
  job: Job<Config>,
  { shell, canChange, other }: ProposalOptions,
): Proposal {
  const { target, wish } = job;
  const { fetched, introduced, standing, steps } = plan;
  const errors = introduced.filter(({ severity }) => severity === "error");
  const clients = wish.clients?.(plan);
  const final = finality(plan, target);
  const { owner } = wish;
  return {
    plan: {
      sentence: wish.sentence(plan),
      version: {
        name: l10n.t("Planned on version"),
        value:
          fetched.etag ??
          l10n.t("{0} names no versions. It is compared right before the change is sent.", target.service),
      },
      meanwhile:
        meanwhile === undefined
          ? undefined
          : {
              text: sentences(
                meanwhile.text,
                l10n.t("Your change is planned again on the new version. The changes of the other update are kept."),
              ),
              changes: changesOf(meanwhile.differences),
            },
      changes: changesOf(plan.differences),
      clients: (clients?.lines ?? [{ label: l10n.t("$(question) Which clients this affects is not known here.") }]).map(
        pageLine,
      ),
      required: (wish.required?.(plan) ?? []).map(pageLine),
      notes: [
        ...(other === undefined ? [] : [otherWindowLine(other, target)]),
        ...wish.notes.map(pageLine),
        ...(steps.length === 1 ? [] : [info(target.words.inSteps(steps.length))]),
        ...(final === undefined ? [] : [{ tone: "warning", text: final.text, detail: final.why } as const]),
      ],
      introduced: problemsOf(introduced),
      standing: problemsOf(standing),
      plans: wish.plans?.(plan) ?? [],
      owner:
        owner === undefined
          ? undefined
          : {
              text: owner.text,
              template:
                owner.template === undefined ? undefined : { format: owner.template.format, text: owner.template.text },
            },
    },
    comparison: comparisonOf(plan, target),
    consequences: [
      ...(wish.consequences ?? []),
      ...(clients?.consequences ?? []),
      ...(owner === undefined ? [] : [owner.text]),
      ...(final === undefined ? [] : [final.text]),
      ...warningsText(introduced),
    ],
    blocked:
      errors.length === 0
        ? undefined
        : l10n.t(
            "{0} would reject the change, or the change cannot work. Correct the errors that are listed under “Problems that the change causes”.",
            target.service,
          ),
    applyLabel: l10n.t("Apply to {0}", target.id),
    shell: errors.length === 0 ? shell : undefined,
    canChange,
    hasTemplate: owner?.template !== undefined,
    steps: steps.map(({ call, goal: then }, index) => {
      const before = steps[index - 1]?.goal ?? fetched.config;
      const { parts } = target.trace(before, then);
      return parts.length === 0 ? call : l10n.t("{0}: {1}", call, target.words.listed(parts));
    }),
  };
}

/** Worked out once it is shown: the page does not wait for its diff, whose texts may be large. */
function comparisonOf<Config>(
  { fetched, goal, introduced, standing }: Plan<Config>,
  target: Target<Config>,
): Comparison {
  let texts: ReturnType<Target<Config>["render"]> | undefined;
  const rendered = () => (texts ??= target.render(fetched.config, goal));
  return {
    title: l10n.t("{0}: now ↔ after the change", target.id),
    path: target.path,
    get before() {
      return rendered().before;
    },
    get after() {
      return rendered().after.text;
    },
    get problems() {
      const { after } = rendered();
      return [...introduced, ...standing].map((problem) => movedProblem(problem, after));
    },
  };
}

export function aboutOf<Config>({ target, wish, caller }: Pick<Job<Config>, "target" | "wish" | "caller">): About {
  return aboutResource(target, wish.deed, caller);
}

export function aboutResource(
  { id, kind, name, region, words }: Pick<Target<unknown>, "id" | "kind" | "name" | "region" | "words">,
  deed: string,
  { profile, identity }: Pick<Caller, "profile" | "identity">,
): About {
  return aboutNamed(
    { account: identity.account, profile, kind, id, name: name(), what: words.what, title: words.title(deed) },
    [
      { name: l10n.t("Signed in as"), value: identity.arn },
      { name: l10n.t("Region"), value: region },
    ],
  );
}

/** By names alone: also of a change that is only remembered. */
export function aboutNamed({ account, profile, kind, id, name, what, title }: Named, more: readonly Fact[]): About {
  return {
    ...{ account, kind, id, title },
    name: name ?? id,
    facts: [
      { name: what, value: name === undefined || name === id ? id : l10n.t("{0} ({1})", name, id) },
      { name: l10n.t("Profile"), value: profile ?? l10n.t("none: environment variables or the default profile") },
      { name: l10n.t("Account"), value: account },
      ...more,
    ],
  };
}

interface Named extends Resource {
  readonly profile: string | undefined;
  /** Given to the resource by people. */
  readonly name: string | undefined;
  /** What kind of thing it is, as a heading. */
  readonly what: string;
  readonly title: string;
}

function changesOf(found: readonly Difference[]): Changes {
  return {
    members: found.slice(0, mostChanges).map((difference) => {
      const { place, kind, before, after } = shownDifference(difference);
      const isShown = before !== undefined || after !== undefined;
      return {
        path: place,
        before,
        after,
        note:
          kind === "order"
            ? l10n.t("The order changes.")
            : isShown
              ? undefined
              : kind === "added"
                ? l10n.t("Added. Open the diff to see it.")
                : kind === "removed"
                  ? l10n.t("Removed. Open the diff to see it.")
                  : l10n.t("Changed. The values are secret, or too long to be shown here."),
      };
    }),
    left: Math.max(0, found.length - mostChanges),
  };
}

function problemsOf(found: readonly Problem[]): PageProblems {
  const problems = found.slice(0, mostProblems).map((problem) => ({
    severity: problem.severity,
    rule: problem.rule.id,
    message: messageOf(problem),
    url: problem.rule.source.url,
  }));
  return { problems, left: found.length - problems.length };
}

function warningsText(introduced: readonly Problem[]): readonly string[] {
  const rules = [...new Set(introduced.filter(({ severity }) => severity === "warning").map(({ rule }) => rule.id))];
  return rules.length === 0 ? [] : [l10n.t("The change causes these warnings: {0}.", rules.join(", "))];
}

/** The step from which on it cannot be undone: said before it is applied, since afterwards is too late. */
function finality<Config>(
  { fetched, steps }: Plan<Config>,
  target: Target<Config>,
): { readonly text: string; readonly why: string } | undefined {
  for (const [index, { goal, call }] of steps.entries()) {
    const undoing = target.undoable(fetched.config, goal, call);
    if (undoing.kind !== "never") continue;
    const text =
      steps.length === 1
        ? l10n.t("This cannot be undone.")
        : l10n.t("This cannot be undone once step {0} of {1} is applied.", index + 1, steps.length);
    return { text, why: undoing.why };
  }
  return undefined;
}

function info(text: string): PageLine {
  return { tone: "info", text, detail: undefined };
}

const tones: Readonly<Record<string, Tone>> = {
  warning: "warning",
  error: "error",
  shield: "warning",
  unlock: "warning",
  pass: "ok",
};

/** The icon that a label begins with says how grave it is. */
export function pageLine({ label, detail }: Line): PageLine {
  const { icon, step, text } = adviceParts(label);
  return { tone: tones[icon] ?? (icon === "" ? undefined : "info"), ...(step && { step }), text, detail };
}
