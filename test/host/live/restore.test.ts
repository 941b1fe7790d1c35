// Pages that were open before the window was loaded anew, where their change cannot be planned again.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ReviewRecord } from "../../../src/account/live/records.ts";
import type { ReviewPage } from "../../../src/account/live/review/page.ts";
import { reviewView } from "../../../src/manifest.ts";
import { isToReview } from "../../../src/webview/review/protocol.ts";
import { recordsIn, testFolder } from "../../account/storage.ts";
import { account, distributions } from "../../sandbox/world.ts";
import { until } from "../editor.ts";
import { secretStorage } from "./editor-user.ts";
import { openWindow, useWindows } from "./live-bench.ts";

describe("the page of a change that comes back", () => {
  const aws = useWindows();

  const keptRecord = (errand: unknown): ReviewRecord => ({
    ...{ key: "window 0 1", account, profile: undefined, kind: "distribution" },
    ...{ id: distributions.single, name: distributions.single },
    ...{ deed: "undo", at: Date.now(), errand, change: undefined },
  });

  /** @returns what the page shows, once it says why nothing was sent */
  async function restored(errand: unknown): Promise<ReviewPage> {
    const records = testFolder();
    const record = keptRecord(errand);
    await recordsIn(records).putReview(record);
    const window = openWindow({ remembered: { records, secrets: secretStorage() } });
    const shown: ReviewPage[] = [];
    const panel = vscode.window.createWebviewPanel(reviewView, "", vscode.ViewColumn.One);
    const webview = withMembers(panel.webview, {
      postMessage: (message: unknown) => {
        if (isToReview(message)) shown.push(message.page);
        return panel.webview.postMessage(message);
      },
    });
    try {
      await window.live.restore(withMembers(panel, { webview }), { record: record.key });
      return await until("why nothing was sent", () =>
        shown.find(({ status, messages }) => status === "Nothing was sent." && messages.length > 0),
      );
    } finally {
      panel.dispose();
    }
  }

  it("says that a change can no longer be undone", async () => {
    const { messages, actions } = await restored({ what: "undo", at: 1 });
    assert.deepEqual(
      messages.map(({ text, answers }) => [text, answers]),
      [
        [
          "The change can no longer be undone. It might have been undone in another window, or the resource might have been changed again.",
          ["Try Again", "Select AWS Profile…"],
        ],
      ],
    );
    assert.deepEqual(actions, []);
  });

  it("says why the distribution of a file cannot be read", async () => {
    await aws.sandbox.fault({ kind: "deny", operation: "GetDistribution" });
    const { messages } = await restored({ what: "file", uri: "file:///nowhere.json" });
    assert.match(messages[0]?.text ?? "", /cloudfront:GetDistribution|not authorized|denied/i);
  });

  it("is not planned where it was closed meanwhile", async () => {
    const records = testFolder();
    const record = keptRecord({ what: "intent", kind: "disable", origins: ["catalog"] });
    await recordsIn(records).putReview(record);
    const window = openWindow({ remembered: { records, secrets: secretStorage() } });
    await aws.sandbox.fault({ kind: "slow", ms: 60_000, operation: "GetCallerIdentity" });
    const panel = vscode.window.createWebviewPanel(reviewView, "", vscode.ViewColumn.One);
    await window.live.restore(panel, { record: record.key });
    await until("it signs in", async () => (await aws.sandbox.held()).includes("GetCallerIdentity"));
    panel.dispose();
    await until("it is forgotten", async () => (await recordsIn(records).review(record.key)) === undefined);
    await aws.sandbox.clearFaults();
    await until("it is signed in", () => window.session.state.kind === "connected");
    // Long enough for what waited for it to ask.
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(window.ui.reviews, []);
    const asked = (await aws.sandbox.requests()).map(({ operation }) => operation);
    assert.ok(!asked.includes("GetDistributionConfig"), asked.join());
  });

  it("says that it could not be planned where nothing tells why", async () => {
    const { messages } = await restored({ what: "of a later version" });
    assert.deepEqual(
      messages.map(({ text }) => text),
      ["The change could not be planned again."],
    );
  });
});

/** The editor's own object, but for some members: its methods know no other. */
function withMembers<One extends object>(one: One, members: Partial<One>): One {
  return new Proxy(one, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in members ? members : target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  });
}
