// The model of the page of one change: each of its states, and what a person can do in it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onPage } from "../../../../src/account/live/on-page.ts";
import {
  type About,
  type Comparison,
  LiveReview,
  type Proposal,
} from "../../../../src/account/live/review/live-review.ts";
import type { PageActionId, PagePlan } from "../../../../src/account/live/review/page.ts";
import type { Told } from "../../../../src/account/live/told.ts";
import { ScriptedUi } from "../scripted-ui.ts";

const about: About = {
  account: "111122223333",
  kind: "gate",
  id: "gate-1",
  name: "north",
  title: "Set the gate",
  facts: [{ name: "Gate", value: "north (gate-1)" }],
};

const plan: PagePlan = {
  sentence: "The gate is set.",
  version: { name: "Planned on version", value: "V1" },
  meanwhile: undefined,
  changes: { members: [], left: 0 },
  clients: [],
  required: [],
  notes: [],
  introduced: { problems: [], left: 0 },
  standing: { problems: [], left: 0 },
  plans: [],
  owner: undefined,
};

const comparison: Comparison = { title: "now ↔ then", path: "/gate-1.json", before: "1", after: "2", problems: [] };

const proposal: Proposal = {
  plan,
  comparison,
  consequences: [],
  blocked: undefined,
  applyLabel: "Apply to gate-1",
  shell: "zsh",
  canChange: false,
  hasTemplate: false,
  steps: ["SetMode"],
};

function reviewOf(proposed?: Partial<Proposal>): LiveReview {
  const review = new LiveReview("1", about);
  if (proposed !== undefined) review.propose({ ...proposal, ...proposed }, 0);
  return review;
}

const press = (review: LiveReview, action: PageActionId) =>
  review.act({ kind: "press", action, round: review.page.round });
const actionsOf = ({ page }: LiveReview) => page.actions.map(({ action }) => action);
const statesOf = ({ page }: LiveReview) => page.steps.map(({ state }) => state);
const isEnabled = ({ page }: LiveReview, wanted: PageActionId) =>
  page.actions.find(({ action }) => action === wanted)?.isEnabled;

/** What became of a promise so far. */
function watched<Value>(promise: Promise<Value>): () => Promise<Value | "pending"> {
  return async () => {
    await new Promise(setImmediate);
    return Promise.race([promise, Promise.resolve("pending" as const)]);
  };
}

describe("before there is anything to decide", () => {
  test("planning: it reads, and there is nothing to be done or seen", () => {
    const review = reviewOf();
    const { page } = review;
    assert.deepEqual(
      [page.phase, page.status, page.tone, page.title],
      ["planning", "Reading the current configuration…", "info", "Set the gate"],
    );
    assert.deepEqual([page.plan, page.steps, page.messages, page.actions], [undefined, [], [], []]);
    assert.deepEqual(page.facts, about.facts);
    assert.deepEqual([review.isOpen, review.isSent, review.isOver, review.isUnderWay], [false, false, false, false]);
  });

  test("something is presented: the diff can be opened, and what was planned before is gone", () => {
    const review = reviewOf({});
    review.present(comparison, "Both changed the same.");
    const { page } = review;
    assert.deepEqual([page.phase, page.status, page.plan], ["planning", "Both changed the same.", undefined]);
    assert.deepEqual(actionsOf(review), ["diff"]);
    assert.ok(review.isOpen);
  });

  test("another resource is chosen: title and facts are its own", () => {
    const review = reviewOf({});
    let heard = 0;
    review.onDidChange(() => heard++);
    review.retarget({ ...about, id: "gate-2", title: "Set gate-2", facts: [{ name: "Gate", value: "gate-2" }] });
    assert.equal(review.page.title, "Set gate-2");
    assert.equal(review.page.facts[0]?.value, "gate-2");
    assert.equal(heard, 1);
  });
});

