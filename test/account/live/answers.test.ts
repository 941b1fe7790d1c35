// What AWS answers to a change, and what somebody else does meanwhile.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { certificates, distributions } from "../../sandbox/world.ts";
import { block, enabling, useSandbox } from "./distributions.ts";
import { untrueIn } from "./review/truth.ts";

const behind = useSandbox();

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
    test(`${name}: it is shown, and mine is asked about again on top of it`, async () => {
      await behind.aws.sandbox.fault(fault);
      const { ui, live } = enabling();
      ui.decide("apply");
      await live.change("enable", undefined);
      assert.equal(ui.reviews.length, 2);
      assert.equal(ui.reviews[0]?.plan.meanwhile, undefined);
      assert.match(
        ui.reviews[1]?.plan.meanwhile?.text ?? "",
        /^Another update changed E1SINGLE000008 after your change was planned\. Your change was not applied\. [^]*Your change is planned again on the new version\. The changes of the other update are kept\.$/,
      );
      assert.match(ui.reviews[1]?.plan.sentence ?? "", /CloudFront will present the client certificate/);
      assert.match(ui.messages, /is deployed/);
      assert.equal(await behind.puts(), 2);
      assert.ok((await behind.xmlOf(distributions.single)).includes(block(certificates.spare)));
    });
  }

  test("what they changed stays", async () => {
    const before = await behind.xmlOf(distributions.single);
    await behind.aws.sandbox.fault({
      kind: "change-behind",
      times: 1,
      find: "<HttpVersion>http2</HttpVersion>",
      replace: "<HttpVersion>http2and3</HttpVersion>",
    });
    const { ui, live } = enabling();
    ui.decide("apply");
    await live.change("enable", undefined);
    const theirs = before.replace("<HttpVersion>http2</HttpVersion>", "<HttpVersion>http2and3</HttpVersion>");
    assert.notEqual(theirs, before, "the sandbox has no such member");
    assert.equal((await behind.xmlOf(distributions.single)).replace(block(certificates.spare), ""), theirs);
    assert.deepEqual(ui.reviews[1]?.plan.meanwhile?.changes, {
      members: [{ path: "HttpVersion", before: '"http2"', after: '"http2and3"', note: undefined }],
      left: 0,
    });
    assert.doesNotMatch(JSON.stringify(ui.reviews[1]?.plan.changes), /HttpVersion/, "it is not mine");
    assert.match(ui.reviews[0]?.before ?? "", /"http2"/);
    for (const side of ["before", "after"] as const) assert.match(ui.reviews[1]?.[side] ?? "", /"http2and3"/, side);
  });

  test("without a yes nothing more is sent", async () => {
    await behind.aws.sandbox.fault({ kind: "change-behind" });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.equal(await behind.puts(), 1);
    assert.ok(!(await behind.xmlOf(distributions.single)).includes("OriginMtlsConfig"));
    assert.match(
      ui.reviews[1]?.plan.meanwhile?.text ?? "",
      /Another update changed E1SINGLE000008 [^.]+\. Your change was not applied\./,
    );
    assert.equal(ui.reviews.length, 2);
  });

  test("again and again: each is asked about", async () => {
    await behind.aws.sandbox.fault({ kind: "change-behind", times: 3 });
    const { ui, live } = enabling();
    ui.decide("apply", "apply", "apply");
    await live.change("enable", undefined);
    assert.equal(await behind.puts(), 4);
    assert.equal(ui.reviews.length, 4);
    assert.equal(ui.reviews.filter(({ plan }) => plan.meanwhile !== undefined).length, 3);
    assert.match(ui.messages, /is deployed/);
  });

  test("an origin that is gone is said to be", async () => {
    await behind.aws.sandbox.fault({
      kind: "change-behind",
      times: 1,
      find: "<Id>catalog</Id>",
      replace: "<Id>catalogue</Id>",
    });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.match(ui.messages, /no longer has these origins: catalog\./);
    assert.match(ui.messages, /Another update changed E1SINGLE000008 after your change was planned/);
    assert.equal(ui.reviews.length, 1);
    assert.deepEqual(untrueIn(ui.opened[0]?.page ?? assert.fail("There is no page"), "nothing"), []);
    assert.equal(await behind.puts(), 1);
  });
});

