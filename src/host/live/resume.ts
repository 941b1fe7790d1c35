import * as vscode from "vscode";
import type { Session } from "../../account/session.ts";
import { unmetSettings } from "../../core/cloudfront/origin-settings.ts";
import { isFailure } from "../../core/failure.ts";
import { type ApplyTools, fetchConfig, sayDone } from "./apply.ts";
import { Caller } from "./caller.ts";
import { explainFailure } from "./failures.ts";
import type { WaitRecord } from "./memory.ts";
import { waitUntilDeployed } from "./wait.ts";
import { doneText, listedNames } from "./words.ts";

/**
 * Goes on waiting for the changes that a window before this one sent, in the account of the session; those of others
 * stay.
 */
export async function resumeWaits(session: Session, tools: ApplyTools): Promise<void> {
  const caller = await Caller.of(session);
  if (isFailure(caller)) return;
  const { memory } = tools;
  await memory.dropStaleWaits(Date.now());
  await Promise.all(
    memory
      .leftWaits(caller.identity.account, Date.now())
      .filter((record) => memory.begin(record))
      .map((record) => resumeOne(record, caller, tools).finally(() => memory.end(record))),
  );
}

async function resumeOne(record: WaitRecord, caller: Caller, tools: ApplyTools): Promise<void> {
  const { ui } = tools;
  const waited = await waitUntilDeployed(record, { part: 1, parts: 1 }, caller, tools);
  if (waited === "taken" || waited === "left") return;
  if (waited === "stopped")
    return ui.say(vscode.l10n.t("Waiting was stopped. AWS has the change and goes on deploying {0}.", record.id));
  if (waited !== "deployed") {
    await explainFailure(waited, ui, {
      standing: vscode.l10n.t("AWS has the change of {0}; whether it is deployed cannot be seen now.", record.id),
    });
    return;
  }
  const back = await fetchConfig({ caller, id: record.id });
  if (isFailure(back)) {
    await explainFailure(back, ui, { standing: vscode.l10n.t("{0} was changed.", record.id) });
    return;
  }
  const unmet = unmetSettings(back.config.json, record.expected).map(({ origin }) => origin);
  if (unmet.length > 0) return ui.say(lostText(record, back.etag !== record.etag, unmet), "error");
  const rest =
    record.left === 0 ? "" : vscode.l10n.t("{0} more steps were not sent: run the command again.", record.left);
  const text = record.isWhole
    ? doneText(record.deed, record.id, record.origins)
    : vscode.l10n.t(
        "{0} is deployed. What was sent could not be compared with it any more: look at its config.",
        record.id,
      );
  if (rest !== "" || back.etag !== record.etag) {
    const since = back.etag === record.etag ? "" : vscode.l10n.t("Somebody else changed it again since.");
    return ui.say([text, since, rest].filter((part) => part !== "").join(" "), rest === "" ? "info" : "warning");
  }
  sayDone(text, record.id, tools);
}

function lostText({ id }: WaitRecord, isAnotherVersion: boolean, unmet: readonly string[]): string {
  return isAnotherVersion
    ? vscode.l10n.t(
        "{0} is deployed, but somebody changed it again meanwhile: {1} are not as this change had them.",
        id,
        listedNames(unmet),
      )
    : vscode.l10n.t("AWS took the change and deployed {0}, but did not keep it for {1}.", id, listedNames(unmet));
}
