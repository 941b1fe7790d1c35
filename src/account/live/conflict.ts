import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import type { Version } from "./change.ts";
import { failed } from "./failures.ts";
import { againOr, ended, type Job, outcomeOf, type Sending, type Sent } from "./job.ts";
import type { LiveTools } from "./tools.ts";
import { differenceLines, sentences, standingText } from "./words.ts";

/**
 * Another update came first: what it changed is shown, and everything is asked again.
 * @param seen the version of the other update, where it was read already
 */
export async function afterConflict<Config>(
  sending: Sending<Config>,
  { target, caller }: Job<Config>,
  tools: LiveTools,
  seen?: Version<Config>,
): Promise<Sent<Config>> {
  const { current, progress, run } = sending;
  const theirs = seen ?? (await target.fetch());
  if (isFailure(theirs)) {
    const standing = sentences(l10n.t("Another update changed {0}.", target.id), standingText(progress, target.id));
    return againOr(await failed(theirs, caller, tools, { standing }), sending);
  }
  const found = target.diff(current.config, theirs.config);
  const { before, after } = target.render(current.config, theirs.config);
  const answer = await tools.ui.review<"again" | "cancel">({
    title: l10n.t("{0} Was Changed by Another Update", target.id),
    path: target.path,
    before,
    after: after.text,
    problems: [],
    question: sentences(
      l10n.t("The diff editor shows what another update changed."),
      progress.applied === 0 ? l10n.t("Your change was not applied.") : standingText(progress, target.id),
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
        title: l10n.t("changes in the other update"),
        lines:
          found.length === 0
            ? [{ label: l10n.t("The configuration is the same; only the version differs.") }]
            : differenceLines(found),
      },
    ],
  });
  return answer === "again" ? { kind: "again", fetched: theirs } : ended(outcomeOf(run));
}
