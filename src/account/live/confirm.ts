import * as l10n from "@vscode/l10n";
import type { Masked } from "../../core/document/masking.ts";
import { movedProblem, problemLine } from "../problems.ts";
import type { Plan } from "./change.ts";
import { type DryRun, dryRun } from "./dry-run.ts";
import type { Job } from "./job.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";
import type { Line, Review, Section } from "./ui.ts";

type Answer = "apply" | "file" | "commands" | "cancel";

/**
 * Shows what would change, and asks. What is sure to fail cannot be applied.
 * @returns whether it is to be sent
 */
export async function confirm<Config>(plan: Plan<Config>, job: Job<Config>, tools: LiveTools): Promise<boolean> {
  const { ui } = tools;
  const { target, wish } = job;
  const errors = plan.introduced.filter(({ severity }) => severity === "error");
  const shown = target.render(plan.fetched.config, plan.goal);
  const base = reviewBase(plan, job, shown);
  const cancel = {
    answer: "cancel",
    label: l10n.t("$(close) Cancel"),
    description: l10n.t("nothing changes"),
  } as const;
  if (errors.length > 0) {
    await ui.review<Answer>({
      ...base,
      question: l10n.t("Not applied: {0} would reject the change, or the change cannot work", target.service),
      answers: [{ ...cancel, label: l10n.t("$(close) Close") }],
      sections: [
        { title: l10n.t("errors caused by the change"), lines: errors.map(problemLine) },
        ...sections({ ...plan, introduced: plan.introduced.filter(({ severity }) => severity !== "error") }, job),
      ],
    });
    return false;
  }
  const dry = dryRun(plan, job, tools);
  const detail = [
    ...(wish.detail ?? []),
    ...(plan.steps.length === 1 ? [] : [target.words.inSteps(plan.steps.length)]),
  ];
  const apply = {
    answer: "apply",
    label: l10n.t("$(cloud-upload) Apply to {0}", target.id),
    description: target.words.listed(plan.parts),
    ...(detail.length === 0 ? {} : { detail: detail.join(" · ") }),
  } as const;
  const others = dry === undefined ? [] : dryAnswers(dry);
  for (;;) {
    const answer = await ui.review<Answer>({
      ...base,
      question:
        wish.doubt === undefined
          ? l10n.t("The diff editor shows the exact change in {0}. Apply it?", target.service)
          : l10n.t("{0} Apply it anyway?", wish.doubt),
      answers: wish.doubt === undefined ? [apply, ...others, cancel] : [cancel, ...others, apply],
      sections: sections(plan, job),
    });
    if (answer === "apply") return true;
    if (answer === "file") await dry?.writeFiles();
    else if (answer === "commands") await dry?.copyCommands();
    else return false;
  }
}

function dryAnswers({ terminal }: DryRun): Review<Answer>["answers"] {
  const description = l10n.t("nothing is sent");
  return [
    { answer: "file", label: l10n.t("$(save-as) Dry run: write the configuration to a file…"), description },
    {
      answer: "commands",
      label: l10n.t("$(terminal) Dry run: copy the AWS CLI commands ({0})", terminal.name),
      description,
    },
  ];
}

function reviewBase<Config>(
  plan: Plan<Config>,
  { target, wish }: Job<Config>,
  { before, after }: { readonly before: string; readonly after: Masked },
): Pick<Review<Answer>, "title" | "path" | "before" | "after" | "problems" | "step"> {
  return {
    title: target.words.title(wish.deed),
    path: target.path,
    before,
    after: after.text,
    problems: [...plan.introduced, ...plan.standing].map((problem) => movedProblem(problem, after)),
    ...(wish.step === undefined ? {} : { step: wish.step }),
  };
}

function sections<Config>(plan: Plan<Config>, { target, wish }: Job<Config>): Section[] {
  const advice = wish.advice?.(plan);
  return [
    { title: l10n.t("before you apply the change"), lines: [...wish.notes, ...noWayBack(plan, target)] },
    ...(advice === undefined ? [] : [advice]),
    { title: l10n.t("problems in the configuration after the change"), lines: plan.introduced.map(problemLine) },
    { title: l10n.t("problems that already existed before the change"), lines: plan.standing.map(problemLine) },
  ];
}

/** The step from which on it cannot be undone: said before it is applied, since afterwards is too late. */
function noWayBack<Config>({ fetched, steps }: Plan<Config>, target: Target<Config>): Line[] {
  for (const [index, { goal, call }] of steps.entries()) {
    const undoing = target.undoable(fetched.config, goal, call);
    if (undoing.kind !== "never") continue;
    const label =
      steps.length === 1
        ? l10n.t("$(warning) This cannot be undone")
        : l10n.t("$(warning) This cannot be undone once step {0} of {1} is applied", index + 1, steps.length);
    return [{ label, detail: undoing.why }];
  }
  return [];
}
