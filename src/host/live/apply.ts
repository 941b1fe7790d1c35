import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import {
  factsOf,
  type Judge,
  nextPart,
  originsById,
  type Plan,
  type Planned,
  planFor,
  type Wanted,
} from "../../account/plan.ts";
import type { FetchedConfig } from "../../aws/distributions.ts";
import { type Difference, differences, notKept } from "../../core/cloudfront/compare.ts";
import { changedSettings, inverseOf, newCertificates } from "../../core/cloudfront/origin-settings.ts";
import { maskSecrets } from "../../core/cloudfront/secrets.ts";
import { readWireConfig, type WireConfig, writeWireConfig } from "../../core/cloudfront/wire.ts";
import type { Json, Tree } from "../../core/document/tree.ts";
import { isXmlFault } from "../../core/document/xml.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import { masked } from "../../core/messages/comparison.ts";
import { messageOf } from "../../core/messages/tell.ts";
import type { Problem } from "../../core/rules/rule.ts";
import type { Span } from "../../core/text.ts";
import { certificateLabel } from "../authoring/certificate-picker.ts";
import { originAdvice } from "../authoring/origin-advice.ts";
import { type Kind, unfitReason } from "../authoring/origin-picker.ts";
import { type Log, logFault } from "../editor/log.ts";
import { movedProblem } from "../editor/preview.ts";
import { isReadOnly } from "../editor/settings.ts";
import type { Caller } from "./caller.ts";
import { dryRun } from "./dry-run.ts";
import { explainFailure, ownDiagnosis } from "./failures.ts";
import type { Deed, LiveMemory, WaitRecord } from "./memory.ts";
import type { LiveUi, Review, Section } from "./ui.ts";
import { type Pauses, waitUntilDeployed } from "./wait.ts";
import { deedTitle, differenceLines, differencesInShort, doneText, failureText, listedNames } from "./words.ts";

/** One change to one distribution, from its preview to its end. */
export interface Job {
  readonly caller: Caller;
  /** The distribution's. */
  readonly id: string;
  readonly deed: Deed;
  readonly wanted: Wanted;
  /** What to know before applying, besides what the plan says. */
  readonly notes: readonly { readonly label: string; readonly detail?: string }[];
  /** Only where it still is this version. */
  readonly onlyAt?: string;
  readonly step?: NonNullable<Review<Answer>["step"]>;
  /**
   * Runs after AWS took something, and again after it was read back: with what CloudFront has, and with what it is to
   * have in the end.
   */
  readonly onTaken?: (now: FetchedConfig, goal: Json) => Promise<void>;
  /** Runs where somebody else changed the same places. */
  readonly onConflicts?: (planned: Extract<Planned, { readonly kind: "conflicts" }>) => Promise<void>;
}

export interface ApplyTools {
  readonly account: Account;
  readonly memory: LiveMemory;
  readonly ui: LiveUi;
  readonly log: Log;
  readonly judge: Judge;
  /** Turns a change back: what the button behind its end does. */
  readonly undo: (id: string) => Promise<void>;
  readonly pauses: Pauses;
}

/** `kept`: AWS has it, be it deployed yet or not. `left`: nothing was changed. */
export type Outcome = "kept" | "left";

/** How far a change came, over all plans that were made for it. */
interface Run {
  /** Calls that AWS took. */
  applied: number;
  /** The last version that is ours, and the config before the first of those that led to it. */
  ours: { readonly etag: string; readonly before: WireConfig } | undefined;
}

/**
 * Plans on what CloudFront has now, shows it, asks, and carries it out. Asks again wherever something else is the case
 * than was shown.
 */
