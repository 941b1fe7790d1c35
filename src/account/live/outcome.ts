import * as l10n from "@vscode/l10n";
import type { Difference } from "../../core/cloudfront/compare.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { Version } from "./change.ts";
import { explainFailure } from "./failures.ts";
import type { Job, Progress } from "./job.ts";
import type { DoneChange, WaitRecord } from "./records.ts";
import { forgetUndo, isUnversioned, told } from "./remember.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";
import type { Broken } from "./wait.ts";
import { differencesInShort, sentences, standingText } from "./words.ts";

export async function sayNotWaited(
  waited: "stopped" | "left" | "taken" | Failure,
  progress: Progress,
  record: WaitRecord,
  { target: { words }, review }: Pick<Job<unknown>, "review"> & { readonly target: Pick<Target<unknown>, "words"> },
  tools: LiveTools,
): Promise<void> {
  const { ui } = tools;
  const { id, account } = record;
  const steps = stepsText(progress);
  review.end("left", notWaitedText(waited));
  switch (waited) {
    case "taken":
      if (steps !== undefined)
        await ui.say(
          sentences(l10n.t("Another window continues with {0} or has changed it again.", id), steps),
          "warning",
        );
      return;
    case "stopped":
      return ui.say(sentences(words.waitingStopped(), steps));
    case "left":
      return ui.say(sentences(words.waitingLeft(account), steps));
    default: {
      if (waited.failure === "not-found") return sayDeleted(record, steps, { review }, tools);
      await explainFailure(waited, tools, { standing: sentences(words.endUnseen(), steps) });
    }
  }
}

/** How it stands with a change whose end is not waited for. */
export function notWaitedText(waited: "stopped" | "left" | "taken" | Failure): string {
  switch (waited) {
    case "taken":
      return l10n.t("Another window continues with this change.");
    case "stopped":
    case "left":
      return l10n.t("This window no longer waits for the change. AWS continues with it.");
    default:
      return l10n.t("AWS has the change. What became of it cannot be read now.");
  }
}

function stepsText({ applied, parts }: Progress): string | undefined {
  return applied === parts
    ? undefined
    : l10n.t("{0} of {1} steps were sent. To send the others, run the command again.", applied, parts);
}

/** Nothing more comes of a change to what is not there any more, and nothing turns it back. */
export async function sayDeleted(
  record: WaitRecord,
  more: string | undefined,
  { review }: Pick<Job<unknown>, "review">,
  tools: LiveTools,
): Promise<void> {
  review.end("left", l10n.t("{0} was deleted.", record.id));
  const telling = tools.ui.say(
    sentences(
      l10n.t("{0} was deleted after the change was applied. There is nothing left to deploy or to undo.", record.id),
      more,
    ),
    "warning",
  );
  await forgetUndo(record, "deleted", tools);
  return told(telling, record, "deleted", tools);
}

/** What AWS has in the end cannot be read: whoever looks later tells it. */
export async function sayUnread(
  failure: Failure,
  progress: Progress,
  record: WaitRecord,
  { review }: Pick<Job<unknown>, "review">,
  tools: LiveTools,
): Promise<void> {
  review.end("left", l10n.t("The change is deployed, but could not be read back."));
  if (failure.failure === "not-found") return sayDeleted(record, stepsText(progress), { review }, tools);
  await explainFailure(failure, tools, { standing: standingText(progress, record.id) });
}

/**
 * Whether what was read back is what the call left. So it is taken, and said, of an endpoint whose answers name the
 * same version before and after the change.
 */
export function isStillOurs(
  record: WaitRecord,
  back: Version<unknown>,
  { id, service }: Pick<Target<unknown>, "id" | "service">,
  { ui }: LiveTools,
): boolean {
  if (!isUnversioned(record) && !isUnversioned({ etag: back.etag, replaced: record.replaced }))
    return back.etag === record.etag;
  const text = l10n.t(
    "The endpoint still reports the version that the change to {0} replaced, so it does not behave like {1}. The extension did not wait for the change to be deployed, and read {0} back at once.",
    id,
    service,
  );
  void ui.say(text, "warning");
  return true;
}

