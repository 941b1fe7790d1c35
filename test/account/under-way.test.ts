// What rows know of changes that are under way.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { distribution, distributionRow } from "../../src/account/kinds/distribution.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import type { Row } from "../../src/account/row.ts";
import { room, widthWith } from "../../src/account/row-width.ts";
import { type Changed, type ChangedHere, ChangesHere, type UnderWay } from "../../src/account/under-way.ts";
import { account, distributions } from "../sandbox/world.ts";
import { shareAws } from "./sandbox.ts";
import { openRows } from "./window.ts";

const of = (id: string, state: UnderWay, more: Partial<Changed> = {}): ChangedHere => ({
  ...{ account, kind: "distribution", id, state },
  ...more,
});

test("changes that are under way are told apart by account, kind and id, and what changed is told once", () => {
  const here = new ChangesHere();
  const told: string[][] = [];
  here.onDidChange((all) => told.push(all.map(({ id }) => id).sort()));
  here.show([of("E1", "sending"), of("E2", "deploying")]);
  assert.deepEqual(told, [["E1", "E2"]]);
  here.show([of("E1", "sending"), of("E2", "deploying")]);
  assert.equal(told.length, 1, "nothing else is to be said");
  here.show([of("E1", "deploying"), of("E2", "deploying")]);
  assert.deepEqual(told.slice(1), [["E1"]]);
  assert.equal(here.of({ account, kind: "distribution", id: "E1" }), "deploying");
  for (const other of [{ account: "2" }, { kind: "gate" }, { id: "E3" }])
    assert.equal(here.of({ account, kind: "distribution", id: "E1", ...other }), undefined);
  here.show([of("E2", "deploying")]);
  assert.deepEqual(told.slice(2), [["E1"]], "what ended is told as well");
  // One is reviewed while the one before it is deployed.
  here.show([of("E2", "asking"), of("E2", "deploying")]);
  assert.equal(here.of(of("E2", "asking")), "asking");
});

describe("the row of a distribution that is being changed", () => {
  shareAws();

  const open = async (undos: ReadonlySet<string> = new Set()) => {
    const here = new ChangesHere();
    const { tree, account: shown, outlook } = openRows({ here, undos });
    await tree.children();
    await shown.whole(distributionsRow);
    await tree.children(distributionsRow);
    const drawn: (readonly Row[] | undefined)[] = [];
    tree.onDidChange((rows) => drawn.push(rows));
    const row = distributionRow(distributions.single);
    const item = () => tree.item(row) ?? assert.fail();
    return { here, tree, outlook, drawn, row, item };
  };

  test("says first how far that is, where it is seen in 300 pixels, and is the only one that is drawn anew", async () => {
    const { here, tree, outlook, drawn, row, item } = await open();
    const before = item();
    for (const [state, text, icon] of [
      ["sending", "sending", "sync~spin"],
      ["deploying", "deploying", "sync~spin"],
      ["reading", "reading back", "sync~spin"],
      ["asking", "answer needed", "warning"],
    ] as const) {
      drawn.length = 0;
      here.show([of(distributions.single, state), of("ENOTSHOWN00001", state)]);
      here.show([of(distributions.single, state), of("ENOTSHOWN00001", state)]);
      assert.deepEqual(drawn, [[row]], state);
      const { label, description, spoken } = item();
      assert.deepEqual([description.split(" · ")[0], item().icon?.id], [text, icon]);
      assert.ok(description.slice(text.length).includes(before.lead), `${description} does not say ${before.lead}`);
      assert.match(spoken, new RegExp(`, ${text}, `));
      const { lead = "" } = distribution.item(row, outlook) ?? {};
      assert.equal(lead, text);
      assert.ok(widthWith(label, lead, description) <= room(2), `${label} ${description}`);
      assert.match(tree.explain(row)?.text[0] ?? "", /Select Show Change to /);
    }
    drawn.length = 0;
    here.show([]);
    assert.deepEqual(drawn, [[row]]);
    assert.deepEqual(item(), before);
    assert.doesNotMatch(tree.explain(row)?.text.join() ?? "", /Show Change/);
  });

  test("leads to its page, and to what it could before", async () => {
    for (const undos of [new Set<string>(), new Set([distributions.single])]) {
      const { here, item } = await open(undos);
      const { context } = item();
      here.show([of(distributions.single, "deploying")]);
      assert.equal(item().context, `${context}.changing`);
      assert.equal(/\.undo\b/.test(context), undos.size > 0);
      assert.ok(distribution.contexts.includes(item().context));
      here.show([of(distributions.single, "deploying", { account: "999988887777" })]);
      assert.equal(item().context, context, "another account's is another matter");
    }
  });

  test("says once that it is deploying", async () => {
    const { here, item, outlook } = await open();
    const known = outlook.account.current()?.distributions.get(distributions.single) ?? assert.fail();
    Object.assign(known, { status: "InProgress" });
    assert.match(item().description, /deploying/);
    here.show([of(distributions.single, "deploying")]);
    assert.equal(item().description.split("deploying").length, 2, item().description);
  });
});
