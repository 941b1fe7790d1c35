// What a change to a distribution comes to, and what is shown before it is sent.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { originRow } from "../../../src/account/kinds/origin.ts";
import { absentCertificate, certificates, distributions, secretHeaderValues } from "../../sandbox/world.ts";
import { block, distribution, enabling, useSandbox } from "./distributions.ts";
import { openWindow, type Window } from "./window.ts";

const behind = useSandbox();

describe("applied", () => {
  test("enable: the block and nothing else, deployed and read back", async () => {
    const before = await behind.xmlOf(distributions.single);
    const { ui, live, waits, logged } = enabling();
    await behind.aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    ui.onProgress = (_, message) => void (message.startsWith("Deploying since ") && behind.aws.sandbox.deploy());
    await live.change("enable", undefined);
    const after = await behind.xmlOf(distributions.single);
    assert.equal(after.replace(block(certificates.spare), ""), before);
    assert.notEqual(after, before);
    assert.match(
      ui.messages,
      /E1SINGLE000008 is deployed, and CloudFront now has a client certificate for catalog\. Next: configure the origin to require it/,
    );
    assert.deepEqual(waits(), []);
    assert.equal(await behind.puts(), 1);
    assert.equal((await behind.aws.sandbox.distribution(distributions.single)).status, "Deployed");
    assert.ok(
      ui.progressed.some((text) => /^Deploying since .+, for \d+ s\. This usually takes a few minutes/.test(text)),
      ui.progressed.join(),
    );
    assert.deepEqual(
      logged.filter((line) => line.includes("fault")),
      [],
    );
  });

  test("a certificate that is meant already is not asked for, unless it cannot be used", async () => {
    const row = originRow(distributions.single, "catalog");
    const before = await behind.xmlOf(distributions.single);
    const first = openWindow();
    first.ui.decide("apply");
    await first.live.change("enable", { ...row, certificate: certificates.spare });
    assert.equal((await behind.xmlOf(distributions.single)).replace(block(certificates.spare), ""), before);
    const second = openWindow();
    second.ui.certificates = [certificates.orders];
    second.ui.decide("apply");
    await second.live.change("change-certificate", { ...row, certificate: certificates.serverOnly });
    assert.match(second.ui.messages, /This certificate cannot be used\. /);
    assert.equal((await behind.xmlOf(distributions.single)).replace(block(certificates.orders), ""), before);
  });

  test("the request has the ETag of the config that was shown", async () => {
    const { etag } = await behind.aws.sandbox.distribution(distributions.single);
    await enabling().live.change("enable", undefined);
    const [put] = (await behind.aws.sandbox.requests()).filter(({ operation }) => operation === "UpdateDistribution");
    assert.equal(put?.parameters["IfMatch"], etag);
  });

  test("members that nobody here knows stay to the letter, and no finding is made of them", async () => {
    const before = await behind.xmlOf(distributions.newer);
    const { ui, live } = openWindow();
    const origins = [...before.matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(([, id]) => id ?? "");
    assert.ok(origins.length > 0);
    ui.origins = origins.slice(0, 1);
    ui.certificates = [certificates.spare];
    ui.decide("apply");
    await live.change("enable", distribution(distributions.newer));
    const after = await behind.xmlOf(distributions.newer);
    assert.equal(
      after.replace(block(certificates.spare), ""),
      before.replace(
        "<OriginProtocolPolicy>match-viewer</OriginProtocolPolicy>",
        "<OriginProtocolPolicy>https-only</OriginProtocolPolicy>",
      ),
    );
    assert.deepEqual(
      ui.reviews[0]?.problems.map(({ rule }) => rule.id).filter((id) => id === "distribution/unknown-member"),
      [],
      ui.messages,
    );
    assert.match(ui.messages, /is deployed/);
  });

  test("change and disable, from an origin's row", async () => {
    const { ui, live } = openWindow();
    const [origin = ""] = [...(await behind.xmlOf(distributions.orders)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id,
    );
    const row = { kind: "origin", distribution: distributions.orders, origin } as const;
    const before = await behind.xmlOf(distributions.orders);
    assert.ok(before.includes(block(certificates.orders)));
    ui.certificates = [certificates.spare];
    ui.decide("apply", "apply");
    await live.change("change-certificate", row);
    assert.equal(ui.aimed, origin);
    assert.equal(await behind.xmlOf(distributions.orders), before.replace(certificates.orders, certificates.spare));
    await live.change("disable", row);
    assert.equal(await behind.xmlOf(distributions.orders), before.replace(block(certificates.orders), ""));
    assert.match(ui.messages, /Any client that can reach the origin can now call it/);
    // Nobody looked at the origin.
    const required = JSON.stringify(ui.reviews.at(-1)?.plan.required);
    assert.match(required, new RegExp(`It is not known whether ${origin} still requests a certificate`));
  });

  test("the review of disabling warns where a probe showed that the origin still asks, as it is configured", async () => {
    const asked: unknown[] = [];
    const at = Date.parse("2026-12-01T00:00:00Z");
    const { ui, live } = openWindow({
      proofs: {
        hasHost: () => true,
        ofAll: (settings) => {
          asked.push(...settings);
          const where = { role: "origin", host: "h.example", port: 443, name: "h.example" } as const;
          return { ...where, verdict: "enforced-tls", at, addresses: [], keys: [], settings: "" };
        },
      },
    });
    const [origin = ""] = [...(await behind.xmlOf(distributions.orders)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id,
    );
    ui.decide("discard");
    await live.change("disable", { kind: "origin", distribution: distributions.orders, origin });
    const [line] = (ui.reviews.at(-1)?.plan.required ?? []).filter(({ tone }) => tone === "warning");
    assert.equal(line?.text, `${origin} still requested a certificate on 2026-12-01`);
    assert.partialDeepStrictEqual(asked[0], { plan: { role: "origin" }, clientCertificate: certificates.orders });
  });
});

describe("not applied", () => {
  test("left at any step, nothing is sent", async () => {
    const { ui, live } = openWindow();
    await live.change("enable", undefined);
    ui.distribution = distributions.single;
    await live.change("enable", undefined);
    ui.origins = ["catalog"];
    await live.change("enable", undefined);
    ui.certificates = [certificates.spare];
    await live.change("enable", undefined);
    assert.equal(ui.reviews.length, 1);
    assert.equal(await behind.puts(), 0);
    assert.deepEqual(ui.said, []);
  });

  test("mtls.readOnly refuses before anything is asked, and right before sending", async () => {
    const { ui, live, settings } = enabling();
    settings.readOnly = true;
    await live.change("enable", undefined);
    assert.match(ui.messages, /mtls\.readOnly is on/);
    assert.deepEqual(await behind.aws.sandbox.requests(), []);
    settings.readOnly = false;
    ui.onReview = () => void (settings.readOnly = true);
    await live.change("enable", undefined);
    assert.equal(ui.said.length, 2);
    assert.equal(await behind.puts(), 0);
  });

  test("what is so already is said to be", async () => {
    const { ui, live } = openWindow();
    ui.origins = ["catalog"];
    await live.change("disable", distribution(distributions.single));
    assert.match(ui.messages, /E1SINGLE000008 already has this configuration/);
    assert.equal(await behind.puts(), 0);
  });

  test("a certificate that cannot work is refused with its reasons, and asked for again", async () => {
    const { ui, live } = enabling();
    ui.certificates = [
      certificates.expired,
      absentCertificate,
      certificates.serverOnly,
      certificates.tokyo,
      certificates.pending,
      certificates.spare,
    ];
    await live.change("enable", undefined);
    const refusals = ui.said.filter(({ message }) => message.startsWith("This certificate cannot be used."));
    assert.equal(refusals.length, 5, ui.messages);
    const [expired, absent, unfit, region, pending] = refusals.map(({ message }) => message);
    assert.match(expired ?? "", /expired/);
    assert.match(absent ?? "", /does not exist in ACM/);
    assert.match(unfit ?? "", /clientAuth/);
    assert.match(region ?? "", /us-east-1/);
    assert.match(pending ?? "", /issued|validation/);
    assert.equal(await behind.puts(), 1);
  });

  test("a certificate of another account goes on, and is said not to be looked at", async () => {
    const { ui, live } = enabling({ certificate: certificates.otherAccount });
    await live.change("enable", undefined);
    assert.deepEqual(
      ui.reviews[0]?.plan.notes.filter(({ text }) => text.includes("certificate")),
      [{ tone: "info", text: "The certificate is in another account and was not checked", detail: undefined }],
    );
    assert.equal(ui.reviews[0]?.blocked, undefined);
  });
});

describe("what is shown", () => {
  test("is the whole config with its header values masked, and what the origin must do", async () => {
    const { ui, live } = openWindow();
    const ids = [...(await behind.xmlOf(distributions.headers)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id ?? "",
    );
    ui.origins = ids.slice(0, 1);
    ui.certificates = [certificates.spare];
    ui.decide("apply");
    const window = { ui, live };
    await window.live.change("enable", distribution(distributions.headers));
    const [review] = ui.reviews;
    assert.match(review?.before ?? "", /"HeaderValue": "••••••"/);
    assert.match(review?.after ?? "", /"HeaderValue": "••••••"/);
    assert.match(review?.after ?? "", new RegExp(certificates.spare));
    assert.match(JSON.stringify(review?.plan.required), /Then configure the origin to require the certificate/);
    assert.match(ui.messages, /is deployed/);
  });

  test("header values are in no message, no memory and no log, whatever happens", async () => {
    const { ui, live, logged, everythingRemembered, secrets } = openWindow();
    const ids = [...(await behind.xmlOf(distributions.headers)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id ?? "",
    );
    ui.origins = ids;
    ui.certificates = [certificates.spare, certificates.orders];
    ui.decide("apply", "apply", "apply");
    const [value = ""] = secretHeaderValues.filter((secret) => secret.startsWith("orders"));
    await behind.aws.sandbox.fault({ kind: "change-behind", times: 1, find: value, replace: `${value}-rotated` });
    await live.change("enable", distribution(distributions.headers));
    await behind.aws.sandbox.fault({ kind: "drop-member", member: "CustomHeaders", times: 1 });
    await live.change("change-certificate", distribution(distributions.headers));
    assert.ok(ui.reviews.length >= 3, `${ui.reviews.length} reviews: ${ui.messages}`);
    for (const secret of secretHeaderValues)
      for (const place of [ui.everything, logged.join("\n"), everythingRemembered(), JSON.stringify([...secrets.kept])])
        assert.ok(!place.includes(secret), secret);
  });

  test("has the rules' findings at their places, those of before apart from those that come", async () => {
    const { ui, live } = openWindow();
    const ids = [...(await behind.xmlOf(distributions.expired)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id ?? "",
    );
    ui.origins = ids.slice(0, 1);
    ui.certificates = [certificates.expiring];
    await live.change("change-certificate", distribution(distributions.expired));
    const review = ui.reviews[0] ?? assert.fail("nothing is shown");
    const found = review.problems.map(({ rule, at }) => [rule.id, review.after.slice(at.start, at.end)]);
    assert.ok(
      found.some(([id, text]) => id === "origin/client-certificate-expiring" && text === `"${certificates.expiring}"`),
      JSON.stringify(found),
    );
    assert.ok(!found.some(([id]) => id === "origin/client-certificate-expired"));
    assert.ok(review.plan.introduced.problems.some(({ rule }) => rule === "origin/client-certificate-expiring"));
    assert.ok(!review.plan.standing.problems.some(({ rule }) => rule === "origin/client-certificate-expiring"));
    assert.deepEqual(
      review.actions.map(({ action, isMain }) => [action, isMain]),
      [
        ["apply", true],
        ["file", false],
        ["commands", false],
        ["change", false],
        ["diff", false],
        ["discard", false],
      ],
    );
    assert.ok(
      review.consequences.includes("The change causes these warnings: origin/client-certificate-expiring."),
      review.consequences.join("\n"),
    );
    assert.equal(review.actions[0]?.isEnabled, false, "a warning that comes with it is confirmed first");
  });

  test("what was wrong before is shown, and blocks nothing", async () => {
    const { ui, live } = openWindow();
    const ids = [...(await behind.xmlOf(distributions.edge)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id ?? "",
    );
    ui.origins = ids.slice(0, 1);
    ui.certificates = [certificates.spare];
    const isOn = (await behind.xmlOf(distributions.edge)).includes("OriginMtlsConfig");
    await live.change(isOn ? "change-certificate" : "enable", distribution(distributions.edge));
    const review = ui.reviews[0] ?? assert.fail("nothing is shown");
    const [standing, introduced] = [review.plan.standing.problems, review.plan.introduced.problems];
    assert.notEqual((isOn ? standing : introduced.filter(({ severity }) => severity === "error")).length, 0);
    assert.equal(review.blocked === undefined, isOn);
    assert.ok(!review.consequences.some((text) => standing.some(({ rule }) => text.includes(rule))));
  });
});

describe("owned by a template", () => {
  /** Somebody who wants mTLS for the first origin of a distribution. */
  async function enablingOneOf(id: string): Promise<Window> {
    const window = openWindow();
    window.ui.origins = [...(await behind.xmlOf(id)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)]
      .map(([, id]) => id ?? "")
      .slice(0, 1);
    window.ui.certificates = [certificates.spare];
    return window;
  }

  test("is said where it is decided, and confirmed before it can be applied", async () => {
    const { ui, live } = await enablingOneOf(distributions.stack);
    await live.change("enable", distribution(distributions.stack));
    const review = ui.reviews[0] ?? assert.fail("nothing is shown");
    const text = review.plan.owner?.text ?? "";
    assert.match(
      text,
      /^CloudFormation manages E1STACK0000020 \(tag aws:cloudformation:stack-name=[^)]+\)\. A change made here causes drift; the next stack update reverts it\.$/,
    );
    assert.ok(review.consequences.includes(text), review.consequences.join("\n"));
    assert.deepEqual(
      review.actions.filter(({ isEnabled }) => !isEnabled).map(({ action }) => action),
      ["apply"],
    );
    assert.deepEqual(ui.said, [], "nothing is asked apart from the page");
    assert.equal(await behind.puts(), 0);
  });

  test("the change can be had as text for the template, and nothing is sent", async () => {
    const { ui, live } = await enablingOneOf(distributions.stack);
    ui.decide("template");
    ui.chosen = ({ items }) => items[0]?.value;
    await live.change("enable", distribution(distributions.stack));
    const change = new RegExp(`OriginMtlsConfig:\\n +ClientCertificateArn: ${certificates.spare}`);
    assert.equal(ui.texts[0]?.language, "yaml");
    assert.match(ui.texts[0]?.text ?? "", change);
    assert.deepEqual(ui.reviews[0]?.plan.owner?.template, { format: "CloudFormation", text: ui.texts[0]?.text });
    assert.equal(ui.reviews.length, 2, "it is still to be decided");
    assert.equal(await behind.puts(), 0);
  });

  test("or it goes on all the same", async () => {
    const { ui, live } = await enablingOneOf(distributions.stack);
    ui.decide("apply");
    await live.change("enable", distribution(distributions.stack));
    assert.match(ui.reviews[0]?.plan.owner?.text ?? "", /CloudFormation manages E1STACK0000020/);
    assert.equal(await behind.puts(), 1);
    assert.match(ui.messages, /E1STACK0000020 is deployed/);
  });

  test("by tags of the setting, too", async () => {
    const { ui, live, settings } = await enablingOneOf(distributions.terraform);
    settings.ownerTags = { "managed-by=terraform": "Terraform" };
    await live.change("enable", distribution(distributions.terraform));
    assert.match(
      ui.reviews[0]?.plan.owner?.text ?? ui.messages,
      /Terraform manages E1TERRAFORM021 \(tag managed-by=terraform\)\. A change made here causes drift; the next deployment reverts it\./,
    );
    assert.equal(ui.reviews[0]?.plan.owner?.template?.format, "Terraform");
    assert.equal(ui.reviews[0]?.actions.find(({ action }) => action === "apply")?.isEnabled, false);
  });

  test("where something else is answered than tags, it is said that nobody knows", async () => {
    await behind.aws.sandbox.fault({ kind: "garbage", operation: "ListTagsForResource" });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.equal(ui.reviews[0]?.plan.owner, undefined);
    assert.match(
      JSON.stringify(ui.reviews[0]?.plan.notes),
      /Could not determine whether a template manages E1SINGLE000008[^]*Unexpected response/,
    );
  });

  test("where tags may not be read, that is said, and stops nothing", async () => {
    await behind.aws.sandbox.fault({ kind: "deny", operation: "ListTagsForResource" });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.equal(ui.reviews[0]?.plan.owner, undefined);
    assert.match(
      JSON.stringify(ui.reviews[0]?.plan.notes),
      /Could not determine whether a template manages E1SINGLE000008[^]*cloudfront:ListTagsForResource/,
    );
    assert.match(ui.messages, /is deployed/);
  });
});
