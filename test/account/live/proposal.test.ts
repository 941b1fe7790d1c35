// What the page says of a plan: by the config before and after alone.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type { OwnedBy, Wish } from "../../../src/account/live/change.ts";
import type { Job, Meanwhile } from "../../../src/account/live/job.ts";
import { planFor } from "../../../src/account/live/plan.ts";
import { aboutOf, pageLine, proposalOf } from "../../../src/account/live/proposal.ts";
import { LiveReview, type Proposal } from "../../../src/account/live/review/live-review.ts";
import type { Target } from "../../../src/account/live/target.ts";
import {
  wishForConfig,
  wishForDraft,
  wishForFile,
  wishForIntent,
  wishForSettings,
} from "../../../src/account/live/targets/distribution/wishes.ts";
import { changedSettings } from "../../../src/core/cloudfront/origin-settings.ts";
import { readWireConfig, type WireConfig } from "../../../src/core/cloudfront/wire.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { isXmlFault } from "../../../src/core/document/xml.ts";
import type { LiveDistribution } from "../../../src/core/inventory.ts";
import { callerOf, distributionCalled } from "./alone.ts";
import { closeGates, GateService, gateTarget, wishFor } from "./gate.ts";

afterEach(closeGates);

const id = "E1ORDERS000001";
const [one, two] = ["1", "2"].map(
  (digit) => `arn:aws:acm:us-east-1:111122223333:certificate/${digit.repeat(8)}-1111-1111-1111-111111111111`,
) as [string, string];

interface ConfigParts {
  /** Of the origin `orders`. */
  readonly certificate?: string;
  readonly policy?: string;
  readonly viewers?: string;
  readonly secret?: string;
  readonly comment?: string;
  /** Alternate domain names. */
  readonly aliases?: number;
}

function xmlWith({
  certificate,
  policy = "https-only",
  viewers = "",
  secret = "s3cret",
  comment = "",
  aliases = 0,
}: ConfigParts): string {
  const mtls =
    certificate === undefined
      ? ""
      : `<OriginMtlsConfig><ClientCertificateArn>${certificate}</ClientCertificateArn></OriginMtlsConfig>`;
  const headers = `<CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>X-Key</HeaderName><HeaderValue>${secret}</HeaderValue></OriginCustomHeader></Items></CustomHeaders>`;
  const custom = `<CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>8443</HTTPSPort><OriginProtocolPolicy>${policy}</OriginProtocolPolicy>${mtls}</CustomOriginConfig>`;
  const origin = `<Origin><Id>orders</Id><DomainName>orders.example.com</DomainName>${headers}${custom}</Origin>`;
  const names = Array.from({ length: aliases }, (_, index) => `<CNAME>a${index}.example.com</CNAME>`).join("");
  const items = aliases === 0 ? "" : `<Items>${names}</Items>`;
  return [
    "<DistributionConfig><CallerReference>once</CallerReference>",
    `<Aliases><Quantity>${aliases}</Quantity>${items}</Aliases>`,
    `<Origins><Quantity>1</Quantity><Items>${origin}</Items></Origins>`,
    "<DefaultCacheBehavior><TargetOriginId>orders</TargetOriginId>",
    "<ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></DefaultCacheBehavior>",
    `<Comment>${comment}</Comment><Enabled>true</Enabled><HttpVersion>http2</HttpVersion>${viewers}`,
    "</DistributionConfig>",
  ].join("");
}

const viewers = (mode: string, store = "ts_1") =>
  `<ViewerMtlsConfig><Mode>${mode}</Mode>${mode === "passthrough" ? "" : `<TrustStoreConfig><TrustStoreId>${store}</TrustStoreId></TrustStoreConfig>`}</ViewerMtlsConfig>`;

function configWith(parts: ConfigParts): WireConfig {
  const config = readWireConfig(xmlWith(parts));
  assert.ok(!isXmlFault(config));
  return config;
}

