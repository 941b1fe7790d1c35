// What is asked before a change to a distribution: forth, back, and once more.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { back } from "../../../src/account/asking.ts";
import { Caller } from "../../../src/account/live/caller.ts";
import { selectChange } from "../../../src/account/live/targets/distribution/selection.ts";
import { isFailure } from "../../../src/core/failure.ts";
import { certificates, distributions } from "../../sandbox/world.ts";
import { useSandbox } from "./distributions.ts";
import { openWindow } from "./window.ts";

const behind = useSandbox();

async function user() {
  const { ui, session, tools } = openWindow();
  const caller = await Caller.of(session);
  assert.ok(!isFailure(caller), "it is not connected");
  const asked = () =>
    ui.picked.map(({ what, place, canGoBack }) => `${what} ${place.join("/")}${canGoBack ? " ‹" : ""}`);
  return { ui, caller, tools, asked };
}

async function originsOf(id: string): Promise<readonly string[]> {
  return [...(await behind.xmlOf(id)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(([, origin]) => origin ?? "");
}

describe("what is changed is selected", () => {
  test("from the distribution to the certificate, each question with its target and place", async () => {
    const { ui, caller, tools, asked } = await user();
    const [origin = ""] = await originsOf(distributions.orders);
    ui.distribution = distributions.orders;
    ui.origins = [origin];
    ui.certificates = [certificates.spare];
    const selection = await selectChange("enable", undefined, caller, tools);
    assert.equal(selection?.distribution.id, distributions.orders);
    assert.deepEqual(selection?.origins, [origin]);
    assert.deepEqual(selection?.intent, { kind: "enable", certificate: certificates.spare });
    assert.deepEqual(asked(), ["distribution 1/3", "origins 2/3 ‹", "certificate 3/3 ‹"]);
    const titles = ui.picked.map(({ title }) => title);
    const account = caller.identity.account;
    assert.equal(
      titles[0],
      `Enable Origin mTLS: ${caller.profile === undefined ? "" : `profile ${caller.profile}, `}account ${account}`,
    );
    assert.match(
      titles[1] ?? "",
      new RegExp(`^Enable Origin mTLS: orders\\.example\\.com \\(${distributions.orders}\\), (profile|account) `),
    );
    assert.equal(titles[2], titles[1]);
    assert.deepEqual(ui.said, []);
    assert.equal(await behind.puts(), 0);
  });

  test("a long name is cut in the titles, so that the step behind it is seen, and the id is not", async () => {
    const long = `Catalog of ${"everything ".repeat(9)}`.trim();
    await behind.aws.sandbox.changeDistribution(distributions.single, {
      find: "<Comment>Catalog</Comment>",
      replace: `<Comment>${long}</Comment>`,
    });
    const { ui, caller, tools } = await user();
    ui.distribution = distributions.single;
    ui.certificates = [certificates.spare];
    ui.origins = ["catalog"];
    await selectChange("enable", undefined, caller, tools);
    const title = ui.picked.at(-1)?.title ?? "";
    assert.match(
      title,
      new RegExp(`: Catalog of everything [a-z ]*… \\(${distributions.single}\\), (profile|account) `),
    );
    assert.ok(title.length < 90, title);
  });

  test("back through all three, where what was chosen is there again", async () => {
    const { ui, caller, tools, asked } = await user();
    const [first = "", second = ""] = await originsOf(distributions.orders);
    assert.notEqual(second, "");
    ui.distribution = distributions.orders;
    ui.originsInTurn = [[first], back, [second]];
    ui.certificates = [back, certificates.spare];
    const selection = await selectChange("enable", undefined, caller, tools);
    assert.deepEqual(selection?.origins, [second]);
    assert.deepEqual(asked(), [
      "distribution 1/3",
      "origins 2/3 ‹",
      "certificate 3/3 ‹",
      "origins 2/3 ‹",
      "distribution 1/3",
      "origins 2/3 ‹",
      "certificate 3/3 ‹",
    ]);
    assert.deepEqual(
      ui.picked.map(({ chosen }) => chosen),
      [undefined, [], undefined, [first], distributions.orders, [first], undefined],
    );
  });

  test("another distribution has other origins", async () => {
    const { ui, caller, tools } = await user();
    const [first = ""] = await originsOf(distributions.orders);
    const [other = ""] = await originsOf(distributions.several);
    ui.distributions = [distributions.orders, distributions.several];
    ui.originsInTurn = [[first], back, [other]];
    ui.certificates = [certificates.tokyo, back, certificates.spare];
    const selection = await selectChange("enable", undefined, caller, tools);
    assert.equal(selection?.distribution.id, distributions.several);
    assert.deepEqual(selection?.origins, [other]);
    assert.deepEqual(
      ui.picked.map(({ what, chosen }) => [what, chosen]),
      [
        ["distribution", undefined],
        ["origins", []],
        ["certificate", undefined],
        // What could not be used is shown again beside its reason.
        ["certificate", certificates.tokyo],
        ["origins", [first]],
        ["distribution", distributions.orders],
        ["origins", []],
        ["certificate", undefined],
      ],
    );
    assert.match(ui.messages, /^This certificate cannot be used\. .*us-east-1/);
  });

  test("what is known is not asked, and counts as no step", async () => {
    const { ui, caller, tools, asked } = await user();
    const [first = ""] = await originsOf(distributions.orders);
    ui.certificates = [certificates.spare];
    const meant = { id: distributions.orders, origin: first, certificate: undefined };
    const selection = await selectChange("change-certificate", meant, caller, tools);
    assert.deepEqual(selection?.origins, [first]);
    assert.deepEqual(asked(), ["certificate 1/1"]);
    ui.picked.length = 0;
    const all = await selectChange("change-certificate", { ...meant, certificate: certificates.spare }, caller, tools);
    assert.deepEqual(all?.intent, { kind: "change-certificate", certificate: certificates.spare });
    assert.deepEqual(asked(), [], "nothing is left to ask");
    await selectChange("disable", { ...meant, origin: undefined }, caller, tools);
    assert.deepEqual(asked(), ["origins 1/1"]);
  });

  test("a certificate that is meant and cannot work is asked for after all", async () => {
    const { ui, caller, tools, asked } = await user();
    const [first = ""] = await originsOf(distributions.orders);
    ui.certificates = [certificates.spare];
    const meant = { id: distributions.orders, origin: first, certificate: certificates.serverOnly };
    const selection = await selectChange("change-certificate", meant, caller, tools);
    assert.deepEqual(selection?.intent, { kind: "change-certificate", certificate: certificates.spare });
    assert.deepEqual(asked(), ["certificate 1/1"]);
    assert.equal(ui.picked[0]?.chosen, certificates.serverOnly);
  });

  test("the only origin there is is no question, but for a selection that is to be changed", async () => {
    const { ui, caller, tools, asked } = await user();
    ui.distribution = distributions.single;
    ui.origins = ["catalog"];
    ui.certificates = [back, certificates.spare];
    const selection = (await selectChange("enable", undefined, caller, tools)) ?? assert.fail("it was left");
    assert.deepEqual(asked(), [
      "distribution 1/3",
      "certificate 2/2 ‹",
      // The question before that was asked, not the one that was not.
      "distribution 1/2",
      "certificate 2/2 ‹",
    ]);
    ui.picked.length = 0;
    ui.certificates = [certificates.orders];
    const meant = { id: distributions.single, origin: "catalog", certificate: certificates.spare };
    const again = await selectChange("enable", meant, caller, tools, selection);
    assert.deepEqual(
      ui.picked.map(({ what, place, chosen }) => [what, place, chosen]),
      [
        ["distribution", [1, 3], distributions.single],
        ["origins", [2, 3], ["catalog"]],
        ["certificate", [3, 3], certificates.spare],
      ],
    );
    assert.deepEqual(again?.intent, { kind: "enable", certificate: certificates.orders });
  });

  test("left at any of them, or where the config cannot be had, there is no selection", async () => {
    const { ui, caller, tools } = await user();
    const left = () => selectChange("enable", undefined, caller, tools);
    assert.equal(await left(), undefined);
    ui.distribution = distributions.orders;
    assert.equal(await left(), undefined);
    ui.origins = await originsOf(distributions.orders);
    assert.equal(await left(), undefined);
    assert.deepEqual(ui.said, []);
    await behind.aws.sandbox.fault({ kind: "garbage", operation: "GetDistributionConfig", times: 1 });
    ui.certificates = [certificates.spare];
    assert.equal(await left(), undefined);
    assert.match(ui.messages, /Unexpected response/);
    await behind.aws.sandbox.fault({ kind: "garbage", operation: "GetDistributionConfig", times: 1 });
    ui.answer(/Unexpected response/, "Try Again");
    assert.notEqual(await left(), undefined, "tried again, it goes on with the same distribution");
    assert.equal(ui.picked.filter(({ what }) => what === "certificate").length, 2);
  });
});
