// What became of a change to which no answer came, or none that this window saw.
import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import { configsOf } from "./arrival.ts";
import type { Caller } from "./caller.ts";
import { explainFailure } from "./failures.ts";
import { fateOf, hasArrived } from "./fate.ts";
import { isSame, type WaitRecord } from "./records.ts";
import { take, told } from "./remember.ts";
import type { LiveReview } from "./review/live-review.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";
import { mostFailures, passes, pause } from "./wait.ts";
import { sentences, standingText } from "./words.ts";

/**
 * Looks until it is known, which it is once the request cannot arrive any more.
 * @param doubt whether the user was told that nobody knows yet what became of it
 * @returns what AWS took, whose end is not told yet; `undefined`: it is told what became of it, or another one tells it
 */
export async function lookUp(
  record: WaitRecord,
  target: Target<unknown>,
  { signal }: Caller,
  review: LiveReview,
  tools: LiveTools,
  doubt: "told" | "untold",
): Promise<WaitRecord | undefined> {
  const { memory, ui, patience } = tools;
  const { id, words } = target;
  const title = words.title(record.deed);
  const standing =
    record.applied === 0
      ? undefined
      : standingText({ applied: record.applied, parts: record.applied + 1 + record.left }, id);
  const since = performance.now();
  let [isTold, failures] = [doubt === "told", 0];
  for (let look = 0; ; look++) {
    if (look > 0) await pause(tools, look - 1, signal);
    if (signal.aborted) return undefined;
    const current = await memory.current(record);
    if (current === undefined || current.isTaken) return current;
    // By a clock that was set back, it is yet to be sent.
    const age = Math.max(Date.now() - record.at, performance.now() - since);
    if (memory.isOfAnother(current) && age < patience.handover) continue;
    const now = await target.fetch();
    if (isFailure(now)) {
      if (now.failure === "cancelled") return undefined;
      if (passes(now) && ++failures < mostFailures) continue;
      if (now.failure !== "not-found") {
        // Whoever connects later looks again.
        const unknown = l10n.t(
          "“{0}”: it is unknown whether {1} was changed. The result of the change was not seen, and the configuration cannot be read now.",
          title,
          id,
        );
        if (!isTold) await explainFailure(now, tools, { standing: sentences(unknown, standing) });
        return undefined;
      }
      const gone = l10n.t(
        "“{0}”: {1} no longer exists. It is unknown whether it was changed before it was deleted.",
        title,
        id,
      );
      review.end("left", l10n.t("{0} was deleted.", id));
      await told(ui.say(gone, "warning"), record, "deleted", tools);
      return undefined;
    }
    failures = 0;
    const fate = fateOf(record, await configsOf(record, tools), now, target);
    // Another window, or another job of this one, may have found it out meanwhile.
    const known = await memory.current(record);
    if (known === undefined || known.isTaken) return known;
    if (hasArrived(fate)) {
      if (fate === "among-others") void ui.say(l10n.t("Another update has also changed {0} since.", id));
      return take(record, now.etag, fate === "there", target, tools);
    }
    // Of several tries, the last one is what the user wants to know of.
    const [latest] = await memory.doubts(record);
    const isLatest = latest === undefined || isSame(latest, record);
    if (fate === "before" && age < patience.arrival) {
      if (!isTold && isLatest) {
        isTold = true;
        // At least two, which the sentence is for.
        const minutes = Math.max(2, Math.ceil((patience.arrival - age) / 60_000));
        void ui.say(notYetText(record, title, target, minutes), "warning");
      }
      continue;
    }
    endOnPage(fate, record, review);
    await told(
      isLatest ? ui.say(endText(fate, record, title, target), "warning") : undefined,
      record,
      endOf(fate),
      tools,
    );
    return undefined;
  }
}

/** What is seen of the step in the end. */
function endOnPage(fate: "before" | "overtaken" | "untold", { applied }: WaitRecord, review: LiveReview): void {
  switch (fate) {
    case "before":
      review.step(applied, "refused");
      return review.end("left", l10n.t("AWS did not apply the change."));
    case "overtaken": {
      const text = l10n.t("Not everything that was sent is there.");
      review.step(applied, "failed", text);
      return review.end("failed", text);
    }
    case "untold":
      return review.end("left", l10n.t("It is unknown whether AWS applied the change."));
  }
}

function endOf(fate: "before" | "overtaken" | "untold"): "not taken" | "overtaken" | "unknown" {
  return fate === "before" ? "not taken" : fate === "untold" ? "unknown" : fate;
}

function notYetText(
  { applied, left }: WaitRecord,
  title: string,
  { id, service }: Target<unknown>,
  minutes: number,
): string {
  return applied === 0
    ? l10n.t(
        "“{0}”: it is not known yet whether {1} applied the change. {2} still has the previous configuration, but the change might still arrive. The result is reported here within {3} minutes. Do not repeat the change before that.",
        title,
        service,
        id,
        minutes,
      )
    : l10n.t(
        "“{0}”: it is not known yet whether {1} applied step {4} of {5}. {2} has the steps before it, and this one might still arrive. The result is reported here within {3} minutes. Do not repeat the change before that.",
        title,
        service,
        id,
        minutes,
        applied + 1,
        applied + 1 + left,
      );
}

function endText(
  fate: "before" | "overtaken" | "untold",
  { applied, left }: WaitRecord,
  title: string,
  { id }: Target<unknown>,
): string {
  switch (fate) {
    case "before":
      if (applied > 0)
        return l10n.t(
          "“{0}”: step {1} of {2} was not applied. {3} has the steps before it. To make the rest of the change, run the command again.",
          title,
          applied + 1,
          applied + 1 + left,
          id,
        );
      return l10n.t(
        "“{0}”: the change was not applied. {1} has its previous configuration. To make the change, run the command again.",
        title,
        id,
      );
    case "overtaken":
      return l10n.t(
        "“{0}”: {1} has changed since, but does not have all of this change: another update changed it, or AWS did not keep the change. Check its current configuration before you repeat the change.",
        title,
        id,
      );
    case "untold":
      return l10n.t(
        "“{0}”: {1} has changed, but what was sent is no longer known, so it is unknown whether the change was applied. Check its current configuration.",
        title,
        id,
      );
  }
}
