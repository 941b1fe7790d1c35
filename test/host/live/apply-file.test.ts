import * as assert from "node:assert/strict";
import type { Decision } from "../../../src/account/live/review/live-review.ts";
import { readWireConfig } from "../../../src/core/cloudfront/wire.ts";
import { isXmlFault } from "../../../src/core/document/xml.ts";
import { canonicalXml } from "../../../src/core/document/xml-text.ts";
import { distributions, secretHeaderValues } from "../../sandbox/world.ts";
import { json, write } from "../editor.ts";
import { openWindow, useWindows, type Window } from "./live-bench.ts";

describe("a file that is applied to a distribution", () => {
  const aws = useWindows();

  const xmlOf = async () => canonicalXml((await aws.sandbox.distribution(distributions.headers)).xml);
  const puts = async () =>
    (await aws.sandbox.requests()).filter(({ operation }) => operation === "UpdateDistribution").length;

  /** What `get-distribution-config` says. */
  async function fetched(): Promise<{ readonly ETag: string; readonly DistributionConfig: object }> {
    const { etag, xml } = await aws.sandbox.distribution(distributions.headers);
    const config = readWireConfig(xml);
    assert.ok(!isXmlFault(config));
    return { ETag: etag, DistributionConfig: config.json as object };
  }

  const doubt = "The file was probably made for another distribution.";

  let count = 0;
  async function applied(text: string, decision: Decision = "apply", name = `mine-${count++}.json`): Promise<Window> {
    const window = openWindow();
    window.ui.distribution = distributions.headers;
    window.ui.decide(decision);
    await window.live.commands["mtls.applyToDistribution"](await write(name, text));
    return window;
  }

  it("is what CloudFront has then, secrets and all, without a sign-in or an id before, and can be undone", async () => {
    const before = await xmlOf();
    const mine = json(await fetched()).replace("Custom headers", "Mine");
    const window = await applied(mine.replace(secretHeaderValues[0] ?? "", "••••••"));
    assert.match(window.ui.messages, /E1HEADERS00023 is deployed with the configuration of the file/);
    assert.equal(await xmlOf(), before.replace("Custom headers", "Mine"));
    assert.equal(window.ui.reviews.length, 1);
    assert.match(window.ui.opened[0]?.page.title ?? "", /^Apply File to .*\bE1HEADERS00023\b/);
    const { plan, consequences } = window.ui.reviews[0] ?? assert.fail("nothing is shown");
    assert.match(plan.clients[0]?.text ?? "", /Client certificates are not changed/);
    assert.deepEqual(consequences, []);
    for (const secret of secretHeaderValues) assert.ok(!window.ui.everything.includes(secret));
    window.ui.decide("apply");
    await window.live.commands["mtls.undoLiveChange"]();
    assert.equal(await xmlOf(), before);
  });

  it("says what has changed since it was made, and that it was made for another distribution", async () => {
    const { ETag: etag, DistributionConfig: config } = await fetched();
    const text = json({
      ETag: etag,
      Tags: { Items: [{ Key: "team", Value: "orders" }] },
      DistributionConfig: { ...config, CallerReference: "another", Comment: "Mine" },
    });
    await aws.sandbox.changeDistribution(distributions.headers, {
      find: "<HttpVersion>http2</HttpVersion>",
      replace: "<HttpVersion>http1.1</HttpVersion>",
    });
    const window = await applied(text, "discard");
    const review = window.ui.reviews[0] ?? assert.fail("nothing is shown");
    assert.deepEqual(review.consequences, [doubt]);
    assert.deepEqual(
      review.actions.map(({ action, isEnabled }) => [action, isEnabled]),
      [
        ["apply", false],
        ["file", true],
        ["commands", true],
        ["diff", true],
        ["discard", true],
      ],
      "it is confirmed first",
    );
    assert.match(JSON.stringify(review.plan.notes), /The CallerReference in the file differs/);
    assert.equal(await puts(), 0);
    assert.match(
      JSON.stringify(review.plan.notes),
      new RegExp(`has changed since the file was made.*${etag}.*Not applied: Tags`),
    );
    assert.ok(!review.after.includes('"another"'));
  });

  it("is not applied by default where it names another distribution, in it or by its name", async () => {
    const { ETag: etag, DistributionConfig: config } = await fetched();
    const changed = { ...config, Comment: "Mine" };
    for (const [text, name] of [
      [json({ Id: distributions.single, IfMatch: etag, DistributionConfig: changed }), "input.json"],
      [json(changed), `${distributions.single}.json`],
    ] as const) {
      const { ui } = await applied(text, "discard", name);
      const [review] = ui.reviews;
      assert.deepEqual(review?.consequences, [doubt], name);
      assert.equal(review.actions.find(({ action }) => action === "apply")?.isEnabled, false, name);
      assert.match(JSON.stringify(review.plan.notes), new RegExp(`The file names ${distributions.single}`));
    }
    // What it says itself counts before its name, and a name may say anything.
    for (const [text, name] of [
      [
        json({ Id: distributions.headers, IfMatch: etag, DistributionConfig: changed }),
        `was-${distributions.single}.json`,
      ],
      [json(changed), "PRODUCTION-config.json"],
    ] as const) {
      const { ui } = await applied(text, "discard", name);
      assert.deepEqual(ui.reviews[0]?.consequences, [], name);
      assert.equal(ui.reviews[0].actions.find(({ action }) => action === "apply")?.isEnabled, true, name);
    }
    assert.equal(await puts(), 0);
  });

  it("is refused where it is no whole config, cannot be read, or has what no update takes", async () => {
    const { ETag: etag, DistributionConfig: config } = await fetched();
    for (const [text, message] of [
      [json({ Origins: { Quantity: 0 } }), /Open a whole distribution configuration first/],
      [json({ ...config, ETag: etag }), /members in the wrong place: ETag/],
    ] as const) {
      const window = await applied(text);
      assert.match(window.ui.messages, message);
      assert.deepEqual(window.ui.reviews, []);
    }
    assert.deepEqual(await aws.sandbox.requests(), []);
  });
});