/** @param lost what of `sent` the service does not have */
export async function sayLost<Config>(
  lost: readonly Difference[],
  { sent, back, isOurs }: { readonly sent: Version<Config>; readonly back: Version<Config>; readonly isOurs: boolean },
  target: Target<Config>,
  { ui }: LiveTools,
): Promise<void> {
  const differences = differencesInShort(lost);
  const message =
    sent.etag === undefined
      ? l10n.t(
          "{0} does not have everything that was sent: AWS did not keep it, or another update changed it at the same time. {1}",
          target.id,
          differences,
        )
      : isOurs
        ? target.words.notKept(differences)
        : target.words.changedSince(differences);
  await askToCompare(message, sent.config, back.config, target, ui);
}

async function askToCompare<Config>(
  message: string,
  sent: Config,
  back: Config,
  target: Target<Config>,
  ui: LiveTools["ui"],
): Promise<void> {
  const compare = l10n.t("Show Differences");
  if ((await ui.ask(message, [compare], "error")) !== compare) return;
  const { before, after } = target.render(sent, back);
  await ui.compare(l10n.t("{0}: sent ↔ read back", target.id), target.path, before, after.text);
}

interface BrokenStep<Config> {
  readonly sent: Version<Config>;
  readonly replaced: Version<Config>;
  readonly progress: Progress;
  readonly record: WaitRecord;
}

/** AWS had accepted it: what is there now is looked at, and not taken for granted. */
export async function sayBroken<Config>(
  { broken }: Broken,
  { sent, replaced, progress: { applied, parts }, record }: BrokenStep<Config>,
  { target, review }: Job<Config>,
  tools: LiveTools,
): Promise<void> {
  const { ui } = tools;
  review.end("failed", brokenStatus());
  const what = sentences(
    brokenText(target, broken),
    // The step that failed is one of those that were sent.
    parts === 1 ? undefined : l10n.t("This was step {0} of {1}. No further steps were sent.", applied, parts),
  );
  const back = await target.fetch();
  if (isFailure(back)) {
    const standing = sentences(what, l10n.t("The current configuration of {0} could not be read.", target.id));
    await told(explainFailure(back, tools, { standing }), record, "failed", tools);
    return;
  }
  if (target.diff(replaced.config, back.config).length === 0) {
    const telling = ui.say(sentences(what, l10n.t("{0} has its previous configuration.", target.id)), "error");
    await forgetUndo(record, undefined, tools);
    return told(telling, record, "failed", tools);
  }
  const asking = askToCompare(
    sentences(
      what,
      l10n.t("{0} does not have its previous configuration. Check its current configuration.", target.id),
    ),
    sent.config,
    back.config,
    target,
    ui,
  );
  return told(asking, record, "failed", tools);
}

export function brokenStatus(): string {
  return l10n.t("AWS accepted the change, but could not apply it.");
}

/** How it stands where something of what was sent is missing. */
export function lostStatus(): string {
  return l10n.t("Deployed, but not everything that was sent is there.");
}

/** In the words of the service, as it said them. */
export function brokenText({ service, id }: Pick<Target<unknown>, "service" | "id">, broken: string): string {
  return l10n.t("{0} accepted the change of {1}, but failed to apply it: “{2}”.", service, id, broken);
}

/**
 * The end of a change that is there and was read back. Nothing waits for an answer: what is said stays until the user
 * closes it, and nothing depends on it but the undo.
 */
export async function sayDone(
  text: string,
  change: DoneChange,
  { ui, memory, undo, log }: Pick<LiveTools, "ui" | "memory" | "undo" | "log">,
): Promise<void> {
  const fault = (error: unknown) => log.fault("undo", error);
  if ((await memory.undoOf(change)) === undefined) {
    void ui.say(text);
    return;
  }
  const takeBack = ui.offer(text, { label: l10n.t("Undo"), go: () => void undo(change).catch(fault) });
  const following = memory.onDidChange(() => {
    memory
      .undoOf(change)
      .then((known) => {
        if (known !== undefined) return;
        following.dispose();
        takeBack();
      })
      .catch(fault);
  });
}
