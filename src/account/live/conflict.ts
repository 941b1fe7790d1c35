import * as l10n from "@vscode/l10n";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { Version } from "./change.ts";
import { failed } from "./failures.ts";
import { againOr, ended, type Job, outcomeOf, type Sending, type Sent } from "./job.ts";
import type { WaitRecord } from "./records.ts";
import { withdraw } from "./remember.ts";
import type { LiveTools } from "./tools.ts";
import { differenceLines, sentences, standingText } from "./words.ts";

/** Where a job stands, and what of it is remembered. */
export interface Place<Config> extends Pick<Sending<Config>, "current" | "run" | "progress"> {
  readonly record: WaitRecord | undefined;
}

/**
 * Another update came first: what it changed is shown, and everything is asked again.
 * @param seen the version of the other update, where it was read already
 * @param isDoubtful whether nobody knows if mine was there before it
 */
export async function afterConflict<Config>(
  place: Place<Config>,
  { target, caller }: Job<Config>,
  tools: LiveTools,
  seen: Version<Config> | Failure | undefined,
  isDoubtful = false,
): Promise<Sent<Config>> {
  const { current, progress, run, record } = place;
  const theirs = seen ?? (await target.fetch());
  const told = async <Answer>(telling: Promise<Answer>): Promise<Answer> => {
    if (record !== undefined) await withdraw(record, tools, isDoubtful ? "overtaken" : undefined);
    return telling;
  };
  if (isFailure(theirs)) {
    const standing = sentences(l10n.t("Another update changed {0}.", target.id), standingText(progress, target.id));
    return againOr(await told(failed(theirs, caller, tools, { standing })), place);
  }
  const found = target.diff(current.config, theirs.config);
  const { before, after } = target.render(current.config, theirs.config);
  const asking = tools.ui.review<"again" | "cancel">({
    title: isDoubtful
      ? l10n.t("{0} Does Not Have Your Change", target.id)
      : l10n.t("{0} Was Changed by Another Update", target.id),
    path: target.path,
    before,
    after: after.text,
    problems: [],
    question: sentences(
      isDoubtful
        ? l10n.t(
            "{0} has changed, but does not have everything that was sent: another update changed it, or AWS did not keep your change. The diff editor shows what has changed.",
            target.id,
          )
        : l10n.t("The diff editor shows what another update changed."),
      isDoubtful ? undefined : progress.applied === 0 ? l10n.t("Your change was not applied.") : undefined,
      progress.applied === 0 ? undefined : standingText(progress, target.id),
    ),
    answers: [
      {
        answer: "again",
        label: l10n.t("$(refresh) Preview my change on the new version"),
        detail: l10n.t("the other changes are kept"),
      },
      {
        answer: "cancel",
        label: l10n.t("$(close) Cancel"),
        description: l10n.t("the new version does not change"),
      },
    ],
    sections: [
      {
        title: isDoubtful ? l10n.t("changes since the preview") : l10n.t("changes in the other update"),
        lines:
          found.length === 0
            ? [{ label: l10n.t("The configuration is the same; only the version differs.") }]
            : differenceLines(found),
      },
    ],
  });
  return (await told(asking)) === "again" ? { kind: "again", fetched: theirs } : ended(outcomeOf(run));
}
