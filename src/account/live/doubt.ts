import * as l10n from "@vscode/l10n";
import { type Failure, isFailure } from "../../core/failure.ts";
import { configsOf } from "./arrival.ts";
import type { Version } from "./change.ts";
import { afterConflict } from "./conflict.ts";
import { isRenewed, tryAgain } from "./failures.ts";
import { type Arrived, fateOf, hasArrived } from "./fate.ts";
import { againOr, ended, type Job, type Sending, type Taken } from "./job.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";
import { failureText, sentences, standingText } from "./words.ts";

/** No answer came that says it. Whether AWS took it can be seen: what it has now says so. */
export async function afterDoubt<Config>(
  failure: Failure,
  sending: Sending<Config>,
  job: Job<Config>,
  tools: LiveTools,
): Promise<Taken<Config>> {
  const { config, progress, record } = sending;
  const { target, caller, review } = job;
  const { ui } = tools;
  review.step(progress.applied, "unknown");
  const look = l10n.t("Check Again");
  for (let trouble: Failure | undefined; ; ) {
    const now: Version<Config> | Failure = trouble ?? (await target.fetch());
    if (isFailure(now)) {
      const unknown = isAnswered(failure)
        ? sentences(
            failureText(withoutDoubt(failure, target.service)),
            l10n.t("It is unknown whether {0} was changed, because the configuration cannot be read now.", target.id),
          )
        : l10n.t(
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
            "You are now signed in to another account, {0}. It is unknown whether {1} was changed. {2}",
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
    const fate = fateOf(record, await configsOf(record, tools), now, target);
    if (fate === "before") {
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
    if (!hasArrived(fate)) return afterConflict(sending, job, tools, now, true);
    void ui.say(arrivedText(fate, failure, target));
    return takenAs(fate, now, config);
  }
}

/** What a call has left whose answer was not seen. With changes of another update, all that is there is to stay. */
export function takenAs<Config>(fate: Arrived, now: Version<Config>, sent: Config) {
  const config = fate === "among-others" ? now.config : sent;
  return { kind: "taken", etag: now.etag, isAlone: fate === "there", config } as const;
}

/** @param failure what came in place of an answer, where this window knows it */
export function arrivedText(
  fate: Arrived,
  failure: Failure | undefined,
  { id, service }: Pick<Target<unknown>, "id" | "service">,
): string {
  if (fate === "among-others")
    return l10n.t(
      "{0} did not confirm the change, but applied it. Another update has also changed {1} since.",
      service,
      id,
    );
  return failure === undefined || isAnswered(failure)
    ? sentences(
        failure === undefined ? undefined : failureText(withoutDoubt(failure, service)),
        l10n.t("{0} did not confirm the change, but applied it: {1} has the configuration that was sent.", service, id),
      )
    : l10n.t(
        "{0} did not respond to the change, but applied it: {1} has the configuration that was sent.",
        service,
        id,
      );
}

/** Where the user can see whether a change was applied. */
function whereToLook<Config>({ caller, target }: Job<Config>): string {
  return l10n.t(
    "Open the configuration of {0} in the account {1}, or check its last modification in the AWS console, before you repeat the change.",
    target.id,
    caller.identity.account,
  );
}

/** Whether something came, if not what was to come. */
function isAnswered({ failure, said }: Failure): boolean {
  return said !== undefined || failure === "wrong-endpoint" || failure === "unknown";
}

/** The failure itself says that the outcome is unknown, which is no longer true once the version was read. */
function withoutDoubt(failure: Failure, service: string): Failure {
  if (failure.said !== undefined)
    return { ...failure, message: l10n.t("{0} responded to the change with a server error.", service) };
  return {
    ...failure,
    message:
      isAnswered(failure) && failure.cause !== undefined
        ? failure.cause
        : l10n.t("{0} did not respond to the change.", service),
  };
}
