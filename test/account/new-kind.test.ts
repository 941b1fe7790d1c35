// Adding a kind is one file and one line: this is the line, and what comes of it without another one anywhere.
import * as assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { AwsModules } from "../../src/account/aws.ts";
import { choicesFor, listsFor, meantBy } from "../../src/account/choices.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import { failureRow } from "../../src/account/kinds/failure.ts";
import { placeholderRow } from "../../src/account/kinds/placeholder.ts";
import { kinds } from "../../src/account/kinds.ts";
import { actionsOf, iamPolicy } from "../../src/account/policy.ts";
import { registryOf } from "../../src/account/registry.ts";
import { badgeOf, filterCounts } from "../../src/account/status-words.ts";
import type { Failure } from "../../src/core/failure.ts";
import { until } from "../until.ts";
import { album, stampKinds, stampRow, stampsRow } from "./stamps.ts";
import { memento } from "./storage.ts";
import { closeSessions, openRows } from "./window.ts";

const registry = registryOf([...kinds.kinds, ...stampKinds]);

const identity = {
  account: "123456789012",
  arn: "arn:aws:iam::123456789012:user/a",
  partition: "aws",
  region: "us-east-1",
  endpoint: undefined,
};
const unasked: Failure = { failure: "offline", message: "Nobody asks for that here." };
/** An account that has nothing else. */
const aws: AwsModules = {
  connection: async () => ({ connect: async () => ({ profile: undefined, identity }), dispose: () => {} }),
  certificates: async () => ({
    listCertificates: async () => ({ items: [], next: undefined }),
    describeCertificate: async () => unasked,
    getCertificate: async () => unasked,
  }),
  distributions: async () => ({
    listDistributions: async () => ({ items: [], next: undefined }),
    distributionTags: async () => new Map(),
    getDistribution: async () => unasked,
    getDistributionConfig: async () => unasked,
  }),
};