describe("to be decided", () => {
  test("without consequences: Apply is the main action and enabled, and the version is among the facts", async () => {
    const review = reviewOf({});
    const decided = review.decision();
    const { page } = review;
    assert.deepEqual([page.phase, page.status], ["review", "Nothing has been sent to AWS yet."]);
    assert.deepEqual(
      page.actions.map(({ action, label, isMain, isEnabled }) => [action, label, isMain, isEnabled]),
      [
        ["apply", "Apply to gate-1", true, true],
        ["file", "Save as File…", false, true],
        ["commands", "Copy AWS CLI Commands (zsh)", false, true],
        ["diff", "Open Diff", false, true],
        ["discard", "Discard", false, true],
      ],
    );
    assert.deepEqual(page.facts, [...about.facts, plan.version]);
    assert.deepEqual(statesOf(review), ["next"]);
    press(review, "apply");
    assert.equal(await decided, "apply");
    assert.equal(review.isSent, false, "a decision alone sends nothing");
  });

  test("with consequences: Apply waits until they are confirmed, and again after each new plan", async () => {
    const consequences = ["Viewers are cut off."];
    const review = reviewOf({ consequences });
    const decided = watched(review.decision());
    assert.deepEqual(review.page.consequences, consequences);
    assert.equal(isEnabled(review, "apply"), false);
    press(review, "apply");
    assert.equal(await decided(), "pending");
    review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
    assert.deepEqual([review.page.isConfirmed, isEnabled(review, "apply")], [true, true]);
    review.act({ kind: "confirm", isConfirmed: false, round: review.page.round });
    assert.equal(isEnabled(review, "apply"), false);
    review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
    review.propose({ ...proposal, consequences }, 0);
    assert.deepEqual([review.page.isConfirmed, isEnabled(review, "apply")], [false, false]);
    review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
    press(review, "apply");
    assert.equal(await decided(), "apply");
    review.step(0, "sending");
    assert.deepEqual(review.page.consequences, [], "there is nothing to confirm any more");
  });

  test("blocked: Apply cannot be enabled by anything, and all else goes on", async () => {
    const review = reviewOf({ blocked: "There is no trust store.", shell: undefined });
    const decided = watched(review.decision());
    review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
    for (const action of ["apply", "file", "commands", "change", "template"] as const) press(review, action);
    assert.equal(await decided(), "pending");
    assert.equal(review.page.blocked, "There is no trust store.");
    assert.deepEqual(actionsOf(review), ["apply", "diff", "discard"]);
    assert.equal(isEnabled(review, "apply"), false);
    press(review, "discard");
    assert.equal(await decided(), "discard");
    assert.ok(review.isDiscarded);
  });

  for (const [action, needs] of [
    ["change", { canChange: true }],
    ["template", { hasTemplate: true }],
    ["file", {}],
    ["commands", {}],
  ] as const)
    test(`"${action}" is decided where it is there`, async () => {
      const review = reviewOf(needs);
      const decided = review.decision();
      press(review, action);
      assert.equal(await decided, action);
      assert.equal(review.phase, "review", "what was decided on stays");
      const lacking = reviewOf({ canChange: false, hasTemplate: false, shell: undefined });
      const undecided = watched(lacking.decision());
      press(lacking, action);
      assert.equal(await undecided(), "pending");
    });

  test("pressed twice, one thing is decided", async () => {
    const review = reviewOf({});
    const decided = review.decision();
    press(review, "apply");
    press(review, "apply");
    assert.equal(await decided, "apply");
    assert.equal(review.isDeciding, false);
    const next = watched(review.decision());
    assert.equal(await next(), "pending", "the second press is not kept");
  });

  test("Discard after Apply, while nobody waits for a decision, is not taken for one", async () => {
    const review = reviewOf({});
    const decided = review.decision();
    press(review, "apply");
    press(review, "discard");
    assert.equal(await decided, "apply");
    assert.equal(review.isDiscarded, false);
  });

  test("closed: it is discarded", async () => {
    const review = reviewOf({});
    const decided = review.decision();
    review.dismiss();
    assert.equal(await decided, "discard");
    assert.ok(review.isDiscarded);
  });

  test("closed while a file is written, it is discarded once that is done", async () => {
    const review = reviewOf({});
    const first = review.decision();
    press(review, "file");
    assert.equal(await first, "file");
    review.dismiss();
    assert.equal(await watched(review.decision())(), "discard");
  });
});