describe("refused by AWS", () => {
  test("AWS's own words, and beside them what we see of the certificate; then it can be tried again", async () => {
    await behind.aws.sandbox.fault({
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
      /AWS returned \(InvalidArgument, 400\): “The parameter ClientCertificateArn is not valid\. \[now\]”/,
    );
    assert.match(
      refusal?.message ?? "",
      /Diagnosis by mTLS Workbench: No problems were found in the certificate [0-9a-f-]+ and its chain\. Nothing was changed\./,
    );
    assert.equal(refusal?.severity, "error");
    assert.match(ui.messages, /is deployed/);
    assert.equal(await behind.puts(), 2);
  });

  test("the certificate went meanwhile: AWS's words do not say it, ours do", async () => {
    const { ui, live } = enabling();
    const review = ui.review.bind(ui);
    ui.review = (shown) =>
      void behind.aws.sandbox.changeCertificate(certificates.spare).then(
        () => review(shown),
        (error: unknown) => assert.fail(String(error)),
      );
    await live.change("enable", undefined);
    assert.match(
      ui.messages,
      /Diagnosis by mTLS Workbench: Certificate [0-9a-f-]+: The certificate does not exist in ACM\./,
    );
    assert.match(ui.messages, /AWS returned \(\w+, \d+\)/);
  });

  test("denied names the action, and gives the policy", async () => {
    await behind.aws.sandbox.fault({ kind: "deny", operation: "UpdateDistribution" });
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

  test("an expired session says so; after another sign-in the same plan goes on", async () => {
    await behind.aws.sandbox.fault({ kind: "expired-token", operation: "UpdateDistribution", times: 1 });
    const { ui, live } = enabling();
    ui.answer(/expired/, "Try Again");
    ui.decide("apply");
    await live.change("enable", undefined);
    assert.match(ui.messages, /expired/);
    assert.match(ui.messages, /is deployed/);
  });

  test("throttled more often than the SDK tries", async () => {
    await behind.aws.sandbox.fault({ kind: "throttle", operation: "UpdateDistribution", times: 20 });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.match(ui.messages, /CloudFront is throttling requests/);
    assert.match(ui.messages, /Nothing was changed/);
  });

  test("a config that cannot be had", async () => {
    await behind.aws.sandbox.fault({
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
    test(`AWS took it (dropped: ${when}): found out, and waited for`, async () => {
      await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when });
      const { ui, live, undos } = enabling();
      await live.change("enable", undefined);
      assert.match(
        ui.messages,
        /CloudFront did not respond to the change, but applied it: E1SINGLE000008 has the configuration that was sent/,
      );
      assert.match(ui.messages, /is deployed/);
      assert.equal(await behind.puts(), 1);
      assert.equal(undos().length, 1);
    });
  }

  test("AWS did not take it: found out, and can be tried again", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1, when: "before" });
    const { ui, live } = enabling();
    ui.answer(/still has the previous configuration/, "Try Again");
    ui.decide("apply");
    await live.change("enable", undefined);
    assert.match(
      ui.messages,
      /CloudFront did not respond to the change\. CloudFront still has the previous configuration/,
    );
    assert.doesNotMatch(ui.messages, /unknown whether/);
    assert.match(ui.messages, /is deployed/);
    assert.equal(await behind.puts(), 2);
  });

  test("and nothing can be read: nobody claims to know", async () => {
    await behind.aws.sandbox.fault({ kind: "drop", operation: "UpdateDistribution", when: "after", times: 1 });
    await behind.aws.sandbox.fault({ kind: "deny", operation: "GetDistributionConfig", after: 2, times: 1 });
    const { ui, live } = enabling();
    ui.answer(/It is unknown whether/, "Check Again");
    await live.change("enable", undefined);
    assert.match(ui.messages, /It is unknown whether E1SINGLE000008 was changed/);
    assert.match(ui.messages, /CloudFront did not respond to the change, but applied it/);
    assert.match(ui.messages, /is deployed/);
  });
});

describe("read back", () => {
  test("what the service did not keep is said, exactly", async () => {
    await behind.aws.sandbox.fault({ kind: "drop-member", member: "OriginMtlsConfig", times: 1 });
    const { ui, live } = enabling();
    ui.answer(/did not keep/, "Show Differences");
    await live.change("enable", undefined);
    const lost = ui.said.find(({ message }) => message.includes("did not keep"));
    assert.match(
      lost?.message ?? "",
      /AWS accepted the change and deployed E1SINGLE000008, but did not keep everything that was sent: Origins › catalog › CustomOriginConfig › OriginMtlsConfig: removed .*\./,
    );
    assert.equal(lost?.severity, "error");
    assert.match(ui.comparisons[0]?.left ?? "", /OriginMtlsConfig/);
    assert.doesNotMatch(ui.comparisons[0]?.right ?? "", /OriginMtlsConfig/);
    assert.doesNotMatch(ui.messages, /Next: configure the origin to require it/);
  });

  test("what the service adds is nothing lost", async () => {
    await behind.aws.sandbox.fault({
      kind: "rewrite",
      find: "<ConnectionMode>direct</ConnectionMode>",
      replace: "<ConnectionMode>direct</ConnectionMode><Surprise>yes</Surprise>",
      times: 1,
    });
    const { ui, live } = enabling();
    await live.change("enable", undefined);
    assert.ok((await behind.xmlOf(distributions.single)).includes("<Surprise>"));
    assert.match(ui.messages, /Next: configure the origin to require it/);
  });
});