interface Shown {
  readonly proposal: Proposal;
  readonly job: Job<WireConfig>;
}

interface ShownOptions {
  readonly known?: Partial<LiveDistribution>;
  readonly profile?: string;
  readonly meanwhile?: Meanwhile;
}

async function shown(
  before: ConfigParts,
  wish: Wish<WireConfig>,
  { known, profile, meanwhile }: ShownOptions = {},
): Promise<Shown> {
  const caller = await callerOf(profile);
  const target = distributionCalled(id, known, caller);
  const planned = planFor(wish, { etag: "E1VERSION", config: configWith(before) }, target);
  assert.ok(planned.kind === "plan", planned.kind);
  const job = { target, wish, caller, review: new LiveReview("1", aboutOf({ target, wish, caller })) };
  return { proposal: proposalOf(planned.plan, meanwhile, job, { shell: "zsh", canChange: true }), job };
}

const draft = (before: ConfigParts, after: ConfigParts) =>
  wishForDraft(id, configWith(before).json, configWith(after).json, { notes: [] });
const ofDraft = async (before: ConfigParts, after: ConfigParts) => (await shown(before, draft(before, after))).proposal;
const ofIntent = async (before: ConfigParts, intent: Parameters<typeof wishForIntent>[1], owner?: OwnedBy) =>
  (await shown(before, wishForIntent(id, intent, ["orders"], { notes: [], owner }))).proposal;
const texts = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text);

describe("to what", () => {
  const wish = draft({}, { comment: "mine" });
  const about = async (options: ShownOptions) => (await shown({}, wish, options)).job.review.about;

  test("the resource by name and id, profile, account, who, and where", async () => {
    const { facts, account, kind, name, title } = await about({
      known: { aliases: ["orders.example.com"] },
      profile: "prod",
    });
    assert.deepEqual(
      facts.map((fact) => [fact.name, fact.value]),
      [
        ["Distribution", `orders.example.com (${id})`],
        ["Profile", "prod"],
        ["Account", "111122223333"],
        ["Signed in as", "arn:aws:iam::111122223333:user/me"],
        ["Region", "global (CloudFront)"],
      ],
    );
    assert.deepEqual([account, kind, name], ["111122223333", "distribution", "orders.example.com"]);
    assert.ok(title.includes(id), title);
  });

  test("the name that people gave it comes before the one of the service; without any, the id stands alone", async () => {
    const domainName = "d1.cloudfront.net";
    for (const [known, name] of [
      [{ aliases: ["shop.example.com"], comment: "Shop", domainName }, "shop.example.com"],
      [{ aliases: [], comment: "Shop", domainName }, "Shop"],
      [{ aliases: [], comment: "", domainName }, domainName],
    ] as const)
      assert.equal((await about({ known })).facts[0]?.value, `${name} (${id})`);
    assert.equal((await about({})).facts[0]?.value, id);
    assert.match((await about({})).facts[1]?.value ?? "", /^none: /);
  });

  test("the version that it was planned on; where the service names none, that is said", async () => {
    const { proposal } = await shown({}, wish);
    assert.deepEqual(proposal.plan.version, { name: "Planned on version", value: "E1VERSION" });
    assert.match((await ofGate({ Mode: "pass" })).plan.version.value, /^Gatekeeper names no versions\./);
  });
});

