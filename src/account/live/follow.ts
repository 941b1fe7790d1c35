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
import { brokenText, isStillOurs, sayDeleted, sayDone, sayLost } from "./outcome.ts";
import type { KeptConfigs, WaitRecord } from "./records.ts";
import { forget, told } from "./remember.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";
import { isBroken, waitForEnd } from "./wait.ts";
import { sentences } from "./words.ts";

/**
 * Does nothing where this window is at it already.
 * @param doubt whether the user was told that nobody knows yet what became of it
 */
export async function followUp(
  record: WaitRecord,
  target: Target<unknown>,
  caller: Caller,
  tools: LiveTools,
  doubt: "told" | "untold" = "untold",
): Promise<void> {
  if (!tools.memory.begin(record)) return;
  const lease = takeLease(record, record.deed, tools);
  try {
    const taken = record.isTaken ? record : await lookUp(record, target, caller, tools, doubt);
    if (taken !== undefined) await tellEnd(taken, target, caller, tools);
  } finally {
    await tools.memory.release(record).catch((error: unknown) => tools.log.fault("leave what was sent", error));
    lease.release();
  }
}

async function tellEnd(record: WaitRecord, target: Target<unknown>, caller: Caller, tools: LiveTools): Promise<void> {
  const { ui } = tools;
  const { words } = target;
  const rest = restText(record);
  const waited = await waitForEnd(record, target, { part: 1, parts: 1 }, caller, tools);
  if (waited === "taken" || waited === "left") return;
  if (waited === "stopped") return ui.say(words.waitingStopped());
  if (isBroken(waited))
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
  const back = waited === "done" ? await target.fetch() : waited;
  if (isFailure(back)) {
    if (back.failure === "not-found") return sayDeleted(record, rest, tools);
    const standing = waited === "done" ? l10n.t("{0} was changed.", record.id) : words.endUnseenLater();
    await explainFailure(back, tools, { standing });
    return;
  }
  const isOurs = isStillOurs(record, back, target, tools);
  const configs = await configsOf(record, tools);
  const sent = configs === undefined ? undefined : target.read(configs.sent);
  const missing = sayMissing(record, configs, { sent, back, isOurs }, target, tools);
  if (missing !== undefined) return told(missing, record, isOurs ? "partly" : "overtaken", tools);
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
