// What the rows show between two sessions.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { profiles } from "../sandbox/client.ts";
import { mfaCode } from "../sandbox/world.ts";
import { until } from "../until.ts";
import { useAws } from "./sandbox.ts";
import { openRows } from "./window.ts";

describe("while the next profile connects", () => {
  useAws();

  function openSlowly() {
    let enter: ((code: string) => void) | undefined;
    const window = openRows({
      profile: "nowhere",
      askMfaCode: () => new Promise((resolve) => (enter = resolve)),
    });
    const asked = () => until("the code is asked for", () => enter);
    const { tree } = window;
    const labels = async () => (await tree.children()).map((row) => tree.item(row)?.label);
    let drawn = 0;
    tree.onDidChange(() => drawn++);
    return { ...window, labels, enter: async (code: string) => (await asked())(code), drawn: () => drawn };
  }

  test("the failure of the one before is gone at once, and its name is said", async () => {
    const { session, labels, enter, drawn } = openSlowly();
    assert.equal((await labels()).length, 1);
    assert.doesNotMatch(String(await labels()), /Connecting/);
    await session.use(profiles.guarded);
    assert.deepEqual(await labels(), [`Connecting to AWS as ${profiles.guarded}…`]);
    assert.deepEqual(await labels(), [`Connecting to AWS as ${profiles.guarded}…`]);
    const before = drawn();
    await enter(mfaCode);
    await until("the rows are drawn again", () => drawn() > before);
    assert.doesNotMatch(String(await labels()), /Connecting/);
    assert.ok((await labels()).length > 1);
  });

  test("so are the rows of its account", async () => {
    const { session, labels } = openSlowly();
    await session.use(profiles.sandbox);
    await session.connect();
    assert.ok((await labels()).length > 1);
    await session.use(profiles.guarded);
    assert.deepEqual(await labels(), [`Connecting to AWS as ${profiles.guarded}…`]);
  });

  test("another one that is chosen meanwhile takes its place", async () => {
    const { session, labels, drawn } = openSlowly();
    await labels();
    await session.use(profiles.guarded);
    await labels();
    const before = drawn();
    await session.use(profiles.sandbox);
    await session.connect();
    await until("the rows are drawn again", () => drawn() > before);
    assert.ok((await labels()).length > 1);
  });
});