describe("a kind that is one file and one line", () => {
  beforeEach(() => {
    album.asked.length = 0;
    album.stamps = [
      { id: "penny", country: "gb", isTorn: true },
      { id: "basel", country: "ch", isTorn: false },
      { id: "tre", country: "se", isTorn: false },
    ];
  });
  afterEach(closeSessions);

  const opened = async (memory = memento()) => {
    const view = openRows({ aws, registry, memory });
    await view.tree.children();
    for (const list of listsFor(() => true, view.outlook)) await view.account.whole(list);
    const labels = async () =>
      (await view.tree.children(stampsRow)).map((row) => view.tree.item(row)?.label ?? JSON.stringify(row));
    return { ...view, labels };
  };

  test("is listed page by page, with its number and its rows", async () => {
    const { tree, labels, faults } = await opened();
    assert.deepEqual(album.asked, [undefined, "2"]);
    assert.deepEqual(
      (await tree.children()).map((row) => {
        const { label, description, context } = tree.item(row) ?? assert.fail();
        return [label, description, context];
      }),
      [
        ["Certificates in us-east-1", "0", "certificates"],
        ["Distributions", "0", "distributions"],
        ["Stamps", "3", "stamps"],
      ],
    );
    assert.deepEqual(await labels(), ["basel", "penny", "tre"]);
    const [row] = await tree.children(stampsRow);
    assert.deepEqual(row, stampRow("basel"));
    assert.equal(row && tree.parent(row), (await tree.children())[2]);
    assert.equal(tree.item(stampRow("penny"))?.spoken, "Stamp penny, torn, gb");
    assert.equal(tree.item(stampRow("penny"))?.context, "stamp.torn");
    assert.equal(tree.explain(stampRow("penny"))?.text[0], "It sticks.");
    assert.equal(tree.idOf(stampRow("penny")), "stamp penny");
    assert.deepEqual(faults, []);
  });

  test("has a row in the place of none, and is told apart from what is none of it", async () => {
    album.stamps = [];
    const { tree } = await opened();
    const rows = await tree.children(stampsRow);
    assert.deepEqual(rows, [placeholderRow(stampsRow)]);
    assert.equal(tree.item(rows[0] ?? stampsRow)?.description, "No stamps");
    for (const none of [{ kind: "stamp" }, { kind: "stamp", id: 1 }, { kind: "letter" }, "stamp", null, undefined])
      assert.equal(registry.kindOf(none), undefined);
    assert.throws(() => registry.keyOf({ kind: "letter" }));
    assert.throws(() => registryOf([...stampKinds, ...stampKinds]));
  });

  test("is filtered, with all others", async () => {
    const { tree, showing, outlook, labels } = await opened();
    showing.filter = "torn";
    assert.deepEqual(await labels(), ["penny"]);
    assert.equal(tree.item(stampsRow)?.description, "1 of 3");
    assert.equal(filterCounts(outlook), "0 of 0 certificates, 0 of 0 distributions, 1 of 3 stamps");
    showing.filter = "nothing of the kind";
    assert.deepEqual([tree.isEmpty, await tree.children()], [true, []]);
    showing.filter = "";
    assert.equal(tree.isEmpty, false);
  });

  test("is ordered, and that is remembered", async () => {
    const memory = memento();
    const { showing, labels } = await opened(memory);
    await showing.sort("stamps", "country");
    assert.deepEqual(await labels(), ["basel", "penny", "tre"]);
    album.stamps = [
      { id: "a", country: "z", isTorn: false },
      { id: "b", country: "y", isTorn: false },
    ];
    const again = await opened(memory);
    assert.deepEqual(await again.labels(), ["b", "a"]);
    await again.showing.sort("stamps", "no such order");
    assert.equal(again.showing.asked().sorts.get("stamps"), "country");
    assert.deepEqual(memory.get("mtls.sort"), ["certificates expiry", "distributions state", "stamps country"]);
  });

  test("is picked, and meant by its rows", async () => {
    const { outlook } = await opened();
    const [none, also, choices] = choicesFor(({ arn }) => arn !== undefined, outlook);
    assert.deepEqual([none?.choices, also?.choices], [[], []]);
    assert.deepEqual(
      [choices?.heading, choices?.choices.map(({ label, description, row }) => [label, description, row])],
      [
        "stamps",
        [
          ["penny", "gb", stampRow("penny")],
          ["basel", "ch", stampRow("basel")],
          ["tre", "se", stampRow("tre")],
        ],
      ],
    );
    // Nothing of it can be inspected.
    assert.deepEqual(
      choicesFor(({ inspected }) => inspected !== undefined, outlook).map(({ heading }) => heading),
      ["certificates"],
    );
    assert.ok(listsFor(({ id }) => id !== undefined, outlook).includes(stampsRow));
    assert.deepEqual(
      meantBy(stampRow("tre"), ({ arn }) => arn !== undefined, registry),
      stampRow("tre"),
    );
    assert.equal(
      meantBy(stampRow("tre"), ({ inspected }) => inspected !== undefined, registry),
      undefined,
    );
    assert.equal(
      meantBy(failureRow(undefined), () => true, registry),
      undefined,
    );
  });

  test("is copied", async () => {
    const { outlook } = await opened();
    const row = stampRow("penny");
    const kind = registry.kindOf(row);
    assert.deepEqual([kind?.arn?.(row, outlook), kind?.id?.(row)], ["arn:aws:stamps:::stamp/penny", "penny"]);
    assert.equal(kind?.domainName, undefined);
    assert.throws(() => kind?.id?.(distributionsRow), /none of stamp/);
  });

  test("is in the policy, once, and in the badge", async () => {
    const { outlook } = await opened();
    const { Statement } = iamPolicy(actionsOf(registry.kinds), false);
    assert.deepEqual(
      Statement.map(({ Action }) => Action.filter((action) => action.startsWith("stamps:"))),
      [["stamps:GetStamp", "stamps:ListStamps"], ["stamps:LickStamp"]],
    );
    assert.ok(!JSON.stringify(iamPolicy(actionsOf(kinds.kinds), false)).includes("stamps:"));
    assert.deepEqual(badgeOf(outlook), { value: 1, tooltip: "1 stamps are torn" });
  });

  test("is gone to, and drawn anew when it changes", async () => {
    const { tree, account } = await opened();
    assert.deepEqual(tree.rowOf(stampRow("tre")), stampRow("tre"));
    assert.equal(tree.rowOf(stampRow("blue mauritius")), undefined);
    await tree.children();
    const drawn: string[] = [];
    tree.onDidChange((rows) => drawn.push(JSON.stringify(rows)));
    album.stamps = [...album.stamps, { id: "blue mauritius", country: "mu", isTorn: false }];
    await until("it is drawn, and nothing else", async () => {
      // What came before may still have to be told: then all is asked for anew, as an editor does.
      await tree.children();
      await account.reload(stampsRow);
      return drawn.includes(JSON.stringify([stampsRow]));
    });
    assert.deepEqual(tree.rowOf(stampRow("blue mauritius")), stampRow("blue mauritius"));
  });
});