describe("on its way", () => {
  test("sent, deploying with what is reported, read back, done", () => {
    const review = reviewOf({});
    review.step(0, "sending");
    assert.deepEqual(
      [review.phase, review.page.status, ...statesOf(review)],
      ["sending", "Sending the change to AWS…", "sending"],
    );
    assert.ok(review.isSent && review.isUnderWay && !review.isOver);
    assert.deepEqual(actionsOf(review), ["diff"], "it cannot be applied or discarded any more");
    review.step(0, "deploying");
    assert.deepEqual(
      [review.phase, review.page.status],
      ["deploying", "AWS has accepted the change and is deploying it."],
    );
    review.report("Deploying for 40 s.");
    assert.equal(review.page.steps[0]?.text, "Deploying for 40 s.");
    review.step(0, "reading");
    assert.equal(review.phase, "reading");
    review.step(0, "done");
    assert.deepEqual([...statesOf(review), review.phase], ["done", "reading"], "it is not over by that");
    review.end("done");
    assert.deepEqual(
      [review.phase, review.page.tone, review.page.status],
      ["done", "ok", "Done: the change is deployed, and was read back."],
    );
    assert.ok(review.isOver && !review.isUnderWay);
    assert.deepEqual(review.page.plan, plan, "what was done can still be read");
  });

  test("what is reported while nothing is deployed says nothing of any step", () => {
    const review = reviewOf({});
    review.report("Deploying for 40 s.");
    assert.equal(review.page.steps[0]?.text, "Not sent yet");
  });

  test("waiting can be stopped while it is deployed, and not before or after", () => {
    const review = reviewOf({});
    press(review, "stop");
    review.step(0, "sending");
    review.step(0, "deploying");
    const stop = review.waiting();
    assert.deepEqual(actionsOf(review), ["diff", "stop"]);
    assert.equal(stop.aborted, false);
    press(review, "stop");
    assert.ok(stop.aborted);
    review.end("left", "This window no longer waits.");
    assert.deepEqual(
      [review.phase, review.page.status, ...actionsOf(review)],
      ["left", "This window no longer waits.", "diff"],
    );
  });

  test("several steps: each has its own state, and those that are done stay where the rest is planned anew", () => {
    const review = reviewOf({ steps: ["AttachTrustStore", "SetMode"] });
    assert.deepEqual(statesOf(review), ["next", "next"]);
    review.step(0, "sending");
    review.step(0, "deploying");
    review.report("Turning.");
    assert.deepEqual(
      review.page.steps.map(({ text }) => text),
      ["Turning.", "Not sent yet"],
    );
    review.step(0, "done");
    review.step(1, "sending");
    assert.deepEqual(statesOf(review), ["done", "sending"]);
    review.step(1, "refused");
    assert.ok(review.isSent, "the first one was sent");
    review.propose({ ...proposal, steps: ["SetMode"] }, 1);
    assert.deepEqual(
      review.page.steps.map(({ label, state }) => [label, state]),
      [
        ["AttachTrustStore", "done"],
        ["SetMode", "next"],
      ],
    );
    assert.equal(review.phase, "review");
  });

  test("the only step is refused: nothing is on its way", () => {
    const review = reviewOf({});
    review.step(0, "sending");
    review.step(0, "refused");
    assert.equal(review.isSent, false);
    assert.deepEqual(statesOf(review), ["refused"]);
    assert.match(review.page.status, /not appl(?:ied|y)/i);
    assert.equal(review.page.status, review.page.steps[0]?.text);
  });

  test("nobody knows what became of a step: neither applied nor not, and it is still on its way", () => {
    const review = reviewOf({});
    review.step(0, "sending");
    review.step(0, "unknown");
    assert.ok(review.isSent);
    assert.deepEqual([review.page.status, ...statesOf(review)], ["It is unknown whether AWS applied it", "unknown"]);
  });

  test("a step fails: it is said how it stands", () => {
    const review = reviewOf({});
    review.step(0, "sending");
    review.step(0, "deploying");
    review.step(0, "failed", "The gate is jammed.");
    review.end("failed", "AWS accepted the change, but could not apply it.");
    assert.deepEqual(review.page.steps, [{ label: "SetMode", state: "failed", text: "The gate is jammed." }]);
    assert.deepEqual(
      [review.page.phase, review.page.tone, review.page.status],
      ["failed", "error", "AWS accepted the change, but could not apply it."],
    );
  });

  test("a change that a window before sent is followed: what is not known to be taken is not called accepted", () => {
    const taken = reviewOf();
    taken.follow([{ label: "SetMode", state: "deploying", text: "Accepted by AWS, deploying…" }]);
    assert.ok(taken.isOpen && taken.isSent && taken.isUnderWay);
    assert.equal(taken.page.status, "AWS has accepted the change and is deploying it.");
    assert.deepEqual(actionsOf(taken), ["stop"]);
    const unknown = reviewOf();
    unknown.follow([{ label: "SetMode", state: "unknown", text: "It is not known yet whether AWS applied it" }]);
    assert.ok(unknown.isSent);
    assert.doesNotMatch(unknown.page.status, /accepted|deploying/);
    assert.deepEqual(actionsOf(unknown), [], "there is no waiting to be stopped");
  });
});