export async function carryOut(job: Job, tools: ApplyTools): Promise<Outcome> {
  const { ui } = tools;
  const run: Run = { applied: 0, ours: undefined };
  let fetched: FetchedConfig | undefined;
  for (;;) {
    if (fetched === undefined) {
      const answer = await fetchConfig(job);
      if (isFailure(answer)) {
        if (!(await failed(answer, job, tools, { standing: standingText(run, job.id) }))) return outcomeOf(run);
        continue;
      }
      fetched = answer;
    }
    const isOurs = fetched.etag === run.ours?.etag;
    if (job.onlyAt !== undefined && fetched.etag !== job.onlyAt && !isOurs) {
      await ui.say(
        vscode.l10n.t(
          "{0} was changed by somebody else meanwhile, so the change cannot be undone in one step any more. {1}",
          job.id,
          standingText(run, job.id),
        ),
        "warning",
      );
      return outcomeOf(run);
    }
    const planned = planFor(job.wanted, fetched, job.id, tools.judge);
    if (planned.kind !== "plan") {
      if (planned.kind === "conflicts" && job.onConflicts !== undefined) await job.onConflicts(planned);
      else await sayNoPlan(planned, job, run, ui);
      return outcomeOf(run);
    }
    if (!(await confirm(planned.plan, job, tools))) return outcomeOf(run);
    if (isReadOnly()) {
      await ui.say(readOnlyText());
      return outcomeOf(run);
    }
    const sent = await send(planned.plan, run, job, tools);
    if (sent.kind === "ended") return sent.outcome;
    fetched = sent.fetched;
  }
}

function outcomeOf({ applied }: Run): Outcome {
  return applied === 0 ? "left" : "kept";
}

export function readOnlyText(): string {
  return vscode.l10n.t("The setting mtls.readOnly is on: nothing is changed in AWS.");
}

export function fetchConfig({ caller, id }: Pick<Job, "caller" | "id">): Promise<FetchedConfig | Failure> {
  return caller.ask(async (connection, signal) =>
    (await import("../../aws/distributions.ts")).getDistributionConfig(connection, id, signal),
  );
}

// --- before anything is sent

async function sayNoPlan(
  planned: Exclude<Planned, { readonly kind: "plan" }>,
  { id, deed }: Job,
  run: Run,
  ui: LiveUi,
): Promise<void> {
  const standing = standingText(run, id);
  switch (planned.kind) {
    case "nothing":
      return ui.say(
        deed === "draft"
          ? vscode.l10n.t("Nothing to change: {0} is as the draft says.", id)
          : vscode.l10n.t("Nothing to change: {0} is so already.", id),
      );
    case "gone":
      return ui.say(
        vscode.l10n.t("{0} has no such origin any more: {1}. {2}", id, listedNames(planned.origins), standing),
        "warning",
      );
    case "unfit":
      return ui.say(
        vscode.l10n.t(
          "{0} is another than before. {1} {2}",
          id,
          planned.origins.map((origin) => `${origin.id}: ${unfitReason(origin.unfit)}`).join(" "),
          standing,
        ),
        "warning",
      );
    case "conflicts":
      return ui.say(
        vscode.l10n.t(
          "Somebody else changed the same places of {0}: {1} {2}",
          id,
          differencesInShort(planned.conflicts),
          standing,
        ),
        "warning",
      );
    case "unsendable":
      return ui.say(
        vscode.l10n.t("CloudFront's XML cannot say all of it: {0} {1}", differencesInShort(planned.lost), standing),
        "error",
      );
  }
}

type Answer = "apply" | "file" | "commands" | "cancel";

async function confirm(plan: Plan, job: Job, { ui, log }: ApplyTools): Promise<boolean> {
  const errors = plan.introduced.filter(({ severity }) => severity === "error");
  const after = masked(plan.after.tree, plan.before.tree);
  const apply = {
    answer: "apply",
    label: vscode.l10n.t("$(cloud-upload) Apply to {0}", job.id),
    description: listedNames(plan.origins),
    ...applyDetail(plan, job),
  } as const;
  const cancel = {
    answer: "cancel",
    label: vscode.l10n.t("$(close) Cancel"),
    description: vscode.l10n.t("nothing changes"),
  } as const;
  const dry = [
    {
      answer: "file",
      label: vscode.l10n.t("$(save-as) Dry run: write the config to a file…"),
      description: vscode.l10n.t("nothing is sent"),
    },
    {
      answer: "commands",
      label: vscode.l10n.t("$(terminal) Dry run: copy the aws commands"),
      description: vscode.l10n.t("nothing is sent"),
    },
  ] as const;
  if (errors.length > 0) {
    await ui.review<Answer>({
      ...reviewBase(plan, job, after),
      question: vscode.l10n.t("Not applied: the change would bring what CloudFront refuses, or what cannot work"),
      answers: [{ ...cancel, label: vscode.l10n.t("$(close) Close") }],
      sections: [
        { title: vscode.l10n.t("errors that the change brings"), lines: errors.map(problemLine) },
        ...sections(
          plan,
          job,
          plan.introduced.filter(({ severity }) => severity !== "error"),
        ),
      ],
    });
    return false;
  }
  const dryRuns = dryRun({ plan, id: job.id, caller: job.caller }, { ui, log });
  for (;;) {
    const answer = await ui.review<Answer>({
      ...reviewBase(plan, job, after),
      question: vscode.l10n.t("The comparison shows exactly what changes in CloudFront. Apply it?"),
      answers: [apply, ...dry, cancel],
      sections: sections(plan, job, plan.introduced),
    });
    if (answer === "apply") return true;
    if (answer === "file") await dryRuns.writeFile();
    else if (answer === "commands") await dryRuns.copyCommands();
    else return false;
  }
}

