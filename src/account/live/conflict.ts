import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import type { Version } from "./change.ts";
import { failed } from "./failures.ts";
import { againOr, ended, type Job, outcomeOf, type Sending, type Sent } from "./job.ts";
import type { LiveTools } from "./tools.ts";
import { differenceLines, sentences, standingText } from "./words.ts";

/**
 * Somebody else was faster: what they changed is shown, and everything is asked again.
 * @param seen their version, where it was seen already
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
    const standing = sentences(
      l10n.t("Somebody else changed {0} meanwhile.", target.id),
      standingText(progress, target.id),
    );
    return againOr(await failed(theirs, caller, tools, { standing }), sending);
  }
  const found = target.diff(current.config, theirs.config);
  const { before, after } = target.render(current.config, theirs.config);
  const answer = await tools.ui.review<"again" | "cancel">({
    title: l10n.t("{0} was changed by somebody else", target.id),
    path: target.path,
    before,
    after: after.text,
    problems: [],
    question: sentences(
      l10n.t("This is what somebody else changed meanwhile."),
      progress.applied === 0 ? l10n.t("Your change was not applied.") : standingText(progress, target.id),
    ),
    answers: [
      {
        answer: "again",
        label: l10n.t("$(refresh) Preview my change on their version"),
        detail: l10n.t("what they changed stays"),
      },
      {
        answer: "cancel",
        label: l10n.t("$(close) Cancel"),
        description: l10n.t("their version stays as it is"),
      },
    ],
    sections: [
      {
        title: l10n.t("what they changed"),
        lines:
          found.length === 0
            ? [{ label: l10n.t("Nothing that the config says: only its version is another one.") }]
            : differenceLines(found),
      },
    ],
  });
  return answer === "again" ? { kind: "again", fetched: theirs } : ended(outcomeOf(run));
}
