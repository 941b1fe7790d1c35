import * as l10n from "@vscode/l10n";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { Version } from "./change.ts";
import { failed } from "./failures.ts";
import { againOr, type Job, type Sending, type Sent } from "./job.ts";
import type { WaitRecord } from "./records.ts";
import { withdraw } from "./remember.ts";
import type { LiveTools } from "./tools.ts";
import { sentences, standingText } from "./words.ts";

/** Where a job stands, and what of it is remembered. */
export interface Place<Config> extends Pick<Sending<Config>, "current" | "run" | "progress"> {
  readonly record: WaitRecord | undefined;
}

/**
 * Another update came first: what it changed is shown beside a new plan, and everything is asked again.
 * @param seen the version of the other update, where it was read already
 * @param isDoubtful whether nobody knows if mine was there before it
 */
export async function afterConflict<Config>(
  place: Place<Config>,
  { target, caller, review }: Job<Config>,
  tools: LiveTools,
  seen: Version<Config> | Failure | undefined,
  isDoubtful = false,
): Promise<Sent<Config>> {
  const { current, progress, record } = place;
  const { id } = target;
  const theirs = seen ?? (await target.fetch());
  if (record?.isTaken === false && !isDoubtful) review.step(progress.applied, "refused");
  if (isFailure(theirs)) {
    const standing = sentences(l10n.t("Another update changed {0}.", id), standingText(progress, id));
    const telling = failed(theirs, caller, tools, { standing });
    if (record !== undefined) await withdraw(record, tools, isDoubtful ? "overtaken" : undefined);
    return againOr(await telling, place);
  }
  if (record !== undefined) await withdraw(record, tools, isDoubtful ? "overtaken" : undefined);
  const differences = target.diff(current.config, theirs.config);
  const text = sentences(
    isDoubtful
      ? l10n.t(
          "{0} has changed, but does not have everything that was sent: another update changed it, or AWS did not keep your change.",
          id,
        )
      : l10n.t("Another update changed {0} after your change was planned.", id),
    progress.applied > 0 ? standingText(progress, id) : isDoubtful ? undefined : l10n.t("Your change was not applied."),
    differences.length === 0 ? l10n.t("The configuration is the same; only the version differs.") : undefined,
  );
  return { kind: "again", fetched: theirs, meanwhile: { text, differences } };
}
