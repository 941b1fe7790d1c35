import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import type { SessionSource } from "../session-source.ts";
import { Caller } from "./caller.ts";
import { explainFailure } from "./failures.ts";
import type { WaitRecord } from "./memory.ts";
import { brokenText, sayDone } from "./outcome.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";
import { isBroken, waitForEnd } from "./wait.ts";
import { sentences } from "./words.ts";

/**
 * Goes on waiting for the changes that a window before this one sent, in the account of the session; those of others
 * stay.
 */
export async function resumeWaits(session: SessionSource, tools: LiveTools): Promise<void> {
  const caller = await Caller.of(session);
  if (isFailure(caller)) return;
  const { memory } = tools;
  await memory.dropStaleWaits(Date.now());
  await Promise.all(
    memory.leftWaits(caller.identity.account, Date.now()).map(async (record) => {
      const target = tools.targetOf(record.kind, record.id, caller);
      if (target === undefined || !memory.begin(record)) return;
      await resumeOne(record, target, caller, tools).finally(() => memory.end(record));
    }),
  );
}

async function resumeOne(record: WaitRecord, target: Target<unknown>, caller: Caller, tools: LiveTools): Promise<void> {
  const { ui } = tools;
  const { words } = target;
  const waited = await waitForEnd(record, target, { part: 1, parts: 1 }, caller, tools);
  if (waited === "taken" || waited === "left") return;
  if (waited === "stopped") return ui.say(words.waitingStopped());
  if (isBroken(waited))
    return ui.say(
      sentences(
        brokenText(target, waited.broken),
        l10n.t("Check the current configuration of {0}.", record.id),
        restText(record),
      ),
      "error",
    );
  if (waited !== "done") {
    await explainFailure(waited, tools, { standing: words.endUnseenLater() });
    return;
  }
  const back = await target.fetch();
  if (isFailure(back)) {
    await explainFailure(back, tools, { standing: l10n.t("{0} was changed.", record.id) });
    return;
  }
  const isAnother = back.etag !== record.etag;
  const unmet = target.unmet(record.expected, back.config);
  if (unmet.length > 0) return ui.say(isAnother ? words.changedSinceOf(unmet) : words.notKeptOf(unmet), "error");
  const rest = restText(record);
  const text = record.isWhole ? words.done(record.deed, record.parts) : words.doneUncompared();
  if (rest !== undefined || isAnother) {
    const since = isAnother ? l10n.t("Another update has changed it since.") : undefined;
    return ui.say(sentences(text, since, rest), rest === undefined ? "info" : "warning");
  }
  sayDone(text, record, tools);
}

function restText({ left }: WaitRecord): string | undefined {
  return left === 0 ? undefined : l10n.t("Steps that were not sent: {0}. To send them, run the command again.", left);
}