function reviewBase(plan: Plan, job: Job, after: { readonly text: string; moved(span: Span): Span }) {
  return {
    title: deedTitle(job.deed, job.id),
    path: `/${job.id}.json`,
    before: maskSecrets(plan.before.tree),
    after: after.text,
    problems: [...plan.introduced, ...plan.standing].map((problem) => movedProblem(problem, after)),
    ...(job.step === undefined ? {} : { step: job.step }),
  };
}

function applyDetail({ parts }: Plan, { wanted }: Job): { detail?: string } {
  const calls =
    parts.length === 1
      ? []
      : [
          vscode.l10n.t(
            "in {0} steps, each deployed before the next: CloudFront takes five new certificates at a time",
            parts.length,
          ),
        ];
  if (wanted.kind !== "intent" || wanted.intent.kind === "disable")
    return calls.length === 0 ? {} : { detail: calls.join(" · ") };
  const { label, description } = certificateLabel(wanted.intent.certificate);
  return {
    detail: [
      vscode.l10n.t("certificate {0}", label),
      ...(description === undefined ? [] : [description]),
      ...calls,
    ].join(" · "),
  };
}

function sections(plan: Plan, job: Job, introduced: readonly Problem[]): Section[] {
  return [
    { title: vscode.l10n.t("before you apply it"), lines: job.notes },
    { title: vscode.l10n.t("what the origin must do"), lines: advice(plan, job) },
    { title: vscode.l10n.t("found in the config after the change"), lines: introduced.map(problemLine) },
    { title: vscode.l10n.t("found in it before the change, too"), lines: plan.standing.map(problemLine) },
  ];
}

function problemLine(problem: Problem): { label: string; detail: string } {
  return { label: `$(${problem.severity}) ${problem.rule.id}`, detail: messageOf(problem) };
}

/** By what becomes of the origins, whoever wants it. */
function advice(plan: Plan, { wanted }: Job): Section["lines"] {
  if (wanted.kind === "intent") return originAdvice(wanted.intent.kind, originsById(plan.before, wanted.origins));
  const [before, after] = [plan.fetched.config.json, plan.sent.json];
  const now = new Map(changedSettings(after, before).map((setting) => [setting.origin, setting]));
  const kinds = new Map<Kind, string[]>();
  for (const { origin, certificate } of changedSettings(before, after)) {
    const had = now.get(origin)?.certificate;
    if (had === certificate) continue;
    const kind = certificate === undefined ? "disable" : had === undefined ? "enable" : "change-certificate";
    kinds.set(kind, [...(kinds.get(kind) ?? []), origin]);
  }
  return [...kinds].flatMap(([kind, origins]) => [
    ...(kinds.size > 1 ? [{ label: `$(server) ${listedNames(origins)}` }] : []),
    ...originAdvice(kind, originsById(plan.before, origins)),
  ]);
}

// --- sending

/** `again`: nothing of what was shown holds any more; it is planned, shown and asked for anew. */
type Sent =
  | { readonly kind: "ended"; readonly outcome: Outcome }
  | { readonly kind: "again"; readonly fetched: FetchedConfig | undefined };

