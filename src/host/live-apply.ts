import * as vscode from "vscode";
import type { FetchedConfig } from "../aws/distributions.ts";
import { type Failure, isFailure } from "../aws/failure.ts";
import { differences, notKept, type Difference } from "../core/cloudfront/compare.ts";
import { changedSettings, inverseOf, newCertificates } from "../core/cloudfront/origin-settings.ts";
import { masked } from "../core/cloudfront/masking.ts";
import { maskSecrets } from "../core/cloudfront/secrets.ts";
import { readWireConfig, type WireConfig, writeWireConfig } from "../core/cloudfront/wire.ts";
import type { Json, Tree } from "../core/document/tree.ts";
import { isXmlFault } from "../core/document/xml.ts";
import type { Problem } from "../core/rules/rule.ts";
import type { Span } from "../core/text.ts";
import type { Account } from "./account.ts";
import { certificateLabel } from "./certificate-picker.ts";
import type { Caller } from "./live-caller.ts";
import { dryRun } from "./live-dry-run.ts";
import { explainFailure, ownDiagnosis } from "./live-failures.ts";
import type { Deed, LiveMemory, WaitRecord } from "./live-memory.ts";
import { factsOf, type Judge, nextPart, originsById, type Plan, type Planned, planFor, type Wanted } from "./live-plan.ts";
import type { LiveUi, Review, Section } from "./live-ui.ts";
import { type Pauses, waitUntilDeployed } from "./live-wait.ts";
import { deedTitle, differenceLines, differencesInShort, doneText, listedNames } from "./live-words.ts";
import { type Log, logFault } from "./log.ts";
import { originAdvice } from "./origin-advice.ts";
import { type Kind, unfitReason } from "./pickers.ts";
import { isReadOnly } from "./settings.ts";

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
  /** Runs after AWS took something, and again after it was read back: with what CloudFront has, and with what it is to have in the end. */
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

/** Plans on what CloudFront has now, shows it, asks, and carries it out. Asks again wherever something else is the case than was shown. */
export async function carryOut(job: Job, tools: ApplyTools): Promise<Outcome> {
  const { ui } = tools;
  let fetched: FetchedConfig | undefined;
  for (;;) {
    if (fetched === undefined) {
      const answer = await fetchConfig(job);
      if (isFailure(answer)) {
        if (!(await failed(answer, job, tools, { standing: vscode.l10n.t("Nothing was changed.") }))) return "left";
        continue;
      }
      fetched = answer;
    }
    if (job.onlyAt !== undefined && fetched.etag !== job.onlyAt) {
      await ui.say(vscode.l10n.t("{0} was changed by somebody else meanwhile, so the change cannot be undone in one step any more. Nothing was changed.", job.id), "warning");
      return "left";
    }
    const planned = planFor(job.wanted, fetched, job.id, tools.judge);
    if (planned.kind !== "plan") {
      if (planned.kind === "conflicts" && job.onConflicts !== undefined) await job.onConflicts(planned);
      else await sayNoPlan(planned, job, ui);
      return "left";
    }
    if (!(await confirm(planned.plan, job, tools))) return "left";
    if (isReadOnly()) {
      await ui.say(readOnlyText());
      return "left";
    }
    const sent = await send(planned.plan, job, tools);
    if (sent.kind === "ended") return sent.outcome;
    fetched = sent.fetched;
  }
}

export function readOnlyText(): string {
  return vscode.l10n.t("The setting mtls.readOnly is on: nothing is changed in AWS.");
}

export function fetchConfig({ caller, id }: Pick<Job, "caller" | "id">): Promise<FetchedConfig | Failure> {
  return caller.ask(async (connection, signal) => (await import("../aws/distributions.ts")).getDistributionConfig(connection, id, signal));
}

// --- before anything is sent