describe("what changes", () => {
  test("each member by its path, before and after", async () => {
    const { plan } = await ofDraft({ comment: "theirs" }, { comment: "mine", certificate: one });
    assert.deepEqual(plan.changes.left, 0);
    assert.deepEqual(
      plan.changes.members.map(({ path, before, after, note }) => [path, before, after, note]),
      [
        [
          "Origins › orders › CustomOriginConfig › OriginMtlsConfig",
          undefined,
          `{"ClientCertificateArn":"${one}"}`,
          undefined,
        ],
        ["Comment", '"theirs"', '"mine"', undefined],
      ],
    );
    assert.match(plan.sentence, /^CloudFront [^.]+ E1ORDERS000001 with the changes of the draft[^.]+\b2 changes\b/);
  });

  test("at most 50 of them, and how many are left", async () => {
    const many: Meanwhile = {
      text: "Another update changed it.",
      differences: Array.from({ length: 53 }, (_, index) => ({ path: ["Origins", index], before: "a", after: "b" })),
    };
    const { proposal } = await shown({}, draft({}, { comment: "mine" }), { meanwhile: many });
    const { meanwhile, changes } = proposal.plan;
    assert.deepEqual([meanwhile?.changes.members.length, meanwhile?.changes.left], [50, 3]);
    assert.match(
      meanwhile?.text ?? "",
      /^Another update changed it\. Your change is planned again on the new version\./,
    );
    assert.deepEqual([changes.members.length, changes.left], [1, 0], "what is mine is apart from it");
  });

  test("a value of a custom header is nowhere, before or after, and that it changes is", async () => {
    const [before, after] = [{ secret: "s3cret-of-before" }, { secret: "s3cret-of-after" }];
    for (const wish of [
      draft(before, after),
      wishForConfig(id, configWith(after).json),
      wishForFile(id, configWith(after).text, { notes: [] }),
    ]) {
      const meanwhile = {
        text: "",
        differences: [
          {
            path: ["Origins", "orders", "CustomHeaders", "X-Key", "HeaderValue"],
            before: "s3cret-a",
            after: "s3cret-b",
          },
        ],
      };
      const { proposal, job } = await shown(before, wish, { meanwhile });
      job.review.propose(proposal, 0);
      const all = JSON.stringify([job.review.page, job.review.comparison]);
      assert.doesNotMatch(all, /s3cret/);
      assert.equal(proposal.plan.changes.members.length, 1);
      assert.match(proposal.plan.changes.members[0]?.note ?? "", /secret, or too long/);
      assert.notEqual(proposal.comparison.before, proposal.comparison.after);
    }
  });

  test("the page is there before the texts of its diff, which may be large, are made", async () => {
    const caller = await callerOf(undefined);
    const target = distributionCalled(id, undefined, caller);
    let made = 0;
    const counting: typeof target = {
      ...target,
      render: (before, after) => {
        made += 1;
        return target.render(before, after);
      },
    };
    const wish = draft({}, { comment: "mine" });
    const planned = planFor(wish, { etag: "E1VERSION", config: configWith({}) }, counting);
    assert.ok(planned.kind === "plan");
    const about = { target: counting, wish, caller };
    const review = new LiveReview("1", aboutOf(about));
    review.propose(proposalOf(planned.plan, undefined, { ...about, review }, { shell: "zsh", canChange: true }), 0);
    JSON.stringify(review.page);
    assert.equal(made, 0);
    const { comparison } = review;
    assert.match(comparison?.after ?? "", /"mine"/);
    assert.doesNotMatch(comparison?.before ?? "", /"mine"/);
    assert.ok((comparison?.problems.length ?? 0) > 0);
    assert.equal(made, 1, "and once for all of them");
  });

  test("nor one of an origin that comes or goes as a whole", async () => {
    const without = {
      ...(configWith({}).json as { readonly [key: string]: Json }),
      Origins: { Quantity: 0, Items: [] },
    };
    const { proposal, job } = await shown({}, wishForConfig(id, without));
    job.review.propose(proposal, 0);
    assert.doesNotMatch(JSON.stringify([job.review.page, job.review.comparison]), /s3cret/);
  });
});

