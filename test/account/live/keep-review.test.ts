// What is kept of a change while a page shows it: names alone, until the page is closed.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keptErrand } from "../../../src/account/live/targets/distribution/kept.ts";
import { toldText } from "../../../src/account/live/told.ts";
import { certificates, distributions, secretHeaderValues } from "../../sandbox/world.ts";
import { until } from "../../until.ts";
import { distribution, enabling, useSandbox } from "./distributions.ts";
import { openWindow, type Window } from "./window.ts";

const behind = useSandbox();

const keptIn = ({ records }: Window) =>
  [...records.kept].flatMap(([name, text]) => (name.startsWith("review.") ? [JSON.parse(text)] : []));

describe("a change that is reviewed", () => {
  test("is kept by names alone, and forgotten when it is discarded", async () => {
    const window = openWindow();
    window.ui.origins = ["catalog"];
    window.ui.certificates = [certificates.spare];
    let kept: unknown[] = [];
    window.ui.onReview = () => (kept = keptIn(window));
    await window.live.change("enable", distribution(distributions.single));
    const [record] = kept as [{ readonly errand: unknown; readonly change?: number }];
    assert.deepEqual(keptErrand(record.errand), {
      what: "intent",
      kind: "enable",
      origins: ["catalog"],
      certificate: certificates.spare,
    });
    assert.equal(record.change, undefined);
    for (const secret of secretHeaderValues) assert.ok(!JSON.stringify(record).includes(secret));
    assert.deepEqual(keptIn(window), []);
  });

  test("says when it was sent, and stays until its page is closed", async () => {
    const window = enabling();
    await window.live.change("enable", distribution(distributions.single));
    const [record] = keptIn(window);
    const [undo] = window.undos();
    assert.equal(record.change, undo?.at);
    assert.equal(window.ui.opened[0]?.kept, record.key);
    window.ui.opened[0]?.dismiss();
    await behind.aws.sandbox.requests();
    assert.deepEqual(keptIn(window), []);
  });

  test("was not sent once AWS has refused it: a page that comes back is planned anew", async () => {
    await behind.aws.sandbox.fault({
      ...{ kind: "error", times: 1, status: 400, code: "InvalidArgument", message: "not now" },
      operation: "UpdateDistribution",
    });
    const window = enabling();
    const { ui } = window;
    const ask = ui.ask.bind(ui);
    const kept: unknown[] = [];
    ui.ask = async (message, answers, severity) => {
      if (/not now/.test(toldText(message))) {
        await until("it is kept as not sent", () => keptIn(window).every(({ change }) => change === undefined));
        kept.push(...keptIn(window));
      }
      return ask(message, answers, severity);
    };
    await window.live.change("enable", distribution(distributions.single));
    assert.equal(kept.length, 1);
  });
});
