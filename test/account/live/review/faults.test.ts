// A change meets each fault, and the user leaves it or goes on: in the end its page says what AWS has.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, mock, test } from "node:test";
import type { LiveReview } from "../../../../src/account/live/review/live-review.ts";
import { canonicalXml } from "../../../../src/core/document/xml-text.ts";
import type { Failure } from "../../../../src/core/failure.ts";
import { type Aws, startAws } from "../../../sandbox/aws.ts";
import type { Fault } from "../../../sandbox/client.ts";
import { distributions } from "../../../sandbox/world.ts";
import { until } from "../../../until.ts";
import { closeSessions } from "../../window.ts";
import { closeGates, type Gate, GateService, type GateWindow, noAnswer, openGateWindow } from "../gate.ts";
import { type Change, isOurs, prepared, updateFaults } from "../kill-table.ts";
import { openWindow, type Window } from "../window.ts";
import { type Has, untrueIn, watchPage } from "./truth.ts";

const id = distributions.single;

/** `leaves`: closes each message, and the page with it. `goes on`: answers on the page, and says yes each time. */
const users = ["leaves", "goes on"] as const;
type User = (typeof users)[number];

let aws: Aws | undefined;
before(async () => {
  aws = await startAws({ deploySeconds: 0.02 });
  // The SDK's pauses between tries.
  mock.method(Math, "random", () => 0);
});
after(async () => {
  mock.restoreAll();
  await aws?.close();
});
afterEach(() => {
  closeSessions();
  closeGates();
});

/** More than any fault takes that passes. */
const mostAnswers = 8;

/** Looks at each page of a window, as its user. */
function watched({ ui }: Pick<Window, "ui">, user: User): { readonly impossible: Set<string> } {
  const impossible = new Set<string>();
  let answers = 0;
  const seen = new Set<LiveReview>();
  const open = (review: LiveReview) => {
    if (seen.has(review)) return;
    seen.add(review);
    watchPage(review, impossible);
    if (user === "leaves") return;
    review.onDidChange(() =>
      setImmediate(() => {
        // What can be answered again and again is no question.
        const question = review.page.messages.find(({ answers: [first] }) => first !== undefined && first !== "Undo");
        if (question === undefined || ++answers > mostAnswers) return;
        // What still cannot be seen after a few looks is tried again.
        const wanted = answers > 3 ? ["Try Again", "Check Again"] : ["Check Again", "Try Again"];
        const given = wanted.find((one) => question.answers.includes(one)) ?? question.answers[0] ?? "";
        review.act({ kind: "answer", message: question.id, answer: given });
      }),
    );
  };
  if (user === "goes on") {
    ui.page = "visible";
    ui.otherwise = "apply";
  }
  ui.onReview = open;
  ui.onFollow = open;
  return { impossible };
}

/** All that is wrong on pages that came to their ends. */
function untrue({ ui }: Pick<Window, "ui">, has: Has): readonly string[] {
  const pages = [...ui.opened, ...ui.followed];
  assert.notEqual(pages.length, 0);
  return pages.flatMap(({ page }) =>
    untrueIn(page, has).map((one) => `${one}: ${JSON.stringify({ ...page, plan: undefined }, undefined, 1)}`),
  );
}

async function isAtItsEnd({ ui, waits }: Pick<Window, "ui" | "waits">): Promise<void> {
  await until(
    "all pages are at their ends",
    () => waits().length === 0 && [...ui.opened, ...ui.followed].every(({ isOver }) => isOver),
  );
}

async function truthAfter(
  change: Change,
  user: User,
  faults: readonly Fault[],
  afterwards: Fault[] = [],
): Promise<{ readonly has: Has; readonly page: Window["ui"]["opened"][number]["page"] }> {
  const { sandbox, reset } = aws ?? assert.fail("The sandbox is not there");
  await reset();
  const before = (await sandbox.distribution(id)).etag;
  const patience = { handover: 0, arrival: 600_000 };
  const window = openWindow({
    patience,
    watch: async (call, answer) => {
      if (call !== "putDistributionConfig" || answer !== undefined) return;
      for (const fault of afterwards.splice(0)) await sandbox.fault(fault);
    },
  });
  const apply = await prepared(window, change);
  const { impossible } = watched(window, user);
  for (const fault of faults) await sandbox.fault(fault);
  await apply();
  // What is followed after the user left it meets no fault any more.
  await sandbox.clearFaults();
  patience.arrival = 0;
  if (window.waits().length > 0 && window.ui.opened.every(({ isOver }) => isOver)) await window.live.resume();
  await isAtItsEnd(window);
  const { xml, etag } = await sandbox.distribution(id);
  const isTheirs = faults.some(({ kind }) => kind === "change-behind");
  const has = isOurs[change](canonicalXml(xml)) ? "all" : etag === before || isTheirs ? "nothing" : "some";
  assert.deepEqual([...impossible, ...untrue(window, has)], []);
  assert.deepEqual(
    window.logged.filter((line) => line.startsWith("fault")),
    [],
  );
  const [first] = window.ui.opened;
  return { has, page: first?.page ?? assert.fail("There is no page") };
}

