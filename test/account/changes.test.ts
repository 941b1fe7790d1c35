// The rows of what was changed on this machine.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { certificatesRow } from "../../src/account/kinds/certificates.ts";
import { change, changeRow } from "../../src/account/kinds/change.ts";
import { changesRow } from "../../src/account/kinds/changes.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import { failure } from "../../src/account/kinds/failure.ts";
import { room, widthWith } from "../../src/account/row-width.ts";
import type { ShownChange } from "../../src/account/shown-change.ts";
import { profiles } from "../sandbox/client.ts";
import { mfaCode, region } from "../sandbox/world.ts";
import { until } from "../until.ts";
import { now, oneOfEach, shownChange, whyNot } from "./changes.ts";
import { useAws } from "./sandbox.ts";
import { openRows, type WindowOptions } from "./window.ts";

function open(changes: ShownChange[] = [shownChange()], options: WindowOptions = {}) {
  const view = openRows({ ...options, changes });
  const roots = async () => (await view.tree.children()).map(({ kind }) => kind);
  const drawn = (one: ShownChange) => view.tree.item(changeRow(one.key)) ?? assert.fail(one.key);
  const explained = (one: ShownChange) => view.tree.explain(changeRow(one.key)) ?? assert.fail(one.key);
  return { ...view, changes, roots, drawn, explained };
}

