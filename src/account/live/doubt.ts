import * as l10n from "@vscode/l10n";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { Version } from "./change.ts";
import { afterConflict } from "./conflict.ts";
import { isRenewed, tryAgain } from "./failures.ts";
import { againOr, ended, type Job, type Sending, type Taken } from "./job.ts";
import { isSameVersion } from "./plan.ts";
import type { LiveTools } from "./tools.ts";
import { failureText, sentences, standingText } from "./words.ts";

/** No answer came. Whether AWS took it can be seen: what it has now says so. */
export async function afterDoubt<Config>(
  failure: Failure,
  sending: Sending<Config>,
  job: Job<Config>,
  tools: LiveTools,
): Promise<Taken<Config>> {
  const { config, current, progress } = sending;
  const { target, caller } = job;
  const { ui } = tools;
  const look = l10n.t("Look Again");
  for (let trouble: Failure | undefined; ; ) {
    const now: Version<Config> | Failure = trouble ?? (await target.fetch());
    if (isFailure(now)) {
      const unknown = l10n.t(
        "It is not known whether {0} was changed: no answer came to the change, and it cannot be read now.",
        target.id,
      );
      if ((await ui.ask(sentences(unknown, now.message, whereToLook(job)), [look], "error")) !== look)
        return ended("kept");
      const problem = await caller.renewIfNeeded();
      if (problem !== undefined && !isFailure(problem)) {
        await ui.say(
          l10n.t(
            "The session is in another account now, {0}. It is not known whether {1} was changed: no answer came to the change. {2}",
            problem.otherAccount,
            target.id,
            whereToLook(job),
          ),
          "warning",
        );
        return ended("kept");
      }
      trouble = problem;
      continue;
    }
    // Where no version tells them apart, a config that is as it was before is the one before.
    if (isSameVersion(now, current, target)) {
      // That one look shows the version before is no proof: what was sent may still be on its way.
      const again = tryAgain();
      const still = l10n.t(
        "{0} still has the config from before; the change may yet arrive. Look again before you repeat it.",
        target.service,
      );
      const answer = await ui.ask(
        sentences(
          failureText(withoutDoubt(failure)),
          still,
          progress.applied === 0 ? undefined : standingText(progress, target.id),
        ),
        [look, again],
        "error",
      );
      if (answer !== look) return againOr(answer === again && (await isRenewed(caller, tools)), sending);
      const problem = await caller.renewIfNeeded();
      trouble = isFailure(problem) ? problem : undefined;
      continue;
    }
    if (target.readBack(config, now.config).length === 0) {
      void ui.say(
        l10n.t("No answer came to the change, but {0} has it: {1} says what was sent.", target.service, target.id),
      );
      return { kind: "taken", etag: now.etag, isAlone: target.diff(config, now.config).length === 0 };
    }
    return afterConflict(sending, job, tools);
  }
}

/** For whoever wants to know what became of a change. */
function whereToLook<Config>({ caller, target }: Job<Config>): string {
  return l10n.t(
    "Open the config of {0} in the account {1}, or look at its last change in the console, before you repeat it.",
    target.id,
    caller.identity.account,
  );
}

/** That nobody knows is not true any more. */
function withoutDoubt(failure: Failure): Failure {
  return { ...failure, message: l10n.t("No answer came to the change.") };
}