describe("what is said on it", () => {
  const tell = (review: LiveReview, told: Told, answers: readonly string[] = [], stays = false) => {
    const given: (string | undefined)[] = [];
    const { settle } = review.tell(told, "info", answers, (answer) => void given.push(answer), stays);
    return { given, settle };
  };
  const texts = ({ page }: LiveReview) => page.messages.map(({ text }) => text);

  test("has AWS's own words, our diagnosis and how it stands apart, the latest first", () => {
    const review = reviewOf({});
    tell(review, "first");
    const said = { code: "InvalidArgument, 400", message: "not now" };
    tell(review, { text: "CloudFront refused the change.", said, diagnosis: "ours", standing: "Nothing was changed." });
    assert.deepEqual(texts(review), ["CloudFront refused the change.", "first"]);
    const [{ id: _, ...latest } = assert.fail()] = review.page.messages;
    assert.deepEqual(latest, {
      tone: "info",
      text: "CloudFront refused the change.",
      said,
      diagnosis: "ours",
      standing: "Nothing was changed.",
      answers: [],
    });
  });

  test("a question goes with its answer, which is given once; another answer is none", () => {
    const review = reviewOf({});
    const { given } = tell(review, "Again?", ["Try Again"]);
    assert.ok(review.isAsking);
    const { id = 0 } = review.page.messages[0] ?? {};
    review.act({ kind: "answer", message: id, answer: "Undo" });
    review.act({ kind: "answer", message: id + 1, answer: "Try Again" });
    assert.deepEqual(given, []);
    review.act({ kind: "answer", message: id, answer: "Try Again" });
    review.act({ kind: "answer", message: id, answer: "Try Again" });
    assert.deepEqual([given, texts(review), review.isAsking], [["Try Again"], [], false]);
  });

  test("an offer stays, can be taken again, asks nothing, and is taken back", () => {
    const review = reviewOf({});
    review.end("done");
    const { given } = tell(review, "The gate is done.", ["Undo"], true);
    const { given: kept } = tell(review, "Written.", ["Copy"], true);
    assert.equal(review.isAsking, false);
    const id = review.page.messages.find(({ text }) => text === "The gate is done.")?.id ?? 0;
    for (const _ of [1, 2]) review.act({ kind: "answer", message: id, answer: "Undo" });
    assert.deepEqual(given, ["Undo", "Undo"]);
    review.retract("Undo");
    review.act({ kind: "answer", message: id, answer: "Undo" });
    assert.equal(given.length, 2);
    assert.deepEqual(
      review.page.messages.map(({ text, answers }) => [text, answers]),
      [
        ["Written.", ["Copy"]],
        ["The gate is done.", []],
      ],
    );
    assert.deepEqual(kept, []);
  });

  test("the same is said once, and no more than is looked at", () => {
    const review = reviewOf({});
    for (const _ of [1, 2, 3]) tell(review, "same");
    tell(review, "other");
    tell(review, "same");
    assert.deepEqual(texts(review), ["same", "other"]);
    for (let count = 0; count < 100; count++) tell(review, `number ${count}`);
    assert.equal(review.page.messages.length, 20);
    assert.equal(texts(review)[0], "number 99");
  });

  test("a question that makes room is not left without an end", async () => {
    const same = reviewOf({});
    const { given } = tell(same, "Again?", ["Try Again"]);
    tell(same, "Again?", ["Try Again"]);
    assert.deepEqual(given, [undefined]);
    const full = reviewOf({});
    const { given: first } = tell(full, "Again?", ["Try Again"]);
    for (let count = 0; count < 100; count++) tell(full, `number ${count}`);
    assert.ok(first.length === 1 || full.isAsking, "it is gone, and whoever asked waits for ever");
  });

  test("closed before anything is sent: each question ends without an answer", () => {
    const review = reviewOf();
    review.present(comparison, "Both changed the same.");
    const { given } = tell(review, "Which?", ["Mine", "Theirs"]);
    const { given: offered } = tell(review, "Written.", ["Copy"], true);
    review.dismiss();
    assert.deepEqual([given, offered], [[undefined], []]);
  });

  test("closed after it was sent: a question stays for whoever opens it again", () => {
    const review = reviewOf({});
    review.step(0, "sending");
    const { given } = tell(review, "Again?", ["Check Again"]);
    review.dismiss();
    assert.deepEqual(given, []);
    assert.ok(review.isAsking && !review.isDiscarded);
    review.act({ kind: "answer", message: review.page.messages[0]?.id ?? 0, answer: "Check Again" });
    assert.deepEqual(given, ["Check Again"]);
  });

  test("closed after its end: nothing is left open", () => {
    const review = reviewOf({});
    review.step(0, "sending");
    review.end("failed", "Not all is there.");
    const { given } = tell(review, "Not all is there.", ["Show Differences"]);
    review.dismiss();
    assert.deepEqual(given, [undefined]);
  });

  test("an error makes the page look so, unless it is done", () => {
    const review = reviewOf({});
    review.tell("No.", "error", [], () => {});
    assert.equal(review.page.tone, "warning");
    review.end("done");
    assert.equal(review.page.tone, "ok");
  });

  test("who listens hears of each, until it is enough", () => {
    const review = reviewOf({});
    let heard = 0;
    const listening = review.onDidChange(() => heard++);
    tell(review, "one");
    review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
    review.step(0, "sending");
    assert.equal(heard, 3);
    listening.dispose();
    review.end("done");
    assert.equal(heard, 3);
  });
});

