// The page of a change that is only remembered, in each of its ends.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LiveReview } from "../../../src/account/live/review/live-review.ts";
import type { ReviewPage } from "../../../src/account/live/review/page.ts";
import { recallEntry, reviewOfEntry } from "../../../src/account/live/review-of-entry.ts";
import { readOnlyText } from "../../../src/account/live/words.ts";
import type { ShownChange } from "../../../src/account/shown-change.ts";
import { endText, undoText } from "../../../src/account/shown-change-words.ts";
import { oneOfEach, shownChange, whyNot } from "../changes.ts";

function open(more: Partial<ShownChange> = {}, readOnly?: string) {
  const change = shownChange(more);
  const pressed: string[] = [];
  const press = (name: string) => () => void pressed.push(name);
  const acts = {
    ...{ undo: press("undo"), resume: press("resume"), show: press("show") },
    readOnly: () => readOnly,
  };
  const review = reviewOfEntry(change, acts);
  return { change, acts, review, pressed };
}

const under = { noUndo: "under-way", ended: undefined } as const;
const stepsOf = ({ steps }: ReviewPage) => steps.map(({ state, label, text }) => `${state}: ${label}: ${text}`);

function answer(review: LiveReview, label: string): void {
  const message = review.page.messages.find(({ answers }) => answers.includes(label));
  review.act({ kind: "answer", message: message?.id ?? assert.fail(`there is no ${label}`), answer: label });
}

