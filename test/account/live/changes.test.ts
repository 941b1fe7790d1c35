// What a change to a distribution comes to, and what is shown before it is sent.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { originRow } from "../../../src/account/kinds/origin.ts";
import { absentCertificate, certificates, distributions, secretHeaderValues } from "../../sandbox/world.ts";
import { block, distribution, enabling, useSandbox } from "./distributions.ts";
import { openWindow } from "./window.ts";

const behind = useSandbox();

describe("applied", () => {
  test("enable: the block and nothing else, deployed and read back", async () => {
    const before = await behind.xmlOf(distributions.single);
    const { ui, live, waits, logged } = enabling();
    await behind.aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    ui.onProgress = (_, message) => void (message.startsWith("Deploying") && behind.aws.sandbox.deploy());
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
      ui.progressed.some((text) => /^Deploying, \d+ s\. Cancel stops waiting only; AWS continues/.test(text)),
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
    const review = ui.review.bind(ui);
    ui.review = async (shown) => {
      settings.readOnly = true;
      return review(shown);
    };
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
    ui.otherwise = "cancel";
    await live.change("enable", undefined);
    assert.match(JSON.stringify(ui.reviews[0]?.sections), /The certificate is in another account and was not checked/);
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
    assert.match(JSON.stringify(review?.sections), /Then configure the origin to require the certificate/);
    assert.match(ui.messages, /is deployed/);
  });

  test("header values are in no message, no memory and no log, whatever happens", async () => {
    const { ui, live, logged, everythingRemembered, secrets } = openWindow();
    const ids = [...(await behind.xmlOf(distributions.headers)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id ?? "",
    );
    ui.origins = ids;
    ui.certificates = [certificates.spare, certificates.orders];
    ui.decide("apply", "again", "apply", "apply");
    const [value = ""] = secretHeaderValues.filter((secret) => secret.startsWith("orders"));
    await behind.aws.sandbox.fault({ kind: "change-behind", times: 1, find: value, replace: `${value}-rotated` });
    await live.change("enable", distribution(distributions.headers));
    await behind.aws.sandbox.fault({ kind: "drop-member", member: "CustomHeaders", times: 1 });
    await live.change("change-certificate", distribution(distributions.headers));
    assert.ok(ui.reviews.length >= 4, `${ui.reviews.length} reviews: ${ui.messages}`);
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
    ui.decide("cancel");
    await live.change("change-certificate", distribution(distributions.expired));
    const [review] = ui.reviews;
    const found = review?.problems.map(({ rule, at }) => [rule.id, review.after.slice(at.start, at.end)]) ?? [];
    assert.ok(
      found.some(([id, text]) => id === "origin/client-certificate-expiring" && text === `"${certificates.expiring}"`),
      JSON.stringify(found),
    );
    assert.ok(!found.some(([id]) => id === "origin/client-certificate-expired"));
    assert.deepEqual(
      review?.answers.map(({ answer }) => answer),
      ["apply", "file", "commands", "cancel"],
    );
  });

  test("what was wrong before is shown, and blocks nothing", async () => {
    const { ui, live } = openWindow();
    const ids = [...(await behind.xmlOf(distributions.edge)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id ?? "",
    );
    ui.origins = ids.slice(0, 1);
    ui.certificates = [certificates.spare];
    ui.decide("cancel");
    const isOn = (await behind.xmlOf(distributions.edge)).includes("OriginMtlsConfig");
    await live.change(isOn ? "change-certificate" : "enable", distribution(distributions.edge));
    const [review] = ui.reviews;
    const section = review?.sections.find(
      ({ title }) =>
        title === (isOn ? "problems that already existed before the change" : "errors caused by the change"),
    );
    assert.notEqual(section?.lines.length ?? 0, 0, JSON.stringify(review?.sections));
    assert.equal(
      review?.answers.some(({ answer }) => answer === "apply"),
      isOn,
    );
  });
});

describe("owned by a template", () => {
  /** Somebody who has chosen the first origin, and a certificate for it. */
  const chosen = async () => {
    const window = openWindow();
    window.ui.origins = [...(await behind.xmlOf(distributions.stack)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)]
      .map(([, id]) => id ?? "")
      .slice(0, 1);
    window.ui.certificates = [certificates.spare];
    return window;
  };

  test("is said before the change is shown, and stops there", async () => {
    const { ui, live } = await chosen();
    await live.change("enable", distribution(distributions.stack));
    assert.match(
      ui.messages,
      /CloudFormation manages E1STACK0000020 \(tag aws:cloudformation:stack-name=[^)]+\)\. A change made here causes drift; the next stack update reverts it/,
    );
    assert.equal(ui.reviews.length, 0);
    assert.equal(await behind.puts(), 0);
  });

  test("the change can be had as text for the template, and nothing is sent", async () => {
    const { ui, live } = await chosen();
    ui.answer(/manages/, "Show Template Change");
    ui.chosen = ({ items }) => items[0]?.value;
    await live.change("enable", distribution(distributions.stack));
    assert.equal(ui.texts[0]?.language, "yaml");
    assert.match(
      ui.texts[0]?.text ?? "",
      new RegExp(`OriginMtlsConfig:\\n +ClientCertificateArn: ${certificates.spare}`),
    );
    assert.equal(ui.reviews.length, 0);
    assert.equal(await behind.puts(), 0);
  });

  test("or goes on, and is said again where it is applied", async () => {
    const { ui, live } = await chosen();
    ui.answer(/manages/, "Change in CloudFront Anyway");
    await live.change("enable", distribution(distributions.stack));
    assert.match(
      JSON.stringify(ui.reviews[0]?.sections),
      /CloudFormation manages E1STACK0000020 and will revert this change/,
    );
  });

  test("by tags of the setting, too", async () => {
    const { ui, live, settings } = openWindow();
    settings.ownerTags = { "managed-by=terraform": "Terraform" };
    ui.origins = [...(await behind.xmlOf(distributions.terraform)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
      ([, id]) => id ?? "",
    );
    await live.change("disable", distribution(distributions.terraform));
    assert.match(ui.messages, /Terraform manages E1TERRAFORM021 \(tag managed-by=terraform\)/);
  });

  test("where something else is answered than tags, it is said that nobody knows", async () => {
    await behind.aws.sandbox.fault({ kind: "garbage", operation: "ListTagsForResource" });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.match(
      JSON.stringify(ui.reviews[0]?.sections),
      /Could not determine whether a template manages E1SINGLE000008[^]*Unexpected response/,
    );
  });

  test("where tags may not be read, that is said, and stops nothing", async () => {
    await behind.aws.sandbox.fault({ kind: "deny", operation: "ListTagsForResource" });
    const { ui, live } = enabling();
    ui.otherwise = "cancel";
    await live.change("enable", undefined);
    assert.match(
      JSON.stringify(ui.reviews[0]?.sections),
      /Could not determine whether a template manages E1SINGLE000008[^]*cloudfront:ListTagsForResource/,
    );
    assert.match(ui.messages, /is deployed/);
  });
});