const ended = (outcome: Outcome): Sent => ({ kind: "ended", outcome });

/** One of the calls of a plan. */
interface Step {
  readonly config: WireConfig;
  /** What it replaces. */
  readonly current: FetchedConfig;
  readonly run: Run;
  /** Calls that are behind it, and that there are in all, those of plans before this one among them. */
  readonly progress: Progress;
  readonly job: Job;
  readonly tools: ApplyTools;
}

interface Progress {
  readonly applied: number;
  readonly parts: number;
}

async function send(plan: Plan, run: Run, job: Job, tools: ApplyTools): Promise<Sent> {
  const { ui, memory, account, log } = tools;
  const parts = run.applied + plan.parts.length;
  /**
   * The whole change is undone at once, also where it took several plans; what somebody else changed in between stays.
   */
  const before = plan.fetched.etag === run.ours?.etag ? run.ours.before : plan.fetched.config;
  let current = plan.fetched;
  let sent = plan.fetched;
  for (const [index, part] of plan.parts.entries()) {
    const next =
      index === 0 ? { merged: part, conflicts: [] } : nextPart(plan.parts[index - 1] ?? part, part, current.config);
    const config = plan.parts.length === 1 ? plan.sent : written(current.config, next.merged);
    const step: Step = { config, current, run, progress: { applied: run.applied, parts }, job, tools };
    // The service made something else of the places that come next.
    if (next.conflicts.length > 0) return afterConflict({ ...step, current: sent });
    const taken = await put(step);
    if (taken.kind !== "taken") return taken;
    const { etag } = taken;
    sent = { etag, config };
    run.applied += 1;
    run.ours = { etag, before };
    const progress = { applied: run.applied, parts };
    // From here on AWS has the change: whatever else fails, its end is waited for and told.
    const record = await remember(
      { before, part, sent, replaced: current.etag, left: parts - run.applied, isAlone: taken.isAlone },
      job,
      tools,
    );
    account.refreshDistribution(job.id).catch((error: unknown) => logFault(log, "refresh", error));
    await tellTaken(sent, goalAfter(part, plan, config), job, log);
    const waited = await waitUntilDeployed(record, { part: run.applied, parts }, job.caller, tools).finally(() =>
      memory.end(record),
    );
    if (waited !== "deployed") {
      await sayNotWaited(waited, progress, record, job, tools);
      return ended("kept");
    }
    const back = await fetchConfig(job);
    if (isFailure(back)) {
      await failed(back, job, tools, { standing: standingText(progress, job.id) }, false);
      return ended("kept");
    }
    if (back.etag === etag) await tellTaken(back, goalAfter(part, plan, back.config), job, log);
    if (!(await isKept(config.json, etag, back, job, ui))) return ended("kept");
    if (back.etag !== etag && run.applied < parts) return afterConflict({ ...step, current: sent, progress });
    current = back;
  }
  const text = doneText(job.deed, job.id, plan.origins);
  if (current.etag !== run.ours?.etag) await ui.say(vscode.l10n.t("{0} Somebody else changed it again since.", text));
  else if (
    memory
      .undos()
      .some(
        ({ id, account: owner, etag }) =>
          id === job.id && owner === job.caller.identity.account && etag === current.etag,
      )
  )
    sayDone(text, job.id, tools);
  else void ui.say(text);
  return ended("kept");
}

/** Nothing of what is made of it may hide that AWS has the change. */
async function tellTaken(now: FetchedConfig, goal: Json, job: Job, log: Log): Promise<void> {
  try {
    await job.onTaken?.(now, goal);
  } catch (error) {
    logFault(log, "after a change", error);
  }
}

/** What is still to come, on top of what is there: the service may have added something. */
function goalAfter(part: Json, plan: Plan, now: WireConfig): Json {
  return nextPart(part, plan.sent.json, now).merged;
}

function written(config: WireConfig, after: Json): WireConfig {
  const read = readWireConfig(writeWireConfig(config, after));
  if (isXmlFault(read)) throw new Error(`The XML that was written cannot be read: ${read.fault.code}`);
  return read;
}

/** `isAlone`: what is there now is what was sent, and nothing else. */
type Taken = { readonly kind: "taken"; readonly etag: string; readonly isAlone: boolean } | Sent;

