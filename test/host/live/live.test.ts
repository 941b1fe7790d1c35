import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { canonicalXml } from "../../../src/core/document/xml-text.ts";
import {
  absentCertificate,
  account as accountId,
  certificates,
  distributions,
  otherAccountDistribution,
  secretHeaderValues,
} from "../../sandbox/world.ts";
import { type Aws, closeSessions, startAws } from "../aws.ts";
import { cleanUp, json, textOnDisk, until, write } from "../editor.ts";
import { closeWindows, openWindow, type Window } from "./live-bench.ts";

const distribution = (id: string) => ({ kind: "distribution", id }) as const;
const block = (arn: string) =>
  `<OriginMtlsConfig><ClientCertificateArn>${arn}</ClientCertificateArn></OriginMtlsConfig>`;

describe("live changes", () => {
  let aws: Aws;
  before(async () => {
    aws = await startAws({ deploySeconds: 0.02 });
  });
  beforeEach(() => aws.reset());
  afterEach(async () => {
    closeWindows();
    closeSessions();
    await setReadOnly(undefined);
    await setOwnerTags(undefined);
    await cleanUp();
  });
  after(() => aws.close());

  const xmlOf = async (id: string) => canonicalXml((await aws.sandbox.distribution(id)).xml);
  const sent = async (operation: string) =>
    (await aws.sandbox.requests()).filter((request) => request.operation === operation).length;
  const puts = () => sent("UpdateDistribution");

  /** Somebody who wants mTLS for the one origin of a distribution, and says yes. */
  function enabling({
    id = distributions.single,
    certificate = certificates.spare,
    ...options
  }: {
    readonly id?: string;
    readonly certificate?: string;
    readonly profile?: string;
  } = {}): Window {
    const window = openWindow(options);
    window.ui.distribution = id;
    window.ui.origins = ["catalog"];
    window.ui.certificates = [certificate];
    window.ui.decide("apply");
    return window;
  }

  describe("applied", () => {
    it("enable: the block and nothing else, deployed and read back", async () => {
      const before = await xmlOf(distributions.single);
      const { ui, live, waits, logged } = enabling();
      await aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
      ui.onProgress = (_, message) => void (message.startsWith("InProgress") && aws.sandbox.deploy());
      await live.change("enable", undefined);
      const after = await xmlOf(distributions.single);
      assert.equal(after.replace(block(certificates.spare), ""), before);
      assert.notEqual(after, before);
      assert.match(
        ui.messages,
        /E1SINGLE000008 is deployed, and CloudFront now has a client certificate for catalog\. Next: let the origin require it/,
      );
      assert.deepEqual(waits(), []);
      assert.equal(await puts(), 1);
      assert.equal((await aws.sandbox.distribution(distributions.single)).status, "Deployed");
      assert.ok(
        ui.progressed.some((text) => /^InProgress for \d+ s\. Cancel stops waiting, not AWS/.test(text)),
        ui.progressed.join(),
      );
      assert.deepEqual(
        logged.filter((line) => line.includes("fault")),
        [],
      );
    });

    it("the request has the ETag of the config that was shown", async () => {
      const { etag } = await aws.sandbox.distribution(distributions.single);
      await enabling().live.change("enable", undefined);
      const [put] = (await aws.sandbox.requests()).filter(({ operation }) => operation === "UpdateDistribution");
      assert.equal(put?.parameters["IfMatch"], etag);
    });

    it("members that nobody here knows stay to the letter, and no finding is made of them", async () => {
      const before = await xmlOf(distributions.newer);
      const { ui, live } = openWindow();
      const origins = [...before.matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(([, id]) => id ?? "");
      assert.ok(origins.length > 0);
      ui.origins = origins.slice(0, 1);
      ui.certificates = [certificates.spare];
      ui.decide("apply");
      await live.change("enable", distribution(distributions.newer));
      const after = await xmlOf(distributions.newer);
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

    it("change and disable, from an origin's row", async () => {
      const { ui, live } = openWindow();
      const [origin = ""] = [...(await xmlOf(distributions.orders)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
        ([, id]) => id,
      );
      const row = { kind: "origin", distribution: distributions.orders, origin } as const;
      const before = await xmlOf(distributions.orders);
      assert.ok(before.includes(block(certificates.orders)));
      ui.certificates = [certificates.spare];
      ui.decide("apply", "apply");
      await live.change("change-certificate", row);
      assert.equal(ui.aimed, origin);
      assert.equal(await xmlOf(distributions.orders), before.replace(certificates.orders, certificates.spare));
      await live.change("disable", row);
      assert.equal(await xmlOf(distributions.orders), before.replace(block(certificates.orders), ""));
      assert.match(ui.messages, /Anyone who can reach the origin can call it now/);
    });

    it("the list knows it at once", async () => {
      const { live, account } = enabling();
      await live.change("enable", undefined);
      await until(
        "the origin with its certificate",
        () =>
          account.current()?.distributions.get(distributions.single)?.origins[0]?.clientCertificate ===
          certificates.spare,
      );
      await until("deployed", () => account.current()?.distributions.get(distributions.single)?.status === "Deployed");
    });
  });

  describe("not applied", () => {
    it("left at any step, nothing is sent", async () => {
      const { ui, live } = openWindow();
      await live.change("enable", undefined);
      ui.distribution = distributions.single;
      await live.change("enable", undefined);
      ui.origins = ["catalog"];
      await live.change("enable", undefined);
      ui.certificates = [certificates.spare];
      await live.change("enable", undefined);
      assert.equal(ui.reviews.length, 1);
      assert.equal(await puts(), 0);
      assert.deepEqual(ui.said, []);
    });

    it("mtls.readOnly refuses before anything is asked, and right before sending", async () => {
      const { ui, live } = enabling();
      await setReadOnly(true);
      await live.change("enable", undefined);
      assert.match(ui.messages, /mtls\.readOnly is on/);
      assert.deepEqual(await aws.sandbox.requests(), []);
      await setReadOnly(undefined);
      const review = ui.review.bind(ui);
      ui.review = async (shown) => {
        await setReadOnly(true);
        return review(shown);
      };
      await live.change("enable", undefined);
      assert.equal(ui.said.length, 2);
      assert.equal(await puts(), 0);
    });

    it("in a workspace that is not trusted nothing is asked of AWS, whatever the command", async () => {
      const original = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
      Object.defineProperty(vscode.workspace, "isTrusted", { value: false, configurable: true });
      try {
        const { ui, live, drafts } = enabling();
        await live.change("enable", undefined);
        await live.change("disable", distribution(distributions.orders));
        for (const work of Object.values(live.commands)) await work(distribution(distributions.single));
        await live.commands["mtls.applyToCloudFront"](drafts.uriOf({ account: accountId, id: distributions.single }));
        assert.equal(ui.said.length, 2 + Object.keys(live.commands).length + 1);
        assert.ok(
          ui.said.every(({ message }) => /in a workspace that you do not trust/.test(message)),
          ui.messages,
        );
        assert.deepEqual(await aws.sandbox.requests(), []);
      } finally {
        if (original !== undefined) Object.defineProperty(vscode.workspace, "isTrusted", original);
      }
    });

    it("what is so already is said to be", async () => {
      const { ui, live } = openWindow();
      ui.origins = ["catalog"];
      await live.change("disable", distribution(distributions.single));
      assert.match(ui.messages, /Nothing to change/);
      assert.equal(await puts(), 0);
    });

    it("a certificate that cannot work is refused with its reasons, and asked for again", async () => {
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
      assert.match(absent ?? "", /no (such )?certificate|not found|has no/i);
      assert.match(unfit ?? "", /clientAuth/);
      assert.match(region ?? "", /us-east-1/);
      assert.match(pending ?? "", /issued|validation/);
      assert.equal(await puts(), 1);
    });

    it("a certificate of another account goes on, and is said not to be looked at", async () => {
      const { ui, live } = enabling({ certificate: certificates.otherAccount });
      ui.otherwise = "cancel";
      await live.change("enable", undefined);
      assert.match(JSON.stringify(ui.reviews[0]?.sections), /another account, and was not looked at/);
    });
  });

  describe("what is shown", () => {
    it("is the whole config with its header values masked, and what the origin must do", async () => {
      const { ui, live } = openWindow();
      const ids = [...(await xmlOf(distributions.headers)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
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
      assert.match(JSON.stringify(review?.sections), /Then let the origin require the certificate/);
      assert.match(ui.messages, /is deployed/);
    });

    it("header values are in no message, no memory and no log, whatever happens", async () => {
      const { ui, live, logged, everythingRemembered, secrets } = openWindow();
      const ids = [...(await xmlOf(distributions.headers)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
        ([, id]) => id ?? "",
      );
      ui.origins = ids;
      ui.certificates = [certificates.spare, certificates.orders];
      ui.decide("apply", "again", "apply", "apply");
      const [value = ""] = secretHeaderValues.filter((secret) => secret.startsWith("orders"));
      await aws.sandbox.fault({ kind: "change-behind", times: 1, find: value, replace: `${value}-rotated` });
      await live.change("enable", distribution(distributions.headers));
      await aws.sandbox.fault({ kind: "drop-member", member: "CustomHeaders", times: 1 });
      await live.change("change-certificate", distribution(distributions.headers));
      assert.ok(ui.reviews.length >= 4, `${ui.reviews.length} reviews: ${ui.messages}`);
      for (const secret of secretHeaderValues)
        for (const place of [
          ui.everything,
          logged.join("\n"),
          everythingRemembered(),
          JSON.stringify([...secrets.kept]),
        ])
          assert.ok(!place.includes(secret), secret);
    });

    it("has the rules' findings at their places, those of before apart from those that come", async () => {
      const { ui, live } = openWindow();
      const ids = [...(await xmlOf(distributions.expired)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
        ([, id]) => id ?? "",
      );
      ui.origins = ids.slice(0, 1);
      ui.certificates = [certificates.expiring];
      ui.decide("cancel");
      await live.change("change-certificate", distribution(distributions.expired));
      const [review] = ui.reviews;
      const found = review?.problems.map(({ rule, at }) => [rule.id, review.after.slice(at.start, at.end)]) ?? [];
      assert.ok(
        found.some(
          ([id, text]) => id === "origin/client-certificate-expiring" && text === `"${certificates.expiring}"`,
        ),
        JSON.stringify(found),
      );
      assert.ok(!found.some(([id]) => id === "origin/client-certificate-expired"));
      assert.deepEqual(
        review?.answers.map(({ answer }) => answer),
        ["apply", "file", "commands", "cancel"],
      );
    });

    it("what was wrong before is shown, and blocks nothing", async () => {
      const { ui, live } = openWindow();
      const ids = [...(await xmlOf(distributions.edge)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(
        ([, id]) => id ?? "",
      );
      ui.origins = ids.slice(0, 1);
      ui.certificates = [certificates.spare];
      ui.decide("cancel");
      const isOn = (await xmlOf(distributions.edge)).includes("OriginMtlsConfig");
      await live.change(isOn ? "change-certificate" : "enable", distribution(distributions.edge));
      const [review] = ui.reviews;
      const section = review?.sections.find(
        ({ title }) => title === (isOn ? "found in it before the change, too" : "errors that the change brings"),
      );
      assert.notEqual(section?.lines.length ?? 0, 0, JSON.stringify(review?.sections));
      assert.equal(
        review?.answers.some(({ answer }) => answer === "apply"),
        isOn,
      );
    });
  });

  describe("the dry run", () => {
    it("writes the inner config, and copies the commands that send it", async () => {
      const { ui, live } = enabling();
      ui.decide();
      const uri = await write("dry run.json", "");
      ui.target = uri;
      const { etag } = await aws.sandbox.distribution(distributions.single);
      const review = ui.review.bind(ui);
      const decisions = ["file", "commands", "cancel"];
      ui.review = async (shown) => {
        await review(shown);
        return shown.answers.find(({ answer }) => answer === decisions[0]) === undefined
          ? undefined
          : (decisions.shift() as never);
      };
      await live.change("enable", undefined);
      const written = JSON.parse(await textOnDisk(uri)) as {
        readonly CallerReference: string;
        readonly Origins: unknown;
      };
      assert.equal(typeof written.CallerReference, "string");
      assert.match(JSON.stringify(written.Origins), new RegExp(certificates.spare));
      const quoted = process.platform === "win32" ? '"file://dry run.json"' : "'file://dry run.json'";
      assert.equal(
        ui.copied[0],
        `aws cloudfront update-distribution --id ${distributions.single} --if-match ${etag} --distribution-config ${quoted}\naws cloudfront wait distribution-deployed --id ${distributions.single}\n`,
      );
      assert.equal(await puts(), 0);
    });
  });

  describe("somebody else's change", () => {
    for (const [name, fault] of [
      ["412 PreconditionFailed", { kind: "change-behind", times: 1 }],
      [
        "400 InvalidIfMatchVersion",
        {
          kind: "error",
          operation: "UpdateDistribution",
          times: 1,
          status: 400,
          code: "InvalidIfMatchVersion",
          message: "The If-Match version is missing or not valid for the resource.",
        },
      ],
    ] as const) {
      it(`${name}: it is shown, and mine is asked about again on top of it`, async () => {
        await aws.sandbox.fault(fault);
        const { ui, live } = enabling();
        ui.decide("again", "apply");
        await live.change("enable", undefined);
        assert.equal(ui.reviews.length, 3);
        assert.match(ui.reviews[1]?.title ?? "", /was changed by somebody else/);
        assert.match(ui.messages, /is deployed/);
        assert.equal(await puts(), 2);
        assert.ok((await xmlOf(distributions.single)).includes(block(certificates.spare)));
      });
    }

    it("what they changed stays", async () => {
      const before = await xmlOf(distributions.single);
      await aws.sandbox.fault({
        kind: "change-behind",
        times: 1,
        find: "<HttpVersion>http2</HttpVersion>",
        replace: "<HttpVersion>http2and3</HttpVersion>",
      });
      const { ui, live } = enabling();
      ui.decide("again", "apply");
      await live.change("enable", undefined);
      const theirs = before.replace("<HttpVersion>http2</HttpVersion>", "<HttpVersion>http2and3</HttpVersion>");
      assert.notEqual(theirs, before, "the sandbox has no such member");
      assert.equal((await xmlOf(distributions.single)).replace(block(certificates.spare), ""), theirs);
      assert.match(JSON.stringify(ui.reviews[1]?.sections), /HttpVersion/);
      assert.match(ui.reviews[1]?.before ?? "", /"http2"/);
      assert.match(ui.reviews[1]?.after ?? "", /"http2and3"/);
    });

    it("without a yes nothing more is sent", async () => {
      await aws.sandbox.fault({ kind: "change-behind" });
      const { ui, live } = enabling();
      await live.change("enable", undefined);
      assert.equal(await puts(), 1);
      assert.ok(!(await xmlOf(distributions.single)).includes("OriginMtlsConfig"));
      assert.match(
        ui.reviews[1]?.question ?? "",
        /This is what somebody else changed meanwhile\. Your change was not applied\./,
      );
    });

    it("again and again: each is asked about", async () => {
      await aws.sandbox.fault({ kind: "change-behind", times: 3 });
      const { ui, live } = enabling();
      ui.decide("again", "apply", "again", "apply", "again", "apply");
      await live.change("enable", undefined);
      assert.equal(await puts(), 4);
      assert.equal(ui.reviews.length, 7);
      assert.match(ui.messages, /is deployed/);
    });

    it("an origin that is gone is said to be", async () => {
      await aws.sandbox.fault({
        kind: "change-behind",
        times: 1,
        find: "<Id>catalog</Id>",
        replace: "<Id>catalogue</Id>",
      });
      const { ui, live } = enabling();
      ui.decide("again");
      await live.change("enable", undefined);
      assert.match(ui.messages, /has no such origin any more: catalog\./);
      assert.equal(await puts(), 1);
    });
  });

  describe("refused by AWS", () => {
    it("AWS's own words, and beside them what we see of the certificate; then it can be tried again", async () => {
      await aws.sandbox.fault({
        kind: "client-certificate-refused",
        times: 1,
        code: "InvalidArgument",
        status: 400,
        message: "The parameter ClientCertificateArn is not valid. [now]",
      });
      const { ui, live } = enabling();
      ui.answer(/InvalidArgument/, "Try Again");
      ui.decide("apply");
      await live.change("enable", undefined);
      const refusal = ui.said.find(({ message }) => message.includes("InvalidArgument"));
      assert.match(
        refusal?.message ?? "",
        /AWS says \(InvalidArgument, 400\): “The parameter ClientCertificateArn is not valid\. \[now\]”/,
      );
      assert.match(
        refusal?.message ?? "",
        /What mTLS Workbench sees itself: nothing is wrong with the certificate [0-9a-f-]+ and its chain\. Nothing was changed\./,
      );
      assert.equal(refusal?.severity, "error");
      assert.match(ui.messages, /is deployed/);
      assert.equal(await puts(), 2);
    });

    it("the certificate went meanwhile: AWS's words do not say it, ours do", async () => {
      const { ui, live } = enabling();
      const review = ui.review.bind(ui);
      ui.review = async (shown) => {
        await aws.sandbox.changeCertificate(certificates.spare);
        return review(shown);
      };
      await live.change("enable", undefined);
      assert.match(
        ui.messages,
        /What mTLS Workbench sees itself: certificate [0-9a-f-]+: ACM has no such certificate\./,
      );
      assert.match(ui.messages, /AWS says \(\w+, \d+\)/);
    });

    it("denied names the action, and gives the policy", async () => {
      await aws.sandbox.fault({ kind: "deny", operation: "UpdateDistribution" });
      const { ui, live } = enabling();
      ui.answer(/cloudfront:UpdateDistribution/, "Copy IAM Policy");
      await live.change("enable", undefined);
      assert.match(ui.copied[0] ?? "", /"cloudfront:UpdateDistribution"/);
      assert.equal(
        ui.said.filter(({ message }) => message.includes("cloudfront:UpdateDistribution")).length,
        2,
        "the question still stands after copying",
      );
    });

    it("an expired session says so; after another sign-in the same plan goes on", async () => {
      await aws.sandbox.fault({ kind: "expired-token", operation: "UpdateDistribution", times: 1 });
      const { ui, live } = enabling();
      ui.answer(/expired/, "Try Again");
      ui.decide("apply");
      await live.change("enable", undefined);
      assert.match(ui.messages, /expired/);
      assert.match(ui.messages, /is deployed/);
    });

    it("throttled more often than the SDK tries", async () => {
      await aws.sandbox.fault({ kind: "throttle", operation: "UpdateDistribution", times: 20 });
      const { ui, live } = enabling();
      await live.change("enable", undefined);
      assert.match(ui.messages, /asked too often/);
      assert.match(ui.messages, /Nothing was changed/);
    });

    it("a config that cannot be had", async () => {
      await aws.sandbox.fault({
        kind: "error",
        operation: "GetDistributionConfig",
        status: 404,
        code: "NoSuchDistribution",
        message: "gone",
        times: 1,
      });
      const { ui, live } = enabling();
      await live.change("enable", undefined);
      assert.match(ui.messages, /does not exist[^]*“gone”/);
      assert.equal(ui.reviews.length, 0);
    });
  });

  describe("no answer to the change", () => {
    for (const when of ["after", "body"] as const) {
      it(`AWS took it (dropped: ${when}): found out, and waited for`, async () => {
        await aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when });
        const { ui, live, undos } = enabling();
        await live.change("enable", undefined);
        assert.match(ui.messages, /No answer came to the change, but CloudFront has it/);
        assert.match(ui.messages, /is deployed/);
        assert.equal(await puts(), 1);
        assert.equal(undos().length, 1);
      });
    }

    it("AWS did not take it: found out, and can be tried again", async () => {
      await aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
      const { ui, live } = enabling();
      ui.answer(/still has the config from before/, "Try Again");
      ui.decide("apply");
      await live.change("enable", undefined);
      assert.match(ui.messages, /No answer came to the change\. CloudFront still has the config from before/);
      assert.doesNotMatch(ui.messages, /not known whether/);
      assert.match(ui.messages, /is deployed/);
      assert.equal(await puts(), 2);
    });

    it("and nothing can be read: nobody claims to know", async () => {
      await aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", when: "after", times: 1 });
      await aws.sandbox.fault({ kind: "deny", operation: "GetDistributionConfig", after: 2, times: 1 });
      const { ui, live } = enabling();
      ui.answer(/It is not known whether/, "Look Again");
      await live.change("enable", undefined);
      assert.match(ui.messages, /It is not known whether E1SINGLE000008 was changed/);
      assert.match(ui.messages, /CloudFront has it/);
      assert.match(ui.messages, /is deployed/);
    });
  });

  describe("read back", () => {
    it("what the service did not keep is said, exactly", async () => {
      await aws.sandbox.fault({ kind: "drop-member", member: "OriginMtlsConfig", times: 1 });
      const { ui, live } = enabling();
      ui.answer(/did not keep/, "Show the Difference");
      await live.change("enable", undefined);
      const lost = ui.said.find(({ message }) => message.includes("did not keep"));
      assert.match(
        lost?.message ?? "",
        /AWS took the change and deployed E1SINGLE000008, but did not keep all that was sent: Origins › catalog › CustomOriginConfig › OriginMtlsConfig: removed .*\./,
      );
      assert.equal(lost?.severity, "error");
      assert.match(ui.comparisons[0]?.left ?? "", /OriginMtlsConfig/);
      assert.doesNotMatch(ui.comparisons[0]?.right ?? "", /OriginMtlsConfig/);
      assert.doesNotMatch(ui.messages, /Next: let the origin require it/);
    });

    it("what the service adds is nothing lost", async () => {
      await aws.sandbox.fault({
        kind: "rewrite",
        find: "<ConnectionMode>direct</ConnectionMode>",
        replace: "<ConnectionMode>direct</ConnectionMode><Surprise>yes</Surprise>",
        times: 1,
      });
      const { ui, live } = enabling();
      await live.change("enable", undefined);
      assert.ok((await xmlOf(distributions.single)).includes("<Surprise>"));
      assert.match(ui.messages, /Next: let the origin require it/);
    });
  });

  describe("owned by a template", () => {
    it("is said before anything is chosen, and stops there", async () => {
      const { ui, live } = openWindow();
      await live.change("enable", distribution(distributions.stack));
      assert.match(
        ui.messages,
        /CloudFormation owns E1STACK0000020 \(tag aws:cloudformation:stack-name=[^)]+\)\. A change made here drifts from the template, and the next deployment takes it back/,
      );
      assert.equal(ui.aimed, undefined);
      assert.equal(ui.asksForOrigins, 0);
      assert.equal(ui.reviews.length, 0);
      assert.equal(await puts(), 0);
    });

    it("the change can be had as text for the template, and nothing is sent", async () => {
      const { ui, live } = openWindow();
      ui.answer(/owns/, "Show the Change for the Template");
      ui.origins = [...(await xmlOf(distributions.stack)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)]
        .map(([, id]) => id ?? "")
        .slice(0, 1);
      ui.certificates = [certificates.spare];
      ui.chosen = ({ items }) => items[0]?.value;
      await live.change("enable", distribution(distributions.stack));
      assert.equal(ui.texts[0]?.language, "yaml");
      assert.match(
        ui.texts[0]?.text ?? "",
        new RegExp(`OriginMtlsConfig:\\n +ClientCertificateArn: ${certificates.spare}`),
      );
      assert.equal(ui.reviews.length, 0);
      assert.equal(await puts(), 0);
    });

    it("or goes on, and is said again where it is applied", async () => {
      const { ui, live } = openWindow();
      ui.answer(/owns/, "Change It in CloudFront Anyway");
      ui.origins = [...(await xmlOf(distributions.stack)).matchAll(/<Origin><Id>([^<]+)<\/Id>/g)]
        .map(([, id]) => id ?? "")
        .slice(0, 1);
      ui.certificates = [certificates.spare];
      await live.change("enable", distribution(distributions.stack));
      assert.match(
        JSON.stringify(ui.reviews[0]?.sections),
        /CloudFormation owns E1STACK0000020 and will take this back/,
      );
    });

    it("by tags of the setting, too", async () => {
      await setOwnerTags({ "managed-by=terraform": "Terraform" });
      const { ui, live } = openWindow();
      await live.change("disable", distribution(distributions.terraform));
      assert.match(ui.messages, /Terraform owns E1TERRAFORM021 \(tag managed-by=terraform\)/);
    });

    it("where tags may not be read, that is said, and stops nothing", async () => {
      await aws.sandbox.fault({ kind: "deny", operation: "ListTagsForResource" });
      const { ui, live } = enabling();
      ui.otherwise = "cancel";
      await live.change("enable", undefined);
      assert.match(
        JSON.stringify(ui.reviews[0]?.sections),
        /Whether a template owns E1SINGLE000008 is not known[^]*cloudfront:ListTagsForResource/,
      );
      assert.match(ui.messages, /is deployed/);
    });
  });

  describe("waiting", () => {
    it("can be stopped: AWS goes on, and that is said", async () => {
      const { ui, live, waits, undos } = enabling();
      ui.onProgress = (stop) => stop();
      await live.change("enable", undefined);
      assert.match(ui.messages, /Waiting was stopped\. AWS has the change and goes on deploying E1SINGLE000008/);
      assert.deepEqual(waits(), []);
      assert.equal(undos().length, 1);
      await until(
        "deployed all the same",
        async () => (await aws.sandbox.distribution(distributions.single)).status === "Deployed",
      );
    });

    it("goes on through what passes", async () => {
      await aws.sandbox.fault({ kind: "drop", operation: "GetDistribution", times: 2, when: "before" });
      const { ui, live } = enabling();
      await live.change("enable", distribution(distributions.single));
      assert.match(ui.messages, /is deployed/);
    });

    it("ends where it may not look any more, and can go on later", async () => {
      const { ui, live, waits } = enabling();
      await aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
      let denied: Promise<void> | undefined;
      ui.onProgress = () => void (denied ??= aws.sandbox.fault({ kind: "deny", operation: "GetDistribution" }));
      await live.change("enable", undefined);
      await denied;
      assert.match(ui.messages, /whether it is deployed cannot be seen now/);
      assert.equal(waits().length, 1);
      ui.onProgress = () => {};
      await aws.sandbox.clearFaults();
      await aws.sandbox.deploy();
      await live.resume();
      assert.match(ui.messages, /is deployed/);
      assert.deepEqual(waits(), []);
    });

    it("another profile is chosen: it ends, nothing is said under the other name, and the next window goes on", async () => {
      const { ui, live, session, waits, ...remembered } = enabling();
      ui.onProgress = () => void session.use("other");
      await live.change("enable", undefined);
      assert.match(
        ui.messages,
        new RegExp(
          `Another profile was chosen\\. AWS has the change and goes on deploying E1SINGLE000008; waiting goes on when you come back to the account ${accountId}`,
        ),
      );
      assert.equal(waits().length, 1);
      assert.ok(!isDone(ui));

      const next = openWindow({ remembered });
      await next.session.connect();
      await until("the end", () => isDone(next.ui));
      assert.deepEqual(next.waits(), []);
    });

    it("what a window left is told by the next one in the same account, and by no other", async () => {
      const first = enabling();
      first.ui.onProgress = () => void first.session.use("other");
      await first.live.change("enable", undefined);
      const others = openWindow({ profile: "other", remembered: first });
      await others.session.connect();
      await others.live.resume();
      assert.deepEqual(others.ui.said, []);
      assert.equal(others.waits().length, 1, "the entry of the other account stays");

      const [one, two] = [openWindow({ remembered: first }), openWindow({ remembered: first })];
      await Promise.all([one.session.connect(), two.session.connect()]);
      await until("one of them", () => isDone(one.ui) || isDone(two.ui));
      await Promise.all([one.live.resume(), two.live.resume()]);
      assert.notEqual(isDone(one.ui), isDone(two.ui), "both told it");
      assert.deepEqual(one.waits(), []);
    });

    it("the next window reads back, too", async () => {
      await aws.sandbox.fault({ kind: "drop-member", member: "OriginMtlsConfig", times: 1 });
      const first = enabling();
      first.ui.onProgress = () => void first.session.use("other");
      await first.live.change("enable", undefined);
      const next = openWindow({ remembered: first });
      await next.session.connect();
      await until("what was lost", () => /did not keep it for catalog/.test(next.ui.messages));
    });

    it("what is older than a day is nobody's business any more", async () => {
      const first = enabling();
      first.ui.onProgress = () => void first.session.use("other");
      await first.live.change("enable", undefined);
      await first.memory.update(
        "mtls.live.waits",
        first.waits().map((wait) => ({ ...wait, at: wait.at - 25 * 60 * 60 * 1000 })),
      );
      const next = openWindow({ remembered: first });
      await next.session.connect();
      await next.live.resume();
      assert.deepEqual(next.waits(), []);
      assert.deepEqual(next.ui.said, []);
    });
  });

  describe("undo", () => {
    it("puts the origin back as it was, through the same preview", async () => {
      const before = await xmlOf(distributions.several);
      const window = openWindow();
      const { ui, live, undos, everythingRemembered } = window;
      ui.origins = [...before.matchAll(/<Origin><Id>([^<]+)<\/Id>/g)].map(([, id]) => id ?? "");
      ui.certificates = [certificates.spare];
      ui.decide("apply", "apply");
      await live.change("enable", distribution(distributions.several));
      assert.notEqual(await xmlOf(distributions.several), before);
      assert.doesNotMatch(everythingRemembered(), /CallerReference|HeaderValue|DefaultCacheBehavior/);
      assert.equal(undos().length, 1);
      await live.commands["mtls.undoLiveChange"]();
      assert.equal(await xmlOf(distributions.several), before);
      assert.equal(ui.reviews.length, 2);
      assert.match(ui.messages, /is deployed as it was before the change/);
      assert.equal(undos().length, 1, "the undo itself can be undone");
    });

    it("from the button of the message", async () => {
      const before = await xmlOf(distributions.single);
      const { ui, live } = enabling();
      ui.answer(/Next: let the origin require it/, "Undo");
      ui.decide("apply");
      await live.change("enable", undefined);
      await until("undone", () => /as it was before/.test(ui.messages));
      assert.equal(await xmlOf(distributions.single), before);
    });

    it("survives the window", async () => {
      const before = await xmlOf(distributions.single);
      const first = enabling();
      await first.live.change("enable", undefined);
      const next = openWindow({ remembered: first });
      next.ui.decide("apply");
      await next.live.commands["mtls.undoLiveChange"]();
      assert.equal(await xmlOf(distributions.single), before);
    });

    it("is refused, and explained, where somebody changed it since", async () => {
      const { ui, live, undos } = enabling();
      await live.change("enable", undefined);
      await aws.sandbox.changeDistribution(distributions.single, {
        find: "<HttpVersion>http2</HttpVersion>",
        replace: "<HttpVersion>http3</HttpVersion>",
      });
      const changed = await xmlOf(distributions.single);
      await live.commands["mtls.undoLiveChange"]();
      assert.match(
        ui.messages,
        /was changed again since \(origin mTLS was enabled for catalog, [^)]+\), so this cannot be undone in one step/,
      );
      assert.deepEqual(ui.said.at(-1)?.answers, ["Disable Origin mTLS…", "Open Config"]);
      assert.equal(await xmlOf(distributions.single), changed);
      assert.deepEqual(undos(), []);
      await live.commands["mtls.undoLiveChange"]();
      assert.match(ui.said.at(-1)?.message ?? "", /no change that could be undone/);
    });

    it("is refused where somebody changes it while the preview is looked at", async () => {
      const { ui, live } = enabling();
      await live.change("enable", undefined);
      ui.decide("apply", "again");
      await aws.sandbox.fault({ kind: "change-behind", times: 1 });
      await live.commands["mtls.undoLiveChange"]();
      assert.match(
        ui.messages,
        /was changed by somebody else meanwhile, so the change cannot be undone in one step any more/,
      );
      assert.ok((await xmlOf(distributions.single)).includes(block(certificates.spare)));
    });

    it("of several changes asks which; of another account's, says whose", async () => {
      const window = enabling();
      const { ui, live } = window;
      await live.change("enable", undefined);
      ui.decide("apply");
      await live.change("disable", { kind: "origin", distribution: distributions.orders, origin: "orders-api" });
      ui.chosen = ({ items }) => items.find(({ label }) => label === distributions.single)?.value;
      await live.commands["mtls.undoLiveChange"]();
      assert.deepEqual(
        ui.choices[0]?.items.map(({ label }) => label),
        [distributions.orders, distributions.single],
      );
      assert.equal(ui.choices[0]?.items[1]?.detail, "origin mTLS was enabled for catalog");

      const others = openWindow({ profile: "other", remembered: window });
      await others.live.commands["mtls.undoLiveChange"]();
      assert.match(
        others.ui.messages,
        /What can be undone is in the account 111122223333[^;]*; the session is in 444455556666/,
      );
    });
  });

  describe("what else is done with a config", () => {
    it("it is saved as the inner config, with a warning where secrets would come under git", async () => {
      const { ui, live } = openWindow();
      await write(".git/HEAD", "ref: refs/heads/main\n");
      ui.target = await write("saved.json", "");
      await live.commands["mtls.saveDistributionConfig"](distribution(distributions.headers));
      assert.match(ui.messages, /is under git, and the config has \d+ values of custom headers/);
      assert.equal(await textOnDisk(ui.target), "");
      ui.answer(/under git/, "Write Anyway");
      ui.answer(/is saved/, "Copy aws Command");
      await live.commands["mtls.saveDistributionConfig"](distribution(distributions.headers));
      const text = await textOnDisk(ui.target);
      for (const secret of secretHeaderValues.slice(1))
        assert.ok(
          text.includes(JSON.stringify(secret).slice(1, -1)) ||
            !(await aws.sandbox.distribution(distributions.headers)).xml.includes(secret),
          secret,
        );
      assert.match(text, /"CallerReference"/);
      assert.match(
        ui.copied[0] ?? "",
        /^aws cloudfront update-distribution --id E1HEADERS00023 --if-match \w+ --distribution-config file:\/\/saved\.json\n/,
      );
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(ui.target, "../.git"), { recursive: true });
    });

    it("without secrets nothing is warned about", async () => {
      const { ui, live } = openWindow();
      await write(".git/HEAD", "ref: refs/heads/main\n");
      ui.target = await write("saved.json", "");
      await live.commands["mtls.saveDistributionConfig"](distribution(distributions.single));
      assert.doesNotMatch(ui.messages, /under git/);
      assert.match(await textOnDisk(ui.target), /"CallerReference"/);
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(ui.target, "../.git"), { recursive: true });
    });

    it("it is compared with a file: layout, order and wrapper aside, secrets masked", async () => {
      const { ui, live } = openWindow();
      ui.target = await write("compared.json", "");
      ui.source = ui.target;
      // The folder of the tests may be below one.
      ui.answer(/under git/, "Write Anyway");
      await live.commands["mtls.saveDistributionConfig"](distribution(distributions.headers));
      const config = JSON.parse(await textOnDisk(ui.target)) as Record<string, unknown>;
      const { Comment: comment, ...others } = config;
      await write("compared.json", json({ ETag: "E1", DistributionConfig: { ...others, Comment: comment } }, "\t"));
      await live.commands["mtls.compareDistributionWithFile"](distribution(distributions.headers));
      assert.match(ui.messages, /says what CloudFront has/);
      assert.equal(ui.comparisons.length, 0);
      await write(
        "compared.json",
        json({ ETag: "E1", DistributionConfig: { ...others, Comment: "mine" } }, "\t").replaceAll(
          secretHeaderValues[0] ?? "",
          "my own secret",
        ),
      );
      await until("the document on disk", async () =>
        (await vscode.workspace.openTextDocument(ui.source ?? vscode.Uri.file("/"))).getText().includes('"mine"'),
      );
      await live.commands["mtls.compareDistributionWithFile"](distribution(distributions.headers));
      const { left = "", right = "" } = ui.comparisons[0] ?? {};
      const changed = right.split("\n").filter((line, index) => line !== left.split("\n")[index]);
      assert.ok(
        changed.some((line) => line.includes('"Comment": "mine"')),
        changed.join("\n"),
      );
      for (const secret of [...secretHeaderValues, "my own secret"]) assert.ok(!ui.everything.includes(secret), secret);
    });

    it("a distribution of another account is not found", async () => {
      const { ui, live } = openWindow();
      await live.commands["mtls.saveDistributionConfig"](distribution(otherAccountDistribution));
      assert.match(ui.messages, /does not exist/);
    });
  });
});

function isDone(ui: { readonly messages: string }): boolean {
  return /Next: let the origin require it/.test(ui.messages);
}

async function setReadOnly(value: boolean | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update("mtls.readOnly", value, vscode.ConfigurationTarget.Global);
}

async function setOwnerTags(value: Readonly<Record<string, string>> | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update("mtls.ownerTags", value, vscode.ConfigurationTarget.Global);
}