for (const change of ["settings", "draft"] as const) {
  describe(`the update of ${change} meets`, () => {
    for (const [fault, of] of Object.values(updateFaults).flatMap((ways) => Object.entries(ways)))
      for (const user of users)
        test(`${fault}, and the user ${user}`, async () => {
          const { has, page } = await truthAfter(change, user, [{ ...of[change], operation: "UpdateDistribution" }]);
          if (user === "goes on" && has === "all") assert.equal(page.phase, "done", page.status);
        });
  });
}

const gone = { kind: "error", status: 404, code: "NoSuchDistribution", message: "gone" } as const;

describe("a look meets", () => {
  for (const [what, faults] of [
    ["no right to see what became of it", [{ kind: "deny", operation: "GetDistribution" }]],
    ["no right to read it back", [{ kind: "deny", operation: "GetDistributionConfig" }]],
    ["that it is deleted while it is deployed", [{ ...gone, operation: "GetDistribution" }]],
    ["that it is deleted before it is read back", [{ ...gone, operation: "GetDistributionConfig" }]],
    [
      "nothing after no answer",
      [
        { kind: "drop", when: "after", operation: "UpdateDistribution", times: 1 },
        { kind: "deny", operation: "GetDistributionConfig", times: 2 },
      ],
    ],
  ] as const satisfies readonly (readonly [string, readonly Fault[]])[]) {
    for (const user of users)
      test(`${what}, and the user ${user}`, async () => {
        const [before, afterwards] = [true, false].map((isFirst) =>
          faults.filter(({ operation }) => (operation === "UpdateDistribution") === isFirst),
        );
        await truthAfter("settings", user, before ?? [], afterwards);
      });
  }
});

describe("a change of two calls meets", () => {
  const both = { TrustStore: "clients", Mode: "verify" };
  const refused: Failure = { failure: "refused", message: "The gate refuses it." };
  const pageOf = ({ ui }: GateWindow) => ui.opened[0]?.page ?? assert.fail("There is no page");
  const all = (service: GateService, wanted: Partial<Gate>): Has =>
    service.config.Mode === (wanted.Mode ?? service.config.Mode)
      ? "all"
      : service.config.TrustStore === "none"
        ? "nothing"
        : "some";

  async function played(service: GateService, user: User): Promise<GateWindow> {
    const patience = { handover: 0, arrival: 600_000 };
    const window = openGateWindow(service, undefined, patience);
    window.ui.decide("apply");
    const { impossible } = watched(window, user);
    await window.set(both);
    await isAtItsEnd(window);
    assert.deepEqual([...impossible, ...untrue(window, all(service, both))], []);
    return window;
  }

  test("a refusal of the second, and is left: the first is said to be applied", async () => {
    const service = new GateService();
    service.onPut = (call) => (call === "SetMode" ? refused : undefined);
    const page = pageOf(await played(service, "leaves"));
    assert.deepEqual(
      page.steps.map(({ state }) => state),
      ["done", "refused"],
    );
    assert.equal(page.phase, "left");
    assert.match(page.status, /partly changed|1 of 2 steps/);
  });

  test("a refusal of the second, and goes on: both are done", async () => {
    const service = new GateService();
    let isFirst = true;
    service.onPut = (call) => {
      const isRefused = call === "SetMode" && isFirst;
      if (isRefused) isFirst = false;
      return isRefused ? refused : undefined;
    };
    const page = pageOf(await played(service, "goes on"));
    assert.deepEqual([page.phase, ...page.steps.map(({ state }) => state)], ["done", "done", "done"]);
  });

  test("a failure of the second after it was accepted: it failed, and the first is said to be applied", async () => {
    const service = new GateService();
    service.carriesOut = (call) => {
      if (call === "SetMode") service.status = { state: "failed", said: "the gate is jammed" };
      return call !== "SetMode";
    };
    const page = pageOf(await played(service, "leaves"));
    assert.deepEqual([page.phase, ...page.steps.map(({ state }) => state)], ["failed", "done", "failed"]);
    assert.equal(page.status, "AWS accepted the change, but could not apply it.");
    assert.match(page.messages[0]?.text ?? "", /“the gate is jammed”/);
  });

  test("no answer to the second, which never arrives: in the end it is said not to be applied", async () => {
    const service = new GateService();
    service.onPut = (call) => (call === "SetMode" ? noAnswer : undefined);
    const patience = { handover: 0, arrival: 50 };
    const window = openGateWindow(service, undefined, patience);
    window.ui.decide("apply");
    const { impossible } = watched(window, "leaves");
    await window.set(both);
    await isAtItsEnd(window);
    const page = pageOf(window);
    assert.deepEqual([...impossible, ...untrueIn(page, "some")], []);
    assert.deepEqual(
      page.steps.map(({ state }) => state),
      ["done", "refused"],
    );
  });
});
