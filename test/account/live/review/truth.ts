// Holds what the pages of live changes say against what AWS has in truth.
import type { LiveReview } from "../../../../src/account/live/review/live-review.ts";
import type { ReviewPage } from "../../../../src/account/live/review/page.ts";

/** Of what was to be changed. */
export type Has = "all" | "some" | "nothing";

/** What a page says in the end that is not so, each in a few words. */
export function untrueIn(
  { phase, tone, status, steps, messages, consequences, actions }: ReviewPage,
  has: Has,
): string[] {
  const untrue: string[] = [];
  const states = steps.map(({ state }) => state);
  const standing = [status, ...steps.map(({ text }) => text)].join("\n");
  const told = [standing, ...messages.flatMap(({ text, standing }) => [text, standing ?? ""])].join("\n");
  if (has !== "all" && phase === "done") untrue.push("it is called done, and is not");
  if (has === "nothing" && states.some((state) => state === "done" || state === "reading"))
    untrue.push("a step is called deployed, and is not");
  if (has === "nothing" && /^AWS has|is deployed|\bDeployed|[Dd]one\b/m.test(standing))
    untrue.push("it is said to be there, and is not");
  if (has !== "nothing" && /Nothing was changed|Nothing has been sent/.test(told))
    untrue.push("nothing is said to be changed, and something is");
  if (has === "all" && (/[Nn]ot appl(?:ied|y)/.test(standing) || states.includes("refused")))
    untrue.push("it is said not to be applied, and is");
  if (phase === "done" && (tone !== "ok" || states.some((state) => state !== "done")))
    untrue.push("it is done, and a step is not");
  if (phase !== "done" && tone === "ok") untrue.push("it looks as if it was done");
  if (phase === "failed" && has === "all") untrue.push("it is said to have failed, and is there");
  if (phase === "left" && /…$/m.test(status)) untrue.push("it is left, and said to go on");
  if (states.includes("unknown") && /was not applied|does not have all of this change/.test(told))
    untrue.push("it is told what became of a step, and the step says that nobody knows");
  if (/ was deleted /.test(told) && !/deleted/.test(status))
    untrue.push("it is deleted, and how it stands does not say so");
  if (states.includes("sending")) untrue.push("a step is said to be sent, and is not any more");
  if (consequences.length > 0 || actions.some(({ action }) => action !== "diff"))
    untrue.push("something can be done that leads to nothing");
  if (/undefined|\[object|\{\d\}/.test(told)) untrue.push("a text is not whole");
  return untrue;
}

/** What a page says at any time that cannot be so, whatever AWS has. */
export function impossibleIn({ phase, status, steps }: ReviewPage): string[] {
  const isTaken = steps.some(({ state }) => state === "deploying" || state === "reading" || state === "done");
  return [
    ...(phase === "deploying" && !isTaken ? [`nobody knows whether AWS took it, and the page says: ${status}`] : []),
    ...(phase === "review" && steps.some(({ state }) => state === "sending")
      ? ["it is to be decided, and is being sent"]
      : []),
  ];
}

/** Collects what the page of a change says on its way that cannot be so. */
export function watchPage(review: LiveReview, impossible: Set<string>): void {
  review.onDidChange(() => {
    for (const one of impossibleIn(review.page)) impossible.add(one);
  });
}