describe("who is cut off, and what is confirmed", () => {
  test("enable: nobody by itself; what the origin must do stands in order, and what it costs", async () => {
    const { plan, consequences, applyLabel } = await ofIntent({}, { kind: "enable", certificate: one });
    assert.match(plan.sentence, /^CloudFront will present the client certificate 11111111-\S+ .*\borders\b/);
    assert.deepEqual(texts(plan.clients), [
      "Presenting a client certificate cuts off no client",
      "Until orders requires a client certificate, everyone who can reach it gets in",
      "Whether orders trusts the issuer of the certificate is not known here",
    ]);
    assert.deepEqual(
      plan.required.map(({ step, text }) => [step, text]),
      [
        ["1", "Update the distribution and wait until it is deployed"],
        ["2", "Then configure the origin to require the certificate"],
        ["3", "Then run Verify Origin to check that other clients are refused"],
      ],
    );
    assert.deepEqual(consequences, []);
    assert.equal(plan.plans.length, 1);
    assert.match(plan.plans[0] ?? "", /^Origin mTLS is available with/);
    assert.equal(applyLabel, `Apply to ${id}`);
  });

  test("enable where the origin was reached by HTTP: that it must support HTTPS is confirmed", async () => {
    const { plan, consequences } = await ofIntent({ policy: "http-only" }, { kind: "enable", certificate: one });
    assert.deepEqual(consequences, ["If orders does not support HTTPS on port 8443, all requests to it fail."]);
    assert.ok(texts(plan.required).includes("The origin must support HTTPS on port 8443"));
  });

  test("another certificate, and none any more: what the origin may do is confirmed", async () => {
    const change = await ofIntent({ certificate: one }, { kind: "change-certificate", certificate: two });
    assert.deepEqual(change.consequences, [
      "If orders does not trust the issuer of the new certificate, it rejects CloudFront.",
    ]);
    assert.equal(change.plan.clients[0]?.tone, "warning");
    assert.deepEqual(change.plan.plans, []);
    assert.match(change.plan.sentence, /^CloudFront will present another client certificate\b.*\borders\b/);
    assert.match(change.plan.sentence, /22222222-/);
    const disable = await ofIntent({ certificate: one }, { kind: "disable" });
    assert.deepEqual(disable.consequences, [
      "If orders still requests a client certificate, CloudFront drops its requests.",
    ]);
    assert.ok(texts(disable.plan.clients).includes("Afterwards, every client that can reach orders gets in"));
    assert.match(disable.plan.sentence, /^CloudFront will no longer present a client certificate to .*\borders\b/);
    assert.deepEqual(
      texts(disable.plan.required),
      [
        "Configure the origin to stop requesting a client certificate",
        "Then update the distribution",
        "It is not known whether orders still requests a certificate",
      ],
      "what only informs is not among what must be done",
    );
  });

  for (const [what, before, after, lines, consequences] of [
    [
      "required comes",
      "",
      viewers("required"),
      /Rejects viewers without a certificate that the trust store accepts/,
      ["Viewers without a certificate that the trust store accepts are cut off."],
    ],
    [
      "optional comes",
      "",
      viewers("optional"),
      /Accepts viewers without a certificate/,
      ["Viewers with a certificate that the trust store does not accept are cut off."],
    ],
    ["passthrough comes", "", viewers("passthrough"), /Rejects no viewers/, []],
    [
      "optional becomes required",
      viewers("optional"),
      viewers("required"),
      /Viewers that the trust store ts_1 accepts get in/,
      ["Viewers without a certificate that the trust store accepts are cut off."],
    ],
    [
      "required becomes optional",
      viewers("required"),
      viewers("optional"),
      /Accepts viewers without a certificate/,
      [],
    ],
    [
      "another trust store",
      viewers("required"),
      viewers("required", "ts_2"),
      /Viewers that the trust store ts_2 accepts get in/,
      ["Viewers whose certificates only the previous trust store accepts are cut off."],
    ],
    [
      "it goes",
      viewers("required"),
      "",
      /Turning off viewer mTLS cuts off no viewer[^]*every viewer gets in without a certificate/,
      [],
    ],
  ] as const) {
    test(`viewers: ${what}`, async () => {
      const { plan, consequences: found } = await ofDraft({ viewers: before }, { viewers: after });
      assert.match(texts(plan.clients).join("\n"), lines);
      assert.deepEqual(
        found.filter((text) => !text.startsWith("The change causes these warnings")),
        consequences,
      );
      assert.equal(
        plan.plans.some((text) => text.startsWith("Viewer mTLS")),
        before === "",
      );
    });
  }

  test("viewers that only passthrough let in are cut off by another mode", async () => {
    const { consequences } = await ofDraft({ viewers: viewers("passthrough") }, { viewers: viewers("required") });
    assert.ok(
      consequences.includes("Viewers without a certificate that the trust store accepts are cut off."),
      consequences.join(),
    );
  });

  test("a draft that changes nothing about certificates says so, and what is not known", async () => {
    const { plan, consequences } = await ofDraft({}, { comment: "mine" });
    assert.deepEqual(texts(plan.clients), [
      "Client certificates are not changed",
      "Whether other settings of this change affect clients is not known here",
    ]);
    assert.deepEqual([plan.required, plan.plans, consequences], [[], [], []]);
  });

  test("undo asks to confirm what is certain, and not what only may be", async () => {
    const back = wishForSettings(id, changedSettings(configWith({ certificate: one }).json, configWith({}).json));
    const { proposal } = await shown({ certificate: one }, back);
    assert.match(
      texts(proposal.plan.clients).join("\n"),
      /still requests a client certificate/,
      "it is said all the same",
    );
    assert.deepEqual(proposal.consequences, []);
    const viewersBack = wishForConfig(id, configWith({ viewers: viewers("required") }).json);
    const certain = (await shown({}, viewersBack)).proposal.consequences;
    assert.ok(certain.includes("Viewers without a certificate that the trust store accepts are cut off."));
  });

  test("what a wish itself has to confirm comes first", async () => {
    const consequences = ["The file was probably made for another distribution."];
    const wish = wishForFile(id, configWith({}).text, { notes: [], consequences });
    const { proposal } = await shown({ certificate: one }, wish);
    assert.deepEqual(proposal.consequences, [
      ...consequences,
      "If orders still requests a client certificate, CloudFront drops its requests.",
    ]);
  });
});

