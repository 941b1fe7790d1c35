// Goes on with what this window or one before it sent, until its end was told.
import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import { configsOf } from "./arrival.ts";
import type { Caller } from "./caller.ts";
import type { Version } from "./change.ts";
import { explainFailure } from "./failures.ts";
import { fateOf, hasArrived } from "./fate.ts";
import { takeLease } from "./lease.ts";
import { lookUp } from "./look-up.ts";
import { onPage } from "./on-page.ts";
import {
  brokenStatus,
  brokenText,
  isStillOurs,
  lostStatus,
  notWaitedText,
  sayDeleted,
  sayDone,
  sayLost,
} from "./outcome.ts";
import { aboutResource } from "./proposal.ts";
import { type KeptConfigs, keyOf, type WaitRecord, wholeOf } from "./records.ts";
import { forget, told } from "./remember.ts";
import { LiveReview } from "./review/live-review.ts";
import type { PageStep } from "./review/page.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";
import { isBroken, waitForEnd } from "./wait.ts";
import { sentences } from "./words.ts";

/**
 * Does nothing where this window is at it already.
 * @param doubt whether the user was told that nobody knows yet what became of it
 * @param known as the user sees it already
 */
export async function followUp(
  record: WaitRecord,
  target: Target<unknown>,
  caller: Caller,
  tools: LiveTools,
  doubt: "told" | "untold" = "untold",
  known?: LiveReview,
): Promise<void> {
  if (!tools.memory.begin(record)) return;
  const lease = takeLease(record, record.deed, tools);
  const review = known ?? reviewOf(record, target, caller);
  review.follow(stepsOf(record, target));
  tools.ui.follow(review);
  const watching = review.onDidChange(() => {
    if (review.isOver) lease.release();
  });
  const onItsPage = known === undefined ? { ...tools, ui: onPage(review, tools.ui) } : tools;
  try {
    const taken = record.isTaken ? record : await lookUp(record, target, caller, review, onItsPage, doubt);
    if (taken !== undefined) await tellEnd(taken, target, caller, review, onItsPage);
  } finally {
    if (!review.isOver) review.end("left", leftText(record));
    await tools.memory.release(record).catch((error: unknown) => tools.log.fault("leave what was sent", error));
    watching.dispose();
    lease.release();
  }
}

/** As a window before this one left it. */
function reviewOf(record: WaitRecord, target: Target<unknown>, caller: Caller): LiveReview {
  const { account, kind, id, at, deed } = record;
  const review = new LiveReview(`${account}/${kind}/${id}/${at}`, aboutResource(target, deed, caller));
  review.sentAs(keyOf(wholeOf(record)));
  return review;
}

function stepsOf({ applied, left, isTaken, parts, deed }: WaitRecord, { words }: Target<unknown>): readonly PageStep[] {
  const all = applied + 1 + left;
  const step = (number: number, state: PageStep["state"], text: string): PageStep => ({
    label:
      all === 1
        ? parts.length === 0
          ? words.title(deed)
          : words.listed(parts)
        : l10n.t("Step {0} of {1}", number, all),
    state,
    text,
  });
  return [
    ...Array.from({ length: applied }, (_, index) => step(index + 1, "done", l10n.t("Deployed and read back"))),
    isTaken
      ? step(applied + 1, "deploying", l10n.t("Accepted by AWS, deploying…"))
      : step(applied + 1, "unknown", l10n.t("It is not known yet whether AWS applied it")),
    ...Array.from({ length: left }, (_, index) => step(applied + 2 + index, "next", l10n.t("Not sent"))),
  ];
}

function leftText({ id }: WaitRecord): string {
  return l10n.t("This window no longer follows the change of {0}.", id);
}

async function tellEnd(
  record: WaitRecord,
  target: Target<unknown>,
  caller: Caller,
  review: LiveReview,
  tools: LiveTools,
): Promise<void> {
  const { ui } = tools;
  const { words } = target;
  const rest = restText(record);
  review.step(record.applied, "deploying");
  const waited = await waitForEnd(record, target, { part: 1, parts: 1 }, caller, tools);
  if (waited !== "done" && !isBroken(waited)) review.end("left", notWaitedText(waited));
  if (waited === "taken" || waited === "left") return;
  if (waited === "stopped") return ui.say(words.waitingStopped());
  if (isBroken(waited)) {
    review.step(record.applied, "failed");
    review.end("failed", brokenStatus());
    return told(
      ui.say(
        sentences(
          brokenText(target, waited.broken),
          l10n.t("Check the current configuration of {0}.", record.id),
          rest,
        ),
        "error",
      ),
      record,
      "failed",
      tools,
    );
  }
  if (waited === "done") review.step(record.applied, "reading");
  const back = waited === "done" ? await target.fetch() : waited;
  if (isFailure(back)) {
    if (back.failure === "not-found") return sayDeleted(record, rest, { review }, tools);
    const standing = waited === "done" ? l10n.t("{0} was changed.", record.id) : words.endUnseenLater();
    await explainFailure(back, tools, { standing });
    return;
  }
  const isOurs = isStillOurs(record, back, target, tools);
  const configs = await configsOf(record, tools);
  const sent = configs === undefined ? undefined : target.read(configs.sent);
  const missing = sayMissing(record, configs, { sent, back, isOurs }, target, tools);
  if (missing !== undefined) {
    review.step(record.applied, "failed", lostStatus());
    review.end("failed", lostStatus());
    return told(missing, record, isOurs ? "partly" : "overtaken", tools);
  }
  review.step(record.applied, "done");
  review.end("done");
  const isCompared = record.isWhole || sent !== undefined;
  const [text, end] = isCompared
    ? ([words.done(record.deed, record.parts), "done"] as const)
    : ([words.doneUncompared(), "unknown"] as const);
  if (rest !== undefined || !isOurs) {
    const since = isOurs ? undefined : l10n.t("Another update has changed it since.");
    return told(ui.say(sentences(text, since, rest), rest === undefined ? "info" : "warning"), record, end, tools);
  }
  await sayDone(text, record, tools);
  await forget(record, end, tools);
}

/** What of a change is not there: exactly where it is known what was sent, by its names where it is not. */
function sayMissing(
  record: WaitRecord,
  configs: KeptConfigs | undefined,
  { sent, back, isOurs }: { readonly sent: unknown; readonly back: Version<unknown>; readonly isOurs: boolean },
  target: Target<unknown>,
  tools: LiveTools,
): Promise<void> | undefined {
  const { words } = target;
  if (sent !== undefined) {
    if (hasArrived(fateOf(record, configs, back, target))) return undefined;
    const lost = target.readBack(sent, back.config);
    return sayLost(lost, { sent: { etag: record.etag, config: sent }, back, isOurs }, target, tools);
  }
  const unmet = target.unmet(record.expected, back.config);
  if (unmet.length === 0) return undefined;
  return tools.ui.say(isOurs ? words.notKeptOf(unmet) : words.changedSinceOf(unmet), "error");
}

function restText({ left }: WaitRecord): string | undefined {
  return left === 0 ? undefined : l10n.t("Steps that were not sent: {0}. To send them, run the command again.", left);
}
