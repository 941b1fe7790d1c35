// What is said and asked around one change is said on its page; elsewhere too, where nobody looks at that.

import type { LiveReview } from "./review/live-review.ts";
import type { LiveUi } from "./ui.ts";

/** Before there is a page, all is said elsewhere. */
export function onPage(review: LiveReview, ui: LiveUi): LiveUi {
  const ask: LiveUi["ask"] = (message, answers, severity = "info") => {
    if (!review.isOpen) return ui.ask(message, answers, severity);
    return new Promise((resolve) => {
      const { settle } = review.tell(message, severity, answers, resolve);
      if (ui.pageOf(review) !== "visible")
        ui.ask(message, answers, severity).then(
          // Closed elsewhere, it can still be answered on the page.
          (answer) => (answer !== undefined || ui.pageOf(review) === "none" ? settle(answer) : undefined),
          () => settle(undefined),
        );
      // There is nothing to wait for.
      if (answers.length === 0) resolve(undefined);
    });
  };
  return {
    ...bound(ui),
    ask,
    say: async (message, severity = "info") => {
      if (!review.isOpen) return ui.say(message, severity);
      review.tell(message, severity, [], () => {});
      if (ui.pageOf(review) !== "visible") await ui.say(message, severity);
    },
    offer: (message, offer, severity = "info") => {
      if (review.isOpen) review.tell(message, severity, [offer.label], () => offer.go(), true);
      const takeBack =
        !review.isOpen || ui.pageOf(review) !== "visible" ? ui.offer(message, offer, severity) : undefined;
      return () => {
        review.retract(offer.label);
        takeBack?.();
      };
    },
    progress: (title, work) =>
      ui.progress(title, (report, stop) =>
        work(
          (message) => {
            review.report(message);
            report(message);
          },
          AbortSignal.any([stop, review.waiting()]),
        ),
      ),
  };
}

/** A user may be an object of a class, whose methods no spreading takes along. */
function bound(ui: LiveUi): LiveUi {
  return {
    say: (...args) => ui.say(...args),
    ask: (...args) => ui.ask(...args),
    offer: (...args) => ui.offer(...args),
    confirm: (...args) => ui.confirm(...args),
    review: (...args) => ui.review(...args),
    follow: (...args) => ui.follow(...args),
    pageOf: (...args) => ui.pageOf(...args),
    compare: (...args) => ui.compare(...args),
    choose: (...args) => ui.choose(...args),
    progress: (...args) => ui.progress(...args),
    openText: (...args) => ui.openText(...args),
    copy: (...args) => ui.copy(...args),
    writeFiles: (...args) => ui.writeFiles(...args),
    leaveFor: (...args) => ui.leaveFor(...args),
  };
}