describe("who owns it", () => {
  const text = "CloudFormation manages it.";

  test("is said and confirmed, with the change as text for the template", async () => {
    const template = { format: "CloudFormation", text: "OriginMtlsConfig:", open: async () => {} };
    const { plan, consequences, hasTemplate } = await ofIntent(
      {},
      { kind: "enable", certificate: one },
      { text, template },
    );
    assert.deepEqual(plan.owner, { text, template: { format: "CloudFormation", text: "OriginMtlsConfig:" } });
    assert.deepEqual([consequences, hasTemplate], [[text], true]);
  });

  test("also where the change cannot be said in it", async () => {
    const { plan, consequences, hasTemplate } = await ofIntent({}, { kind: "enable", certificate: one }, { text });
    assert.deepEqual(plan.owner, { text, template: undefined });
    assert.deepEqual([consequences, hasTemplate], [[text], false]);
  });

  test("nobody: nothing is said of it", async () => {
    assert.equal((await ofIntent({}, { kind: "enable", certificate: one })).plan.owner, undefined);
  });
});

describe("what is wrong with it", () => {
  test("findings that it brings are apart from those that stand, each with its page", async () => {
    const bad = configWith({ comment: "x", policy: "http-only", certificate: one });
    const { proposal } = await shown({}, wishForConfig(id, bad.json));
    const [problem] = proposal.plan.introduced.problems;
    assert.equal(problem?.rule, "origin/protocol-policy", JSON.stringify(proposal.plan.introduced));
    assert.match(problem?.url ?? "", /^https:\/\/docs\.aws\.amazon\.com\//);
    assert.notEqual(problem?.message, "");
    assert.ok(!proposal.plan.standing.problems.some(({ rule }) => rule === "origin/protocol-policy"));
    const standing = await shown({ policy: "http-only", certificate: one }, draft({}, { comment: "mine" }));
    assert.ok(standing.proposal.plan.standing.problems.some(({ rule }) => rule === "origin/protocol-policy"));
    assert.equal(standing.proposal.blocked, undefined, "what was wrong before blocks nothing");
  });

  test("an error that it brings blocks it, and there is nothing to copy; the diff shows where", async () => {
    const bad = configWith({ policy: "http-only", certificate: one });
    const { proposal } = await shown({}, wishForConfig(id, bad.json));
    assert.match(proposal.blocked ?? "", /^CloudFront would reject the change, or the change cannot work\./);
    assert.equal(proposal.shell, undefined);
    const found = proposal.comparison.problems.find(({ rule }) => rule.id === "origin/protocol-policy");
    assert.equal(proposal.comparison.after.slice(found?.at.start, found?.at.end), '"http-only"');
  });

  test("warnings that it brings are confirmed, by name", async () => {
    const { blocked, consequences } = await ofGateWith("warning");
    assert.equal(blocked, undefined);
    assert.deepEqual(consequences, ["The change causes these warnings: gate/trust-store."]);
  });
});

async function ofGate(wanted: Parameters<typeof wishFor>[0], rules?: Target<never>["rules"]): Promise<Proposal> {
  const service = new GateService();
  const caller = await callerOf(undefined);
  const target = gateTarget(service, async (answer) => answer);
  if (rules !== undefined) target.rules = rules as typeof target.rules;
  const wish = wishFor(wanted);
  const planned = planFor(wish, { etag: undefined, config: service.config }, target);
  assert.ok(planned.kind === "plan", planned.kind);
  const job = { target, wish, caller, review: new LiveReview("1", aboutOf({ target, wish, caller })) };
  return proposalOf(planned.plan, undefined, job, { shell: undefined, canChange: false });
}

function ofGateWith(severity: "warning" | "error"): Promise<Proposal> {
  const { rules } = gateTarget(new GateService(), async (answer) => answer);
  return ofGate({ Mode: "verify" }, (config, served) =>
    rules(config, served).map((problem) => ({ ...problem, severity })),
  );
}

describe("of a resource of which little is known", () => {
  test("that nothing is known of clients is said, and nothing is asked to be confirmed", async () => {
    const { plan, consequences, steps, applyLabel } = await ofGate({ Mode: "pass" });
    assert.deepEqual(texts(plan.clients), ["Which clients this affects is not known here."]);
    assert.deepEqual([plan.required, plan.plans, plan.owner, consequences], [[], [], undefined, []]);
    assert.deepEqual(steps, ["SetMode: Mode"]);
    assert.equal(applyLabel, "Apply to gate-1");
  });

  test("several calls are several steps; the one that nothing undoes is said and confirmed", async () => {
    const { plan, consequences, steps } = await ofGate({ TrustStore: "clients", Mode: "verify" });
    assert.deepEqual(steps, ["AttachTrustStore: TrustStore", "SetMode: Mode"]);
    const text = "This cannot be undone once step 1 of 2 is applied.";
    assert.deepEqual(plan.notes, [
      { tone: "info", text: "in 2 calls", detail: undefined },
      { tone: "warning", text, detail: "A trust store that is attached stays attached." },
    ]);
    assert.deepEqual(consequences, [text]);
  });

  test("an only call that nothing undoes", async () => {
    const { consequences } = await ofGate({ TrustStore: "clients" });
    assert.deepEqual(consequences, ["This cannot be undone."]);
  });
});

test("an icon says how grave a line is, and is no part of its text", () => {
  for (const [label, tone, step, text] of [
    ["$(warning) careful", "warning", undefined, "careful"],
    ["$(error) no", "error", undefined, "no"],
    ["$(shield) the origin", "warning", undefined, "the origin"],
    ["$(list-ordered) 1. first", "info", "1", "first"],
    ["plain $(warning)", undefined, undefined, "plain $(warning)"],
  ] as const)
    assert.deepEqual(pageLine({ label, detail: "why" }), { tone, ...(step && { step }), text, detail: "why" });
});
