import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { behaviorsOf, isAgainstMtls } from "../../src/account/behaviors.ts";
import { certificatePage, distributionPage } from "../../src/account/console-links.ts";
import type { CertificateGroup } from "../../src/account/judged.ts";
import type { Outlook } from "../../src/account/kind.ts";
import { certificateList, certificatesRow } from "../../src/account/kinds/certificates.ts";
import {
  distributionList,
  distributions as distributionsKind,
  distributionsRow,
  shownOrigins,
} from "../../src/account/kinds/distributions.ts";
import { inGroup } from "../../src/account/kinds/group.ts";
import { kinds } from "../../src/account/kinds.ts";
import { type Asked, filterWords, ResourcesModel } from "../../src/account/model.ts";
import type { AcmCertificate, Inventory, LiveDistribution, LiveOrigin } from "../../src/core/inventory.ts";
import { knownAccount } from "./known-account.ts";

const now = new Date("2026-11-21T12:00:00Z");
const day = 86_400_000;

function arn(id: string, region = "us-east-1"): string {
  return `arn:aws:acm:${region}:123456789012:certificate/${id}`;
}

function certificate(id: string, days: number, more: Partial<AcmCertificate> = {}): AcmCertificate {
  return {
    ...{
      arn: arn(id),
      region: "us-east-1",
      domainName: `${id}.example.com`,
      alternativeNames: [],
      status: "ISSUED",
      type: "IMPORTED",
      keyAlgorithm: "RSA_2048",
    },
    ...{
      extendedKeyUsages: ["TLS_WEB_CLIENT_AUTHENTICATION"],
      notBefore: new Date(now.getTime() - day),
      notAfter: new Date(now.getTime() + days * day + 1),
      inUse: false,
      managedBy: undefined,
      details: undefined,
    },
    ...more,
  };
}

function origin(id: string, clientCertificate?: string, more: Partial<LiveOrigin> = {}): LiveOrigin {
  return {
    id,
    domainName: `${id}.example.com`,
    kind: "custom",
    protocolPolicy: "https-only",
    clientCertificate,
    ...more,
  };
}

function distribution(
  id: string,
  origins: readonly LiveOrigin[],
  more: Partial<LiveDistribution> = {},
): LiveDistribution {
  return {
    ...{
      id,
      arn: `arn:aws:cloudfront::123456789012:distribution/${id}`,
      domainName: `${id.toLowerCase()}.cloudfront.net`,
      aliases: [],
      comment: "",
      enabled: true,
      staging: false,
      status: "Deployed",
      lastModified: undefined,
    },
    ...{
      etag: undefined,
      connectionMode: "direct",
      httpVersion: "http2",
      viewerCertificate: undefined,
      viewerMtls: undefined,
      origins,
      originGroups: [],
      behaviors: [],
    },
    ...more,
  };
}

function inventory(
  certificates: readonly AcmCertificate[],
  distributions: readonly LiveDistribution[],
  absent: readonly string[] = [],
): Inventory {
  const [byArn, byId] = [
    new Map(certificates.map((one) => [one.arn, one])),
    new Map(distributions.map((one) => [one.id, one])),
  ];
  return {
    takenAt: now,
    account: "123456789012",
    partition: "aws",
    certificates: byArn,
    absent: new Set(absent),
    distributions: byId,
  };
}

function model(first: Inventory, asked: Partial<Asked> = {}) {
  let current = first;
  let question: Asked = {
    now,
    warningDays: 30,
    filter: [],
    sorts: new Map(),
    ...asked,
  };
  const all = new ResourcesModel(
    () => current,
    () => question,
  );
  const outlook: Outlook = {
    account: knownAccount({ current: () => current }),
    model: all,
    regions: () => ["us-east-1"],
    registry: kinds,
    extent: () => ({ shown: 0, of: 0 }),
    canUndo: () => false,
    proof: () => undefined,
    underWay: () => undefined,
    changes: () => [],
  };
  return {
    all,
    certificates: (region: string) => certificateList.shown(certificatesRow(region), outlook),
    group: (region: string, group: CertificateGroup) => inGroup({ region, group }, outlook),
    distributions: () => distributionList.shown(distributionsRow, outlook),
    problems: () => distributionsKind.problems?.(outlook).map(({ count }) => count),
    become: (next: Inventory) => (current = next),
    ask: (next: Partial<Asked>) => (question = { ...question, ...next }),
  };
}

const ids = (items: readonly { readonly certificate: AcmCertificate }[]) =>
  items.map(({ certificate: { arn: one } }) => one.split("/")[1]);