describe("the page of a change in the history", () => {
  test("says what, to what, where and when, by names that people gave", () => {
    const { change, review } = open({ calls: 2, taken: 2, parts: ["a", "b"], profile: undefined, undone: undefined });
    const { title, facts, plan, consequences } = review.page;
    assert.equal(title, "Enable Origin mTLS: E1ORDERS000001");
    assert.deepEqual(
      facts.map(({ name, value }) => `${name}: ${value}`),
      [
        "Distribution: orders.example.com (E1ORDERS000001)",
        "Profile: none: environment variables or the default profile",
        "Account: 111122223333",
        "Changed: a, b",
        `Sent: ${new Date(change.at).toLocaleString()}`,
        `Ended: ${new Date(change.ended ?? 0).toLocaleString()}`,
      ],
    );
    assert.deepEqual([plan, consequences], [undefined, []]);
    const { name, id } = open({ name: undefined }).review.about;
    assert.equal(name, id);
    assert.equal(open({ name: undefined }).review.page.facts[0]?.value, "E1ORDERS000001");
  });

  test("is never something to decide on or to wait for, and nothing on it acts but what it offers", () => {
    for (const change of oneOfEach) {
      const { review, pressed } = open(change);
      assert.deepEqual(review.page.actions, [], change.state);
      assert.ok(review.isOver && !review.isDeciding && !review.isUnderWay && !review.isAsking, change.state);
      for (const action of ["apply", "discard", "change", "stop", "file"] as const)
        review.act({ kind: "press", action, round: review.page.round });
      review.dismiss();
      assert.deepEqual(pressed, []);
      assert.ok(review.page.steps.every(({ state }) => state !== "sending" && state !== "reading"));
    }
  });

  test("says how it ended in a sentence, with what is grave by more than words", () => {
    for (const change of oneOfEach) {
      const { page } = open(change).review;
      assert.equal(page.status, change.undone === undefined ? endText(change) : "The change was undone.");
      const expected =
        change.undone !== undefined
          ? ["left", "info"]
          : {
              done: ["done", "ok"],
              failed: ["failed", "error"],
              ...{ here: ["left", "info"], elsewhere: ["left", "info"], deleted: ["left", "info"] },
              ...{ left: ["left", "warning"], partly: ["left", "warning"], overtaken: ["left", "warning"] },
              unknown: ["left", "warning"],
            }[change.state];
      assert.deepEqual([page.phase, page.tone], expected, change.state);
    }
  });

  test("has its steps as far as they are known", () => {
    const three = { calls: 3, parts: ["a"] } as const;
    for (const [more, steps] of [
      [{}, ["done: orders-api: Deployed and read back"]],
      [{ parts: [] }, ["done: Enable mTLS: Deployed and read back"]],
      [{ state: "failed", taken: 0 }, ["failed: orders-api: AWS could not apply it"]],
      [{ state: "unknown", taken: 0 }, ["unknown: orders-api: It is not known whether AWS applied it"]],
      [{ state: "unknown" }, ["unknown: orders-api: Accepted by AWS; the result was not seen"]],
      [{ state: "partly" }, ["failed: orders-api: AWS did not keep everything that was sent"]],
      [
        { state: "overtaken" },
        ["unknown: orders-api: Accepted by AWS; changed by another update before it was read back"],
      ],
      [{ state: "deleted" }, ["unknown: orders-api: Accepted by AWS; deleted before it was read back"]],
      [
        { ...three, state: "partly", taken: 2 },
        [
          "done: Step 1 of 3: Deployed and read back",
          "unknown: Step 2 of 3: Accepted by AWS",
          "next: Step 3 of 3: Not applied",
        ],
      ],
      [
        { ...three, ...under, state: "left", taken: 2 },
        [
          "done: Step 1 of 3: Deployed and read back",
          "unknown: Step 2 of 3: Accepted by AWS; the result was not seen",
          "next: Step 3 of 3: It is not known whether it was sent",
        ],
      ],
      [
        { ...three, ...under, state: "elsewhere", taken: 1 },
        [
          "deploying: Step 1 of 3: Accepted by AWS",
          "next: Step 2 of 3: Not accepted by AWS yet",
          "next: Step 3 of 3: Not accepted by AWS yet",
        ],
      ],
      [
        { ...three, ...under, state: "left", taken: 0 },
        [
          "unknown: Step 1 of 3: It is not known whether AWS applied it",
          "next: Step 2 of 3: It is not known whether it was sent",
          "next: Step 3 of 3: It is not known whether it was sent",
        ],
      ],
    ] as const satisfies readonly (readonly [Partial<ShownChange>, readonly string[]])[])
      assert.deepEqual(stepsOf(open({ ...more, parts: more.parts ?? ["orders-api"] }).review.page), steps);
  });

  test("offers to undo it as long as that can be done, and else says why not", () => {
    const { review, pressed } = open();
    assert.deepEqual(
      review.page.messages.map(({ text, answers }) => [text, answers]),
      [["The change can be undone.", ["Undo"]]],
    );
    answer(review, "Undo");
    answer(review, "Undo");
    assert.deepEqual(pressed, ["undo", "undo"], "it was left the first time, perhaps");
    for (const noUndo of whyNot) {
      assert.ok(noUndo !== "under-way");
      const { change, review: other } = open({ noUndo });
      const texts = other.page.messages.map(({ text, answers }) => [text, answers]);
      assert.deepEqual(texts, [[undoText(noUndo, change.id), []]]);
    }
    const undone = open({ undone: 1, noUndo: "undone" }).review.page;
    assert.deepEqual(undone.messages, [], "it is said once");
    assert.ok(undone.facts.some(({ name }) => name === "Undone"));
    const locked = open({}, readOnlyText()).review.page;
    assert.deepEqual(
      locked.messages.map(({ text, answers }) => [text, answers]),
      [[readOnlyText(), []]],
    );
  });

  test("offers to continue what was left, leads to what is under way here, and leaves that of others alone", () => {
    for (const [state, offers] of [
      ["left", ["Continue"]],
      ["here", ["Show Change"]],
      ["elsewhere", []],
    ] as const) {
      const { review, pressed } = open({ ...under, state });
      assert.deepEqual(
        review.page.messages.map(({ answers }) => answers),
        [offers],
        state,
      );
      for (const offer of offers) answer(review, offer);
      assert.deepEqual(pressed, offers.length === 0 ? [] : [state === "left" ? "resume" : "show"]);
    }
  });

  test("follows what becomes of it, and what it said before is gone", () => {
    const { change, acts, review } = open({ ...under, state: "elsewhere" });
    let drawn = 0;
    review.onDidChange(() => (drawn += 1));
    recallEntry(review, { ...change, state: "done", ended: change.at + 5, noUndo: undefined }, acts);
    assert.ok(drawn > 0);
    const { phase, messages, facts } = review.page;
    assert.equal(phase, "done");
    assert.deepEqual(
      messages.map(({ text }) => text),
      ["The change can be undone."],
    );
    assert.ok(facts.some(({ name }) => name === "Ended"));
  });
});