async function put(step: Step): Promise<Taken> {
  const { config, current, progress, job, tools } = step;
  const { caller, id } = job;
  const answer = await caller.ask(async (connection, signal) =>
    (await import("../../aws/distributions.ts")).putDistributionConfig(
      connection,
      id,
      current.etag,
      config.xml,
      signal,
    ),
  );
  if (!isFailure(answer)) return { kind: "taken", etag: answer.etag, isAlone: true };
  if (answer.mayHaveApplied === true) return afterDoubt(answer, step);
  if (answer.failure === "conflict") return afterConflict(step);
  const own =
    answer.failure === "refused" || answer.failure === "not-found" || answer.failure === "unknown"
      ? await ownDiagnosis(newCertificates(current.config.json, config.json), tools.account, caller)
      : undefined;
  return againOr(await failed(answer, job, tools, { own, standing: standingText(progress, id) }), step);
}

function againOr(isAgain: boolean, { run }: Step): Sent {
  return isAgain ? { kind: "again", fetched: undefined } : ended(outcomeOf(run));
}

/** No answer came. Whether AWS took it can be seen: what it has now says so. */
async function afterDoubt(failure: Failure, step: Step): Promise<Taken> {
  const { config, current, progress, job, tools } = step;
  const { ui } = tools;
  const look = vscode.l10n.t("Look Again");
  for (let trouble: Failure | undefined; ; ) {
    const now: FetchedConfig | Failure = trouble ?? (await fetchConfig(job));
    if (isFailure(now)) {
      const unknown = vscode.l10n.t(
        "It is not known whether {0} was changed: no answer came to the change, and it cannot be read now.",
        job.id,
      );
      if ((await ui.ask([unknown, now.message, whereToLook(job)].join(" "), [look], "error")) !== look)
        return ended("kept");
      const problem = await job.caller.renewIfNeeded();
      if (problem !== undefined && !isFailure(problem)) {
        await ui.say(
          vscode.l10n.t(
            "The session is in another account now, {0}. It is not known whether {1} was changed: no answer came to the change. {2}",
            problem.otherAccount,
            job.id,
            whereToLook(job),
          ),
          "warning",
        );
        return ended("kept");
      }
      trouble = problem;
      continue;
    }
    if (now.etag === current.etag) {
      // That one look shows the version before is no proof: what was sent may still be on its way.
      const again = vscode.l10n.t("Try Again");
      const standing = progress.applied === 0 ? [] : [standingText(progress, job.id)];
      const still = vscode.l10n.t(
        "CloudFront still has the config from before; the change may yet arrive. Look again before you repeat it.",
      );
      const answer = await ui.ask(
        [failureText(withoutDoubt(failure)), still, ...standing].join(" "),
        [look, again],
        "error",
      );
      if (answer !== look) return againOr(answer === again && (await isRenewed(job, tools)), step);
      const problem = await job.caller.renewIfNeeded();
      trouble = isFailure(problem) ? problem : undefined;
      continue;
    }
    if (notKept(config.json, now.config.json).length === 0) {
      void ui.say(
        vscode.l10n.t("No answer came to the change, but CloudFront has it: {0} says what was sent.", job.id),
      );
      return { kind: "taken", etag: now.etag, isAlone: differences(config.json, now.config.json).length === 0 };
    }
    return afterConflict(step);
  }
}

/** For whoever wants to know what became of a change. */
function whereToLook({ caller, id }: Job): string {
  const { account } = caller.identity;
  return vscode.l10n.t(
    "Open the config of {0} in the account {1}, or look at its last change in the console, before you repeat it.",
    id,
    account,
  );
}

/** That nobody knows is not true any more. */
function withoutDoubt(failure: Failure): Failure {
  return { ...failure, message: vscode.l10n.t("No answer came to the change.") };
}