async function sayNoPlan(planned: Exclude<Planned, { readonly kind: "plan" }>, { id, deed }: Job, ui: LiveUi): Promise<void> {
  switch (planned.kind) {
    case "nothing":
      return ui.say(deed === "draft" ? vscode.l10n.t("Nothing to change: {0} is as the draft says.", id) : vscode.l10n.t("Nothing to change: {0} is so already.", id));
    case "gone":
      return ui.say(vscode.l10n.t("{0} has no such origin any more: {1}. Nothing was changed.", id, listedNames(planned.origins)), "warning");
    case "unfit":
      return ui.say(vscode.l10n.t("{0} is another than before. {1} Nothing was changed.", id, planned.origins.map((origin) => `${origin.id}: ${unfitReason(origin.unfit)}`).join(" ")), "warning");
    case "conflicts":
      return ui.say(vscode.l10n.t("Somebody else changed the same places of {0}: {1} Nothing was changed.", id, differencesInShort(planned.conflicts)), "warning");
    case "unsendable":
      return ui.say(vscode.l10n.t("CloudFront's XML cannot say all of it: {0} Nothing was changed.", differencesInShort(planned.lost)), "error");
  }
}

type Answer = "apply" | "file" | "commands" | "cancel";

async function confirm(plan: Plan, job: Job, { ui, log }: ApplyTools): Promise<boolean> {
  const errors = plan.introduced.filter(({ severity }) => severity === "error");
  const after = masked(plan.after.tree);
  const apply = { answer: "apply", label: vscode.l10n.t("$(cloud-upload) Apply to {0}", job.id), description: listedNames(plan.origins), ...applyDetail(plan, job) } as const;
  const cancel = { answer: "cancel", label: vscode.l10n.t("$(close) Cancel"), description: vscode.l10n.t("nothing changes") } as const;
  const dry = [
    { answer: "file", label: vscode.l10n.t("$(save-as) Dry run: write the config to a file…"), description: vscode.l10n.t("nothing is sent") },
    { answer: "commands", label: vscode.l10n.t("$(terminal) Dry run: copy the aws commands"), description: vscode.l10n.t("nothing is sent") },
  ] as const;
  if (errors.length > 0) {
    await ui.review<Answer>({
      ...reviewBase(plan, job, after),
      question: vscode.l10n.t("Not applied: the change would bring what CloudFront refuses, or what cannot work"),
      answers: [{ ...cancel, label: vscode.l10n.t("$(close) Close") }],
      sections: [{ title: vscode.l10n.t("errors that the change brings"), lines: errors.map(problemLine) }, ...sections(plan, job, plan.introduced.filter(({ severity }) => severity !== "error"))],
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

function movedProblem(problem: Problem, after: { moved(span: Span): Span }): Problem {
  return { ...problem, at: after.moved(problem.at), ...(problem.related === undefined ? {} : { related: problem.related.map((related) => ({ ...related, at: after.moved(related.at) })) }) };
}

function applyDetail({ parts }: Plan, { wanted }: Job): { detail?: string } {
  const calls = parts.length === 1 ? [] : [vscode.l10n.t("in {0} steps, each deployed before the next: CloudFront takes five new certificates at a time", parts.length)];
  if (wanted.kind !== "intent" || wanted.intent.kind === "disable") return calls.length === 0 ? {} : { detail: calls.join(" · ") };
  const { label, description } = certificateLabel(wanted.intent.certificate);
  return { detail: [vscode.l10n.t("certificate {0}", label), ...(description === undefined ? [] : [description]), ...calls].join(" · ") };
}

function sections(plan: Plan, job: Job, introduced: readonly Problem[]): Section[] {
  return [
    { title: vscode.l10n.t("before you apply it"), lines: job.notes },
    { title: vscode.l10n.t("what the origin must do"), lines: advice(plan, job) },
    { title: vscode.l10n.t("found in the config after the change"), lines: introduced.map(problemLine) },
    { title: vscode.l10n.t("found in it before the change, too"), lines: plan.standing.map(problemLine) },
  ];
}

function problemLine({ rule, message, severity }: Problem): { label: string; detail: string } {
  return { label: `$(${severity}) ${rule.id}`, detail: message };
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
  return [...kinds].flatMap(([kind, origins]) => [...(kinds.size > 1 ? [{ label: `$(server) ${listedNames(origins)}` }] : []), ...originAdvice(kind, originsById(plan.before, origins))]);
}

// --- sending

/** `again`: nothing of what was shown holds any more; it is planned, shown and asked for anew. */
type Sent = { readonly kind: "ended"; readonly outcome: Outcome } | { readonly kind: "again"; readonly fetched: FetchedConfig | undefined };

const ended = (outcome: Outcome): Sent => ({ kind: "ended", outcome });

async function send(plan: Plan, job: Job, tools: ApplyTools): Promise<Sent> {
  const { ui, memory, account, log } = tools;
  const parts = plan.parts.length;
  let current = plan.fetched;
  for (const [index, part] of plan.parts.entries()) {
    const config = parts === 1 ? plan.sent : written(current.config, index === 0 ? part : nextPart(plan.parts[index - 1] ?? part, part, current.config));
    const taken = await put(config, current, index, plan, job, tools);
    if (taken.kind !== "taken") return taken;
    const { etag } = taken;
    const record = await remember(plan, part, etag, parts - index - 1, job, memory);
    account.refreshDistribution(job.id).catch((error: unknown) => logFault(log, "refresh", error));
    await job.onTaken?.({ etag, config }, goalAfter(part, plan, config));
    const waited = await waitUntilDeployed(record, { part: index + 1, parts }, job.caller, tools).finally(() => memory.end(record));
    if (waited !== "deployed") {
      await sayNotWaited(waited, index, parts, record, job, tools);
      return ended("kept");
    }
    const back = await fetchConfig(job);
    if (isFailure(back)) {
      await failed(back, job, tools, { standing: standingText(index + 1, parts, job.id) }, false);
      return ended("kept");
    }
    if (back.etag === etag) await job.onTaken?.(back, goalAfter(part, plan, back.config));
    if (!(await isKept(config.json, etag, back, job, ui))) return ended("kept");
    if (back.etag !== etag && index + 1 < parts) return afterConflict({ etag, config }, index + 1, plan, job, tools);
    current = back;
  }
  if (current.etag === memory.undos().find(({ id, account: owner }) => id === job.id && owner === job.caller.identity.account)?.etag) sayDone(job.deed, job.id, plan.origins, tools);
  else await ui.say(vscode.l10n.t("{0} Somebody else changed it again since.", doneText(job.deed, job.id, plan.origins)));
  return ended("kept");
}

/** What is still to come, on top of what is there: the service may have added something. */
function goalAfter(part: Json, plan: Plan, now: WireConfig): Json {
  return nextPart(part, plan.sent.json, now);
}

function written(config: WireConfig, after: Json): WireConfig {
  const read = readWireConfig(writeWireConfig(config, after));
  if (isXmlFault(read)) throw new Error(`The XML that was written cannot be read: ${read.fault}`);
  return read;
}

type Taken = { readonly kind: "taken"; readonly etag: string } | Sent;

async function put(config: WireConfig, current: FetchedConfig, done: number, plan: Plan, job: Job, tools: ApplyTools): Promise<Taken> {
  const { caller, id } = job;
  const answer = await caller.ask(async (connection, signal) => (await import("../aws/distributions.ts")).putDistributionConfig(connection, id, current.etag, config.xml, signal));
  if (!isFailure(answer)) return { kind: "taken", etag: answer.etag };
  if (answer.mayHaveApplied === true) return afterDoubt(answer, config, current, done, plan, job, tools);
  if (answer.failure === "conflict") return afterConflict(current, done, plan, job, tools);
  const own = answer.failure === "refused" || answer.failure === "not-found" || answer.failure === "unknown" ? await ownDiagnosis(newCertificates(current.config.json, config.json), tools.account, caller) : undefined;
  const again = await failed(answer, job, tools, { own, standing: standingText(done, plan.parts.length, id) });
  return again ? { kind: "again", fetched: undefined } : ended(done === 0 ? "left" : "kept");
}

/** No answer came. Whether AWS took it can be seen: what it has now says so. */
async function afterDoubt(failure: Failure, config: WireConfig, current: FetchedConfig, done: number, plan: Plan, job: Job, tools: ApplyTools): Promise<Taken> {
  const { ui } = tools;
  const look = vscode.l10n.t("Look Again");
  for (;;) {
    const now = await fetchConfig(job);
    if (isFailure(now)) {
      const unknown = vscode.l10n.t("It is not known whether {0} was changed: no answer came to the change, and it cannot be read now.", job.id);
      if (now.failure === "cancelled" || (await ui.ask(`${unknown} ${now.message}`, [look], "error")) !== look) return ended("kept");
      await job.caller.renewIfNeeded();
      continue;
    }
    if (now.etag === current.etag) {
      const again = await failed(withoutDoubt(failure), job, tools, { standing: vscode.l10n.t("CloudFront still has the config from before: {0}", standingText(done, plan.parts.length, job.id)) });
      return again ? { kind: "again", fetched: undefined } : ended(done === 0 ? "left" : "kept");
    }
    if (notKept(config.json, now.config.json).length === 0) {
      void ui.say(vscode.l10n.t("No answer came to the change, but CloudFront has it: {0} says what was sent.", job.id));
      return { kind: "taken", etag: now.etag };
    }
    return afterConflict(current, done, plan, job, tools);
  }
}

/** That nobody knows is not true any more. */
function withoutDoubt(failure: Failure): Failure {
  return { ...failure, message: vscode.l10n.t("No answer came to the change.") };
}

/** Somebody else was faster: what they changed is shown, and everything is asked again. */
async function afterConflict(current: FetchedConfig, done: number, plan: Plan, job: Job, tools: ApplyTools): Promise<Sent> {
  const { ui } = tools;
  const theirs = await fetchConfig(job);
  if (isFailure(theirs)) {
    const again = await failed(theirs, job, tools, { standing: vscode.l10n.t("Somebody else changed {0} meanwhile. {1}", job.id, standingText(done, plan.parts.length, job.id)) });
    return again ? { kind: "again", fetched: undefined } : ended(done === 0 ? "left" : "kept");
  }
  const found = differences(current.config.json, theirs.config.json);
  const answer = await ui.review<"again" | "cancel">({
    title: vscode.l10n.t("{0} was changed by somebody else", job.id),
    path: `/${job.id}.json`,
    before: maskSecrets(treeOf(current.config, job.id)),
    after: maskSecrets(treeOf(theirs.config, job.id)),
    problems: [],
    question: vscode.l10n.t("This is what somebody else changed meanwhile. {0}", standingText(done, plan.parts.length, job.id)),
    answers: [
      { answer: "again", label: vscode.l10n.t("$(refresh) Preview my change on their version"), detail: vscode.l10n.t("what they changed stays") },
      { answer: "cancel", label: vscode.l10n.t("$(close) Cancel"), description: vscode.l10n.t("their version stays as it is") },
    ],
    sections: [{ title: vscode.l10n.t("what they changed"), lines: found.length === 0 ? [{ label: vscode.l10n.t("Nothing that the config says: only its version is another one.") }] : differenceLines(found) }],
  });
  return answer === "again" ? { kind: "again", fetched: theirs } : ended(done === 0 ? "left" : "kept");
}

function treeOf(config: WireConfig, id: string): Tree {
  return factsOf(config, id).tree;
}

/** @returns whether to try again, signed in anew where that was the trouble */
async function failed(failure: Failure, job: Job, { ui }: ApplyTools, { own, standing }: { readonly own?: string | undefined; readonly standing: string }, canRetry = true): Promise<boolean> {
  const again = canRetry && failure.failure !== "cancelled" ? { again: vscode.l10n.t("Try Again") } : {};
  if (!(await explainFailure(failure, ui, { own, standing, ...again }))) return false;
  for (;;) {
    const problem = await job.caller.renewIfNeeded();
    if (problem === undefined) return true;
    if (!isFailure(problem)) {
      await ui.say(vscode.l10n.t("The session is in another account now, {0}. Nothing more was sent.", problem.otherAccount), "warning");
      return false;
    }
    if (!(await explainFailure(problem, ui, { standing, again: vscode.l10n.t("Try Again") }))) return false;
  }
}

function standingText(done: number, parts: number, id: string): string {
  if (done === 0) return vscode.l10n.t("Nothing was changed.");
  return parts === 1 ? vscode.l10n.t("{0} was changed.", id) : vscode.l10n.t("{0} of {1} steps were applied to {2} before.", done, parts, id);
}

// --- afterwards

async function remember(plan: Plan, part: Json, etag: string, left: number, { caller, id, deed }: Job, memory: LiveMemory): Promise<WaitRecord> {
  const before = plan.fetched.config;
  const expected = changedSettings(before.json, part);
  const done = { account: caller.identity.account, profile: caller.profile, id, etag, deed, origins: expected.map(({ origin }) => origin), at: Date.now() };
  const record: WaitRecord = { ...done, expected, left };
  // Ours from the start: nobody else in this window takes it for one that was left.
  memory.begin(record);
  await memory.addWait(record);
  const settings = inverseOf(before.json, part);
  await memory.addUndo({ ...done, settings }, settings === undefined ? JSON.stringify(before.json) : undefined);
  return record;
}

async function sayNotWaited(waited: Exclude<Awaited<ReturnType<typeof waitUntilDeployed>>, "deployed">, index: number, parts: number, record: WaitRecord, job: Job, tools: ApplyTools): Promise<void> {
  const { ui } = tools;
  const steps = parts === 1 ? "" : vscode.l10n.t("{0} of {1} steps were sent; run the command again for the others.", index + 1, parts);
  if (waited === "taken") return;
  if (waited === "stopped") {
    await ui.say([vscode.l10n.t("Waiting was stopped. AWS has the change and goes on deploying {0}.", job.id), steps].join(" ").trim());
  } else if (waited === "left") {
    await ui.say([vscode.l10n.t("Another profile was chosen. AWS has the change and goes on deploying {0}; waiting goes on when you come back to the account {1}.", job.id, record.account), steps].join(" ").trim());
  } else {
    await explainFailure(waited, ui, { standing: [vscode.l10n.t("AWS has the change and goes on deploying {0}; whether it is deployed cannot be seen now.", job.id), steps].join(" ").trim() });
  }
}

/** @returns whether the service kept what was sent */
async function isKept(sent: Json, etag: string, back: FetchedConfig, job: Job, ui: LiveUi): Promise<boolean> {
  const lost = notKept(sent, back.config.json);
  if (lost.length === 0) return true;
  await sayLost(lost, back.etag !== etag, job.id, ui, () => {
    const read = treeOf(back.config, job.id);
    const wanted = treeOf({ ...back.config, text: `${JSON.stringify(sent, undefined, 4)}\n`, json: sent }, job.id);
    return ui.compare(vscode.l10n.t("{0}: sent ↔ read back", job.id), `/${job.id}.json`, maskSecrets(wanted), maskSecrets(read));
  });
  return false;
}

async function sayLost(lost: readonly Difference[], isAnotherVersion: boolean, id: string, ui: LiveUi, show: () => Promise<void>): Promise<void> {
  const compare = vscode.l10n.t("Show the Difference");
  const message = isAnotherVersion
    ? vscode.l10n.t("{0} is deployed, but somebody changed it again meanwhile. Of this change it does not have: {1}", id, differencesInShort(lost))
    : vscode.l10n.t("AWS took the change and deployed {0}, but did not keep all that was sent: {1}", id, differencesInShort(lost));
  if ((await ui.ask(message, [compare], "error")) === compare) await show();
}

/** Not waited for: the message stays until somebody closes it, and nothing hangs on it but the undo. */
export function sayDone(deed: Deed, id: string, origins: readonly string[], { ui, undo, log }: Pick<ApplyTools, "ui" | "undo" | "log">): void {
  const answer = vscode.l10n.t("Undo");
  ui.ask(doneText(deed, id, origins), [answer])
    .then((chosen) => (chosen === answer ? undo(id) : undefined))
    .catch((error: unknown) => logFault(log, "undo", error));
}
