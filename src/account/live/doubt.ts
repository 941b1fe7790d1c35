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
  const look = l10n.t("Check Again");
  for (let trouble: Failure | undefined; ; ) {
    const now: Version<Config> | Failure = trouble ?? (await target.fetch());
    if (isFailure(now)) {
      const unknown = l10n.t(
        "It is unknown whether {0} was changed: {1} did not respond to the change, and the configuration cannot be read now.",
        target.id,
        target.service,
      );
      if ((await ui.ask(sentences(unknown, now.message, whereToLook(job)), [look], "error")) !== look)
        return ended("kept");
      const problem = await caller.renewIfNeeded();
      if (problem !== undefined && !isFailure(problem)) {
        await ui.say(
          l10n.t(
            "You are now signed in to another account, {0}. It is unknown whether {1} was changed, because {2} did not respond to the change. {3}",
            problem.otherAccount,
            target.id,
            target.service,
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
        "{0} still has the previous configuration, but the change might still arrive. Check again before you repeat the change.",
        target.service,
      );
      const answer = await ui.ask(
        sentences(
          failureText(withoutDoubt(failure, target.service)),
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
        l10n.t(
          "{0} did not respond to the change, but applied it: {1} has the configuration that was sent.",
          target.service,
          target.id,
        ),
      );
      return { kind: "taken", etag: now.etag, isAlone: target.diff(config, now.config).length === 0 };
    }
    return afterConflict(sending, job, tools);
  }
}

/** Where the user can see whether a change was applied. */
function whereToLook<Config>({ caller, target }: Job<Config>): string {
  return l10n.t(
    "Open the configuration of {0} in the account {1}, or check its last modification in the AWS console, before you repeat the change.",
    target.id,
    caller.identity.account,
  );
}

/** The failure itself says that the outcome is unknown, which is no longer true once the version was read. */
function withoutDoubt(failure: Failure, service: string): Failure {
  return { ...failure, message: l10n.t("{0} did not respond to the change.", service) };
}