/** Somebody else was faster: what they changed is shown, and everything is asked again. */
async function afterConflict(step: Step): Promise<Sent> {
  const { current, progress, job, tools } = step;
  const { ui } = tools;
  const theirs = await fetchConfig(job);
  if (isFailure(theirs))
    return againOr(
      await failed(theirs, job, tools, {
        standing: vscode.l10n.t("Somebody else changed {0} meanwhile. {1}", job.id, standingText(progress, job.id)),
      }),
      step,
    );
  const found = differences(current.config.json, theirs.config.json);
  const [before, after] = [treeOf(current.config, job.id), treeOf(theirs.config, job.id)];
  const answer = await ui.review<"again" | "cancel">({
    title: vscode.l10n.t("{0} was changed by somebody else", job.id),
    path: `/${job.id}.json`,
    before: maskSecrets(before),
    after: masked(after, before).text,
    problems: [],
    question:
      progress.applied === 0
        ? vscode.l10n.t("This is what somebody else changed meanwhile. Your change was not applied.")
        : vscode.l10n.t("This is what somebody else changed meanwhile. {0}", standingText(progress, job.id)),
    answers: [
      {
        answer: "again",
        label: vscode.l10n.t("$(refresh) Preview my change on their version"),
        detail: vscode.l10n.t("what they changed stays"),
      },
      {
        answer: "cancel",
        label: vscode.l10n.t("$(close) Cancel"),
        description: vscode.l10n.t("their version stays as it is"),
      },
    ],
    sections: [
      {
        title: vscode.l10n.t("what they changed"),
        lines:
          found.length === 0
            ? [{ label: vscode.l10n.t("Nothing that the config says: only its version is another one.") }]
            : differenceLines(found),
      },
    ],
  });
  return answer === "again" ? { kind: "again", fetched: theirs } : ended(outcomeOf(step.run));
}

function treeOf(config: WireConfig, id: string): Tree {
  return factsOf(config, id).tree;
}

/** @returns whether to try again, signed in anew where that was the trouble */
async function failed(
  failure: Failure,
  job: Job,
  tools: ApplyTools,
  { own, standing }: { readonly own?: string | undefined; readonly standing: string },
  canRetry = true,
): Promise<boolean> {
  const again = canRetry && failure.failure !== "cancelled" ? { again: vscode.l10n.t("Try Again") } : {};
  return (await explainFailure(failure, tools.ui, { own, standing, ...again })) && isRenewed(job, tools, standing);
}

/** Signs in anew where that is needed, for as long as somebody wants to; else it was said why not. */
async function isRenewed(job: Job, { ui }: ApplyTools, standing?: string): Promise<boolean> {
  for (;;) {
    const problem = await job.caller.renewIfNeeded();
    if (problem === undefined) return true;
    if (!isFailure(problem)) {
      await ui.say(
        vscode.l10n.t("The session is in another account now, {0}. Nothing more was sent.", problem.otherAccount),
        "warning",
      );
      return false;
    }
    if (!(await explainFailure(problem, ui, { standing, again: vscode.l10n.t("Try Again") }))) return false;
  }
}

/** @param parts `undefined`: how many there were to be is not known any more */
function standingText({ applied, parts }: { readonly applied: number; readonly parts?: number }, id: string): string {
  if (applied === 0) return vscode.l10n.t("Nothing was changed.");
  if (parts === 1) return vscode.l10n.t("{0} was changed.", id);
  return parts === undefined
    ? vscode.l10n.t("{0} was changed in part: steps that were applied before stay.", id)
    : vscode.l10n.t("{0} of {1} steps were applied to {2} before.", applied, parts, id);
}

// --- afterwards

interface Applied {
  readonly before: WireConfig;
  readonly part: Json;
  readonly sent: FetchedConfig;
  readonly replaced: string;
  readonly left: number;
  readonly isAlone: boolean;
}