describe("what rows say", () => {
  test("certificates are grouped by what they are worth, then by days to expiry", () => {
    const { certificates, group: ofGroup } = model(
      inventory(
        [
          certificate("late", 300),
          certificate("soon", 12),
          certificate("early", 40),
          certificate("gone", -5),
          certificate("key", 100, { keyAlgorithm: "RSA_4096" }),
          certificate("public", 90, { type: "AMAZON_ISSUED", extendedKeyUsages: [] }),
          certificate("longGone", -50),
        ],
        [],
      ),
    );
    const of = (group: "fit" | "expiring" | "doubtful" | "unfit") => ids(ofGroup("us-east-1", group));
    assert.deepEqual([of("fit"), of("expiring"), of("doubtful")], [["early", "late"], ["soon"], ["public"]]);
    // What lasts comes before what is over, and of that the latest first.
    assert.deepEqual(of("unfit"), ["key", "gone", "longGone"]);
    assert.deepEqual(certificates("eu-west-1"), { items: [], of: 0 });
  });

  test("a warning has the days of the setting", () => {
    const { certificates, ask } = model(inventory([certificate("a", 12)], []));
    assert.equal(certificates("us-east-1").items[0]?.group, "expiring");
    ask({ warningDays: 5 });
    assert.equal(certificates("us-east-1").items[0]?.group, "fit");
    // Some milliseconds more than these days, as the rules have it.
    ask({ warningDays: 12 });
    assert.equal(certificates("us-east-1").items[0]?.group, "fit");
  });

  test("what is worked out is worked out once, until something else is known", () => {
    const [one, other] = [certificate("a", 300), certificate("b", 200)];
    const { all, become, certificates, group } = model(inventory([one, other], []));
    const judged = all.judge(one);
    const list = certificates("us-east-1");
    assert.equal(all.judge(one), judged);
    assert.equal(certificates("us-east-1"), list);
    become(inventory([one, { ...other, notAfter: new Date(now.getTime() - day) }], []));
    assert.notEqual(certificates("us-east-1"), list);
    assert.equal(all.judge(one), judged);
    assert.deepEqual(ids(group("us-east-1", "unfit")), ["b"]);
  });

  test("the state of an origin follows its certificate", () => {
    const named = distribution("E1", [origin("o1", arn("a")), origin("o2", arn("b")), origin("o3")]);
    const { all, become, problems } = model(inventory([certificate("a", 300)], [named]));
    const states = () => all.judgeDistribution(named).origins.map(({ state }) => state.state);
    assert.deepEqual(states(), ["on", "unverified", "off"]);
    assert.deepEqual(problems(), [0, 0]);
    become(inventory([certificate("a", 3)], [named], [arn("b")]));
    assert.deepEqual(states(), ["on", "broken", "off"]);
    assert.deepEqual(problems(), [1, 1]);
    become(inventory([certificate("a", -3)], [named], [arn("b")]));
    assert.deepEqual(problems(), [2, 0]);
  });

  test("users are the origins that present a certificate, and the distributions whose viewers see it", () => {
    const { all } = model(
      inventory(
        [],
        [
          distribution("E1", [origin("o1", arn("a"))]),
          distribution("E2", [origin("o1", arn("a")), origin("o2")], { viewerCertificate: arn("v") }),
        ],
      ),
    );
    assert.deepEqual(
      all.users(arn("a")).map((user) => `${user.distribution.id} ${user.origin.id}`),
      ["E1 o1", "E2 o1"],
    );
    assert.deepEqual(
      all.viewers(arn("v")).map(({ id }) => id),
      ["E2"],
    );
    assert.deepEqual([all.users(arn("v")), all.viewers(arn("a"))], [[], []]);
  });

  test("behaviors are an origin's, directly or through a group", () => {
    const behavior = (target: string, more = {}) => ({
      pathPattern: undefined,
      target,
      viewerProtocolPolicy: undefined,
      grpc: false,
      lambdaEvents: [],
      ...more,
    });
    const one = distribution("E1", [origin("o1"), origin("o2")], {
      originGroups: [{ id: "g", members: ["o1", "o2"] }],
      behaviors: [behavior("o1"), behavior("g"), behavior("o2")],
    });
    assert.deepEqual(
      behaviorsOf(origin("o2"), one).map(({ index, group }) => [index, group]),
      [
        [1, "g"],
        [2, undefined],
      ],
    );
    assert.deepEqual(
      [
        behavior("o"),
        behavior("o", { grpc: true }),
        behavior("o", { lambdaEvents: ["viewer-request"] }),
        behavior("o", { lambdaEvents: ["origin-response"] }),
      ].map(isAgainstMtls),
      [false, true, false, true],
    );
  });
});