describe("what is said is said on the page", () => {
  function opened(page: ScriptedUi["page"]) {
    const user = new ScriptedUi(async () => undefined);
    user.page = page;
    const review = reviewOf({});
    return { user, review, ui: onPage(review, user) };
  }
  const messages = ({ page }: LiveReview) => page.messages.map(({ text, answers }) => [text, answers]);

  test("alone, where somebody looks at it", async () => {
    const { user, review, ui } = opened("visible");
    await ui.say("said");
    const answered = ui.ask("asked", ["Yes"], "error");
    const takeBack = ui.offer("offered", { label: "Undo", go: () => {} });
    assert.deepEqual(user.said, []);
    assert.deepEqual(messages(review), [
      ["offered", ["Undo"]],
      ["asked", ["Yes"]],
      ["said", []],
    ]);
    review.act({ kind: "answer", message: review.page.messages[1]?.id ?? 0, answer: "Yes" });
    assert.equal(await answered, "Yes");
    takeBack();
    assert.deepEqual(messages(review), [
      ["offered", []],
      ["said", []],
    ]);
    assert.deepEqual(user.takenBack, []);
  });

  test("and elsewhere, where nobody looks: either answer counts, and a closed message leaves the page's", async () => {
    const { user, review, ui } = opened("hidden");
    user.answer(/first/, "Yes");
    assert.equal(await ui.ask("first", ["Yes"]), "Yes");
    assert.deepEqual(messages(review), [], "it is answered here, too");
    const second = watched(ui.ask("second", ["Yes"]));
    assert.equal(await second(), "pending", "closed there, it is still asked here");
    review.act({ kind: "answer", message: review.page.messages[0]?.id ?? 0, answer: "Yes" });
    assert.equal(await second(), "Yes");
    ui.offer("third", { label: "Undo", go: () => {} })();
    assert.deepEqual(user.takenBack, ["Undo"]);
    assert.deepEqual(
      user.said.map(({ message }) => message),
      ["first", "second", "third"],
    );
  });

  test("without a page, closing the message is the answer", async () => {
    const { user, review, ui } = opened("none");
    assert.equal(await ui.ask("asked", ["Yes"]), undefined);
    assert.deepEqual(messages(review), []);
    assert.equal(user.said.length, 1);
  });

  test("before there is anything to see, all is said elsewhere", async () => {
    const user = new ScriptedUi(async () => undefined);
    const review = reviewOf();
    const ui = onPage(review, user);
    await ui.say("said");
    await ui.ask("asked", ["Yes"]);
    ui.offer("offered", { label: "Undo", go: () => {} })();
    assert.deepEqual(messages(review), []);
    assert.equal(user.said.length, 3);
    assert.deepEqual(user.takenBack, ["Undo"]);
  });

  test("what is reported is on the step, and waiting ends by the page as by the editor", async () => {
    for (const stop of ["page", "editor"] as const) {
      const { user, review, ui } = opened("visible");
      review.step(0, "sending");
      review.step(0, "deploying");
      user.onProgress = (abort, message) => void (stop === "editor" && message !== "" && abort());
      const stopped = await ui.progress("Waiting", async (report, signal) => {
        report("Turning.");
        if (stop === "page") press(review, "stop");
        return signal.aborted;
      });
      assert.ok(stopped, stop);
      assert.equal(review.page.steps[0]?.text, "Turning.");
      assert.deepEqual(user.progressed, ["Waiting", "Turning."]);
    }
  });
});

describe("what is decided on is what was seen", () => {
  test("a tick and a click that come late count for no other plan", () => {
    const review = reviewOf({ consequences: ["Clients are cut off."] });
    const { round } = review.page;
    review.propose({ ...proposal, consequences: ["Others are cut off."] }, 0);
    review.act({ kind: "confirm", isConfirmed: true, round });
    assert.equal(review.page.isConfirmed, false);
    review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
    assert.equal(review.page.isConfirmed, true);
  });

  test("closed right after Apply, a plan that has to be shown again is shown", async () => {
    const review = reviewOf({});
    const decided = review.decision();
    press(review, "apply");
    assert.equal(await decided, "apply");
    review.dismiss();
    review.propose(proposal, 0);
    const again = watched(review.decision());
    assert.equal(await again(), "pending", "it is discarded unseen");
  });

  test("what its page is made of again is forgotten at its end, where nobody looks any more", () => {
    const review = reviewOf({});
    let isForgotten = false;
    review.keep({ key: "1", forget: () => (isForgotten = true) });
    review.step(0, "sending");
    review.dismiss();
    assert.equal(isForgotten, false, "it goes on");
    review.end("done");
    assert.equal(isForgotten, true);
  });
});