/** What cannot be kept is said, and is no reason not to go on: AWS has the change. */
async function remember(
  { before, part, sent: { etag }, replaced, left, isAlone }: Applied,
  { caller, id, deed }: Job,
  { memory, ui, log }: ApplyTools,
): Promise<WaitRecord> {
  const expected = changedSettings(before.json, part);
  const settings = inverseOf(before.json, part);
  const done = {
    account: caller.identity.account,
    profile: caller.profile,
    id,
    etag,
    deed,
    origins: expected.map(({ origin }) => origin),
    at: Date.now(),
  };
  const record: WaitRecord = {
    ...done,
    replaced,
    expected,
    isWhole: settings !== undefined,
    left,
    window: memory.window,
  };
  // Ours from the start: nobody else in this window takes it for one that was left.
  memory.begin(record);
  try {
    await memory.addWait(record);
  } catch (error) {
    logFault(log, "remember the wait", error);
  }
  // A whole config would take back what somebody else may have added.
  if (settings === undefined && !isAlone) return record;
  try {
    await memory.addUndo({ ...done, settings }, settings === undefined ? JSON.stringify(before.json) : undefined);
  } catch (error) {
    logFault(log, "remember the undo", error);
    void ui.say(
      vscode.l10n.t(
        'AWS took the change of {0}. What undoes it could not be kept; the output channel "mTLS Workbench" has the details.',
        id,
      ),
      "warning",
    );
  }
  return record;
}

async function sayNotWaited(
  waited: Exclude<Awaited<ReturnType<typeof waitUntilDeployed>>, "deployed">,
  { applied, parts }: Progress,
  record: WaitRecord,
  job: Job,
  tools: ApplyTools,
): Promise<void> {
  const { ui } = tools;
  const steps =
    applied === parts
      ? ""
      : vscode.l10n.t("{0} of {1} steps were sent; run the command again for the others.", applied, parts);
  if (waited === "taken") {
    if (steps !== "")
      await ui.say(
        [vscode.l10n.t("Another window goes on with {0}, or changed it again.", job.id), steps].join(" "),
        "warning",
      );
  } else if (waited === "stopped") {
    await ui.say(
      [vscode.l10n.t("Waiting was stopped. AWS has the change and goes on deploying {0}.", job.id), steps]
        .join(" ")
        .trim(),
    );
  } else if (waited === "left") {
    await ui.say(
      [
        vscode.l10n.t(
          "Another profile was chosen. AWS has the change and goes on deploying {0}; waiting goes on when you come back to the account {1}.",
          job.id,
          record.account,
        ),
        steps,
      ]
        .join(" ")
        .trim(),
    );
  } else {
    await explainFailure(waited, ui, {
      standing: [
        vscode.l10n.t(
          "AWS has the change and goes on deploying {0}; whether it is deployed cannot be seen now.",
          job.id,
        ),
        steps,
      ]
        .join(" ")
        .trim(),
    });
  }
}

/** @returns whether the service kept what was sent */
async function isKept(sent: Json, etag: string, back: FetchedConfig, job: Job, ui: LiveUi): Promise<boolean> {
  const lost = notKept(sent, back.config.json);
  if (lost.length === 0) return true;
  await sayLost(lost, back.etag !== etag, job.id, ui, () => {
    const read = treeOf(back.config, job.id);
    const wanted = treeOf({ ...back.config, text: `${JSON.stringify(sent, undefined, 4)}\n`, json: sent }, job.id);
    return ui.compare(
      vscode.l10n.t("{0}: sent ↔ read back", job.id),
      `/${job.id}.json`,
      maskSecrets(wanted),
      masked(read, wanted).text,
    );
  });
  return false;
}

async function sayLost(
  lost: readonly Difference[],
  isAnotherVersion: boolean,
  id: string,
  ui: LiveUi,
  show: () => Promise<void>,
): Promise<void> {
  const compare = vscode.l10n.t("Show the Difference");
  const message = isAnotherVersion
    ? vscode.l10n.t(
        "{0} is deployed, but somebody changed it again meanwhile. Of this change it does not have: {1}",
        id,
        differencesInShort(lost),
      )
    : vscode.l10n.t(
        "AWS took the change and deployed {0}, but did not keep all that was sent: {1}",
        id,
        differencesInShort(lost),
      );
  if ((await ui.ask(message, [compare], "error")) === compare) await show();
}

/** Not waited for: the message stays until somebody closes it, and nothing hangs on it but the undo. */
export function sayDone(text: string, id: string, { ui, undo, log }: Pick<ApplyTools, "ui" | "undo" | "log">): void {
  const answer = vscode.l10n.t("Undo");
  ui.ask(text, [answer])
    .then((chosen) => (chosen === answer ? undo(id) : undefined))
    .catch((error: unknown) => logFault(log, "undo", error));
}