describe("the filter", () => {
  test("takes words one by one, and what stands in quotes together", () => {
    assert.deepEqual(filterWords('  Orders "Not  Usable" EU '), ["orders", "not usable", "eu"]);
    assert.deepEqual(filterWords('"not us'), ["not us"]);
    assert.deepEqual(filterWords('"" '), []);
  });

  const world = inventory(
    [certificate("orders", 300), certificate("old", -1)],
    [
      distribution("E1", [origin("api", arn("orders")), origin("legacy", arn("old"))], {
        aliases: ["shop.example.com"],
        comment: "Shop",
      }),
      distribution("E2", [origin("www")], { enabled: false, status: "InProgress" }),
      distribution("E3", [origin("api")]),
    ],
  );
  const found = (text: string) => {
    const { all, distributions } = model(world, { filter: filterWords(text) });
    return distributions().items.map(
      (judged) =>
        `${judged.distribution.id}: ${shownOrigins(judged, all)
          .map(({ origin: { id } }) => id)
          .join()}`,
    );
  };

  test("finds distributions by what they are called and by their state, and shows all of their origins", () => {
    assert.deepEqual(found("SHOP"), ["E1: api,legacy"]);
    assert.deepEqual(found("disabled"), ["E2: www"]);
    assert.deepEqual(found("deploying disabled"), ["E2: www"]);
    assert.deepEqual(found("distribution/E3"), ["E3: api"]);
  });

  test("finds origins by their state and certificate, and shows only those", () => {
    assert.deepEqual(found("broken"), ["E1: legacy"]);
    assert.deepEqual(found("shop legacy"), ["E1: legacy"]);
    assert.deepEqual(found('"mtls off"'), ["E2: www", "E3: api"]);
    assert.deepEqual(found(arn("orders")), ["E1: api"]);
    assert.deepEqual(found("shop nothing"), []);
  });

  test("finds certificates", () => {
    const certificates = (text: string) =>
      ids(model(world, { filter: filterWords(text) }).certificates("us-east-1").items);
    assert.deepEqual(
      [certificates("expired"), certificates("orders.example"), certificates("rsa_2048").length],
      [["old"], ["orders"], 2],
    );
    assert.equal(model(world, { filter: ["old"] }).certificates("us-east-1").of, 2);
  });

  test("follows what becomes known of a certificate", () => {
    const { distributions, become } = model(world, { filter: ["broken"] });
    assert.equal(distributions().items.length, 1);
    become({ ...world, certificates: new Map([...world.certificates, [arn("old"), certificate("old", 300)]]) });
    assert.equal(distributions().items.length, 0);
  });
});

test("distributions are ordered as asked", () => {
  const { distributions, ask } = model(
    inventory(
      [certificate("old", -1)],
      [
        distribution("E3", [origin("o")], { aliases: ["b.example.com"], lastModified: new Date(1) }),
        distribution("E1", [origin("o")], { comment: "C", lastModified: new Date(3) }),
        distribution("E2", [origin("o", arn("old"))], { aliases: ["A.example.com"], lastModified: new Date(2) }),
      ],
    ),
  );
  const order = () =>
    distributions()
      .items.map(({ distribution: { id } }) => id)
      .join();
  assert.equal(order(), "E2,E3,E1");
  ask({ sorts: new Map([["distributions", "id"]]) });
  assert.equal(order(), "E1,E2,E3");
  ask({ sorts: new Map([["distributions", "modified"]]) });
  assert.equal(order(), "E1,E2,E3");
  ask({ sorts: new Map([["distributions", "problems"]]) });
  assert.equal(order(), "E2,E3,E1");
});

test("the console of a partition is where AWS has it, and nothing of a name gets out of its place", () => {
  assert.equal(
    certificatePage(arn("a-b", "ap-northeast-1")),
    "https://console.aws.amazon.com/acm/home?region=ap-northeast-1#/certificates/a-b",
  );
  assert.equal(
    certificatePage("arn:aws-cn:acm:cn-north-1:123456789012:certificate/a"),
    "https://console.amazonaws.cn/acm/home?region=cn-north-1#/certificates/a",
  );
  assert.equal(
    certificatePage("arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/a"),
    "https://console.amazonaws-us-gov.com/acm/home?region=us-gov-west-1#/certificates/a",
  );
  assert.equal(certificatePage("arn:aws-iso:acm:us-iso-east-1:123456789012:certificate/a"), undefined);
  assert.equal(distributionPage("aws", "E1"), "https://console.aws.amazon.com/cloudfront/v4/home#/distributions/E1");
  assert.equal(
    distributionPage("aws", "E1", "origins"),
    "https://console.aws.amazon.com/cloudfront/v4/home#/distributions/E1/origins",
  );
  assert.equal(
    distributionPage("aws", "../x?y"),
    "https://console.aws.amazon.com/cloudfront/v4/home#/distributions/..%2Fx%3Fy",
  );
});