describe("what was changed on this machine", () => {
  useAws();

  test("stands at the end, and only where there is anything", async () => {
    const changes: ShownChange[] = [];
    const { roots, tree } = open(changes);
    assert.deepEqual(await roots(), ["certificates", "distributions"]);
    const redrawn: unknown[] = [];
    tree.onDidChange((rows) => redrawn.push(rows));
    changes.push(shownChange());
    tree.refreshChanges();
    assert.deepEqual(redrawn, [undefined], "its row is new: all are asked for anew");
    assert.deepEqual(await roots(), ["certificates", "distributions", "changes"]);
    changes.unshift(shownChange({ at: now, state: "here", noUndo: "under-way" }));
    tree.refreshChanges();
    assert.deepEqual(redrawn.slice(1), [[changesRow]], "no other row is drawn anew");
    assert.equal(tree.item(changesRow)?.description, "2 · 1 under way");
    assert.equal(tree.explain(changesRow)?.title, "Changes Made on This Machine");
    changes.length = 0;
    tree.refreshChanges();
    assert.deepEqual(redrawn.slice(2), [undefined]);
    assert.deepEqual(await roots(), ["certificates", "distributions"]);
  });

  test("has a row for each, the latest first, which says what, when, to what and in which account", async () => {
    const { tree, changes, drawn } = open([shownChange({ at: now }), shownChange({ account: "999988887777" })]);
    const rows = await tree.children(changesRow);
    assert.deepEqual(
      rows,
      changes.map(({ key }) => changeRow(key)),
    );
    assert.deepEqual(
      rows.map((row) => tree.parent(row)),
      [changesRow, changesRow],
    );
    const [first, other] = changes;
    assert.ok(first && other);
    const { label, description, spoken } = drawn(first);
    const time = new Date(now).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
    assert.deepEqual([label, description], ["Enable mTLS", `${time} · orders.example.com · 111122223333`]);
    assert.equal(spoken, `Change Enable mTLS, done, ${time}, orders.example.com, 111122223333`);
    assert.match(drawn(other).description, /999988887777$/);
  });

  test("says the day where it is another one, and the year where that is", () => {
    const [lately, long] = [now - 3 * 86_400_000, now - 500 * 86_400_000];
    const { changes, drawn } = open([shownChange({ at: lately }), shownChange({ at: long })]);
    const days = changes.map((one) => drawn(one).description.split(" · ")[0]);
    const day = { day: "numeric", month: "short" } as const;
    const isThisYear = new Date(lately).getFullYear() === new Date().getFullYear();
    assert.deepEqual(days, [
      new Date(lately).toLocaleDateString(undefined, isThisYear ? day : { ...day, year: "numeric" }),
      new Date(long).toLocaleDateString(undefined, { ...day, year: "numeric" }),
    ]);
  });

  test("says first how it stands, where that is seen in 300 pixels, and no two alike", () => {
    const { changes, drawn, outlook } = open([...oneOfEach]);
    const seen = changes.map((one) => {
      const { label, description, icon } = drawn(one);
      const lead = change.item(changeRow(one.key), outlook)?.lead ?? "";
      assert.ok(lead !== "" && description.startsWith(lead), `${description}: ${lead}`);
      assert.ok(widthWith(label, lead, description) <= room(2), `${label} ${description}`);
      assert.ok(label.length > 8, `nothing is left of ${label}`);
      return `${icon?.id} ${description.split(" · ")[0]}`;
    });
    const words = [
      ...["sync~spin under way", "sync under way in another window", "debug-disconnect left by a window that ended"],
      ...["error failed", "warning partly kept", "warning changed since", "circle-slash deleted since"],
      ...["question result not seen", "warning 11 of 12 steps", "discard undone"],
    ];
    for (const word of words) assert.ok(seen.includes(word), `${word} in ${seen.join()}`);
  });

  test("tells in the tooltip all that is known, and whether it can be undone or why not", () => {
    const whole = shownChange({
      undone: now,
      ended: now - 1,
      calls: 3,
      taken: 2,
      parts: ["a", "b"],
      profile: undefined,
    });
    const { explained } = open([whole]);
    const { title, facts } = explained(whole);
    assert.equal(title, "Enable Origin mTLS: E1ORDERS000001");
    assert.deepEqual(facts, [
      ["Sent", new Date(whole.at).toLocaleString()],
      ["Ended", new Date(now - 1).toLocaleString()],
      ["Undone", new Date(now).toLocaleString()],
      ["Account", "111122223333"],
      ["Name", "orders.example.com"],
      ["ID", "E1ORDERS000001"],
      ["Changed", "a, b"],
      ["Steps", "2 of 3"],
    ]);
    const said = new Set<string>();
    const ended = [undefined, ...whyNot].map((noUndo, index) => shownChange({ id: "E2", at: now - index, noUndo }));
    const more = open([...ended, ...oneOfEach]);
    for (const one of ended) {
      const [, undo = "", ...others] = more.explained(one).text;
      assert.match(undo, /^[A-Z].*\.$/);
      assert.deepEqual(others, []);
      said.add(undo);
    }
    assert.equal(said.size, ended.length);
    const ends = new Set(oneOfEach.map((one) => more.explained(one).text[0] ?? ""));
    for (const end of ends) assert.match(end, /^[A-Z\d].*\.$/);
    assert.equal(ends.size, 10);
    assert.equal(more.explained(oneOfEach[0] ?? assert.fail()).text.length, 1, "nothing is said of undoing it yet");
  });

  test("offers what can be done: nothing while another window is at it", () => {
    const [here, elsewhere, left, done] = oneOfEach;
    const { drawn } = open([...oneOfEach]);
    const context = (one: ShownChange | undefined) => drawn(one ?? assert.fail()).context;
    assert.deepEqual([here, elsewhere, left, done].map(context), ["change", "change", "change.left", "change.undo"]);
    const undone = oneOfEach.find((one) => one.undone !== undefined);
    assert.equal(context(undone), "change");
    for (const one of oneOfEach) assert.equal(drawn(one).action?.does, "open", "each has a page");
  });

  test("is filtered by what it is called, and hidden with all others", async () => {
    const { showing, roots, tree, changes, account } = open([
      shownChange({ at: now }),
      shownChange({ name: "shop.example.com", id: "E2", account: "999988887777", parts: ["basket"] }),
    ]);
    await tree.children();
    for (const [filter, found] of [
      ["shop", [1]],
      ["e1orders", [0]],
      ["999988887777", [1]],
      ["basket", [1]],
      ["enable origin", [0, 1]],
      ["enable shop", [1]],
    ] as const) {
      showing.filter = filter;
      assert.deepEqual(
        (await tree.children(changesRow)).map((row) => change.is(row) && row.key),
        found.map((index) => changes[index]?.key),
        filter,
      );
    }
    assert.equal(tree.item(changesRow)?.description, "1 of 2");
    assert.ok((await roots()).includes("changes"));
    for (const list of [certificatesRow(region), distributionsRow]) await account.whole(list);
    showing.filter = "nothing of the kind";
    assert.deepEqual([tree.isEmpty, await roots()], [true, []]);
  });

  test("is there where the account cannot be reached, behind why it cannot", async () => {
    const { tree, roots } = open([shownChange()], { profile: "nowhere" });
    assert.deepEqual(await roots(), ["failure", "changes"]);
    assert.equal((await tree.children(changesRow)).length, 1);
    assert.ok(failure.is((await tree.children())[0]));
    const without = open([], { profile: "nowhere" });
    assert.deepEqual(await without.roots(), ["failure"]);
  });

  test("is there for who has no credentials any more, with what to do", async () => {
    const { roots, tree, account } = open([shownChange()], {
      aws: {
        ...(await import("./window.ts")).aws,
        connection: async () => ({
          connect: async () => ({ failure: "signed-out", message: "There are no credentials." }),
          dispose: () => {},
        }),
      },
    });
    assert.deepEqual(await roots(), ["failure", "changes"]);
    assert.equal(tree.item((await tree.children())[0] ?? assert.fail())?.action?.does, "mend");
    assert.equal(account.failure?.failure, "signed-out");
  });

  test("is there while the next profile connects, and not before anything was asked", async () => {
    let enter: ((code: string) => void) | undefined;
    const { roots, session, tree } = open([shownChange()], {
      profile: "nowhere",
      askMfaCode: () => new Promise((resolve) => (enter = resolve)),
    });
    assert.equal(tree.isEmpty, true);
    await roots();
    await session.use(profiles.guarded);
    assert.deepEqual(await roots(), ["connection", "changes"]);
    (await until("the code is asked for", () => enter))(mfaCode);
    await session.connect();
    assert.deepEqual(await roots(), ["certificates", "distributions", "changes"]);
  });

  test("is no list of the account: nothing is picked, counted or loaded for it", async () => {
    const { tree, account, outlook } = open();
    await tree.children();
    assert.equal(outlook.registry.kindOf(changesRow)?.list, undefined);
    assert.deepEqual(tree.rowOf(changesRow), changesRow);
    assert.deepEqual(tree.rowOf(changeRow(shownChange().key)), changeRow(shownChange().key));
    assert.equal(tree.rowOf(changeRow("another")), undefined);
    assert.equal(tree.item(changeRow("another")), undefined);
    assert.equal(await account.whole(distributionsRow), undefined);
  });
});
