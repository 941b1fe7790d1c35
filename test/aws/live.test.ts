// Against the sandbox: what is listed, read and changed, and which requests that takes.
import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, beforeEach, describe, type TestContext, test } from "node:test";
import { kinds } from "../../src/account/kinds.ts";
import { actionsOf, iamPolicy, iamPolicyText } from "../../src/account/policy.ts";
import { describeCertificate, getCertificate, listCertificates } from "../../src/aws/certificates.ts";
import { type Connection, connect, dispose } from "../../src/aws/connection.ts";
import {
  distributionTags,
  getDistribution,
  getDistributionConfig,
  listDistributions,
  putDistributionConfig,
} from "../../src/aws/distributions.ts";
import { writeWireConfig } from "../../src/core/cloudfront/wire.ts";
import type { Json } from "../../src/core/document/tree.ts";
import { canonicalXml } from "../../src/core/document/xml-text.ts";
import { type Failure, isFailure } from "../../src/core/failure.ts";
import { type Sandbox, startSandbox } from "../sandbox/client.ts";
import {
  absentCertificate,
  certificates,
  distributionArn,
  distributions,
  otherRegion,
  region,
} from "../sandbox/world.ts";
import { inEnvironment, never } from "./stub.ts";

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox({ deploySeconds: Number.POSITIVE_INFINITY });
});
// Where no test of this file is asked for, nothing has started it.
after(() => sandbox?.close());
beforeEach(() => sandbox.reset());

/** Signed in, with no requests so far. The waits between tries are short. */
async function connected(t: TestContext): Promise<Connection> {
  t.mock.method(Math, "random", () => 0);
  inEnvironment(t, sandbox.env);
  const connection = await connect({ profile: undefined, askMfaCode: () => Promise.reject(), signal: never });
  assert.ok(!isFailure(connection), JSON.stringify(connection));
  t.after(() => dispose(connection));
  await sandbox.clearRequests();
  return connection;
}

/** So many requests have come, and nobody answers them yet. */
async function underWay(count: number): Promise<void> {
  while ((await sandbox.held()).length < count) await new Promise((resolve) => setImmediate(resolve));
}

function good<T>(answer: T | Failure): T {
  assert.ok(!isFailure(answer), JSON.stringify(answer));
  return answer;
}

function failed(answer: unknown): Failure {
  assert.ok(isFailure(answer), JSON.stringify(answer));
  return answer;
}

/** Page by page. */
async function all<T>(
  page: (
    next: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined } | Failure>,
): Promise<T[][]> {
  const pages: T[][] = [];
  for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
    const answer = good(await page(next));
    pages.push([...answer.items]);
    next = answer.next;
  }
  return pages;
}

async function operations(): Promise<string[]> {
  return (await sandbox.requests()).map(({ service, operation }) => `${service}:${operation}`);
}

describe("certificates", () => {
  test("of all key types are listed, fit or not, where they are", async (t) => {
    const connection = await connected(t);
    const [page = [], ...others] = await all((next) => listCertificates(connection, region, next, never));
    assert.deepEqual(others, []);
    const arns = page.map(({ arn }) => arn);
    for (const arn of [
      certificates.orders,
      certificates.p384,
      certificates.rsa4096,
      certificates.nameless,
      certificates.serverOnly,
      certificates.expired,
      certificates.pending,
    ])
      assert.ok(arns.includes(arn), arn);
    const orders = page.find(({ arn }) => arn === certificates.orders);
    assert.ok(
      orders?.notBefore instanceof Date && orders.notAfter instanceof Date && orders.notAfter > orders.notBefore,
    );
    assert.deepEqual(
      { ...orders, notBefore: undefined, notAfter: undefined },
      {
        arn: certificates.orders,
        region,
        domainName: "orders.clients.example.com",
        alternativeNames: ["orders.clients.example.com"],
        status: "ISSUED",
        type: "IMPORTED",
        keyAlgorithm: "EC_prime256v1",
        extendedKeyUsages: ["TLS_WEB_CLIENT_AUTHENTICATION"],
        notBefore: undefined,
        notAfter: undefined,
        inUse: true,
        managedBy: undefined,
        details: undefined,
      },
    );
    const nameless = page.find(({ arn }) => arn === certificates.nameless);
    assert.deepEqual([nameless?.domainName, nameless?.alternativeNames], [undefined, []]);
    const elsewhere = await all((next) => listCertificates(connection, otherRegion, next, never));
    assert.deepEqual(
      elsewhere.flat().map(({ arn }) => arn),
      [certificates.tokyo],
    );
    const requests = await sandbox.requests();
    assert.deepEqual(
      requests.map((request) => request.region),
      [region, otherRegion],
    );
    assert.deepEqual(requests[0]?.parameters["Includes"], {
      keyTypes: ["EC_prime256v1", "EC_secp384r1", "EC_secp521r1", "RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096"],
    });
  });

  test("are described as they are listed, with what the list does not say", async (t) => {
    const connection = await connected(t);
    const [page = []] = await all((next) => listCertificates(connection, region, next, never));
    for (const arn of [
      certificates.orders,
      certificates.nameless,
      certificates.failed,
      certificates.rsa4096,
      certificates.publicSite,
    ]) {
      const { certificate } = good(await describeCertificate(connection, arn, never));
      assert.deepEqual(
        certificate,
        page.find((listed) => listed.arn === arn),
      );
    }
    const { subject, issuer, serial, inUseBy } = good(
      await describeCertificate(connection, certificates.orders, never),
    );
    assert.deepEqual([subject, issuer], ["CN=orders.clients.example.com,O=Example Corp", "Example Corp Issuing CA"]);
    assert.match(serial ?? "", /^[0-9a-f]{2}(:[0-9a-f]{2})+$/);
    assert.ok(inUseBy.includes(distributionArn(distributions.orders)));
    assert.equal(good(await describeCertificate(connection, certificates.failed, never)).failureReason, "CAA_ERROR");
    assert.equal(
      good(await describeCertificate(connection, certificates.tokyo, never)).certificate.region,
      otherRegion,
    );
  });

  test("come as PEM with their chain", async (t) => {
    const { body, chain } = good(await getCertificate(await connected(t), certificates.orders, never));
    assert.match(body, /^-----BEGIN CERTIFICATE-----\n/);
    assert.equal(chain?.match(/BEGIN CERTIFICATE/g)?.length, 2);
  });

  test("that are not there, or are none, are told as that", async (t) => {
    const connection = await connected(t);
    for (const ask of [describeCertificate, getCertificate]) {
      assert.equal(failed(await ask(connection, absentCertificate, never)).failure, "not-found");
      assert.deepEqual(
        [failed(await ask(connection, "arn:aws:iam::111122223333:server-certificate/a", never)).failure],
        ["refused"],
      );
    }
    assert.deepEqual(await operations(), ["acm:DescribeCertificate", "acm:GetCertificate"]);
  });
});

describe("distributions", () => {
  test("are listed with their origins, and the SDK's own reading does not matter", async (t) => {
    const connection = await connected(t);
    const [page = [], ...others] = await all((next) => listDistributions(connection, next, never));
    assert.deepEqual(others, []);
    const ids = page.map(({ id }) => id);
    for (const id of Object.values(distributions)) assert.ok(ids.includes(id), id);
    const orders = page.find(({ id }) => id === distributions.orders);
    assert.deepEqual(
      orders?.origins.map(({ id, clientCertificate }) => [id, clientCertificate]),
      [
        ["orders-api", certificates.orders],
        ["orders", undefined],
      ],
    );
    assert.equal(page.find(({ id }) => id === distributions.hundred)?.origins.length, 100);
    assert.match(
      page.find(({ id }) => id === distributions.japanese)?.comment ?? "",
      /\p{Script=Han}|\p{Script=Katakana}/u,
    );
    assert.deepEqual(await operations(), ["cloudfront:ListDistributions"]);
  });

  test("have a state and tags", async (t) => {
    const connection = await connected(t);
    const { status, etag, arn, comment, domainName, lastModified } = good(
      await getDistribution(connection, distributions.orders, never),
    );
    assert.deepEqual(
      [status, etag, arn, comment],
      [
        "Deployed",
        (await sandbox.distribution(distributions.orders)).etag,
        distributionArn(distributions.orders),
        "Orders",
      ],
    );
    assert.match(domainName, /^[a-z0-9]+\.cloudfront\.net$/);
    assert.ok(lastModified instanceof Date);
    assert.equal(good(await getDistribution(connection, distributions.inProgress, never)).status, "InProgress");
    assert.equal(
      good(await distributionTags(connection, distributionArn(distributions.terraform), never)).get("managed-by"),
      "terraform",
    );
    assert.deepEqual([...good(await distributionTags(connection, distributionArn(distributions.orders), never))], []);
    assert.equal(failed(await getDistribution(connection, "E0NOWHERE", never)).failure, "not-found");
    assert.equal(failed(await getDistributionConfig(connection, "E0NOWHERE", never)).failure, "not-found");
  });
});

describe("a change", () => {
  const commented = (json: Json): Json => ({ ...(json as { readonly [name: string]: Json }), Comment: "changed" });

  test("reaches CloudFront as written: members that nobody knows, their order, attributes and all", async (t) => {
    const connection = await connected(t);
    const id = distributions.newer;
    const before = await sandbox.distribution(id);
    const { etag, config } = good(await getDistributionConfig(connection, id, never));
    assert.equal(etag, before.etag);
    const xml = writeWireConfig(config, commented(config.json));
    const answer = good(await putDistributionConfig(connection, id, etag, xml, never));
    assert.equal(answer.status, "InProgress");
    assert.notEqual(answer.etag, etag);
    const put = (await sandbox.requests()).find(({ operation }) => operation === "UpdateDistribution");
    assert.equal(put?.body, xml);
    assert.equal(put?.parameters["IfMatch"], etag);
    assert.equal(put?.headers["content-length"], String(Buffer.byteLength(xml)));
    assert.equal(put?.headers["content-type"], "application/xml");
    assert.equal(put?.headers["x-amz-content-sha256"], createHash("sha256").update(xml).digest("hex"));
    const comment = /<Comment>[^<]*<\/Comment>/;
    assert.equal(
      canonicalXml((await sandbox.distribution(id)).xml),
      canonicalXml(before.xml.replace(comment, "<Comment>changed</Comment>")),
    );
    assert.deepEqual(await operations(), ["cloudfront:GetDistributionConfig", "cloudfront:UpdateDistribution"]);
  });

  test("of 100 origins, and of texts beyond ASCII, goes through too", async (t) => {
    const connection = await connected(t);
    for (const id of [distributions.hundred, distributions.japanese, distributions.headers]) {
      const { etag, config } = good(await getDistributionConfig(connection, id, never));
      good(await putDistributionConfig(connection, id, etag, writeWireConfig(config, commented(config.json)), never));
      assert.match((await sandbox.distribution(id)).xml, /<Comment>changed<\/Comment>/);
    }
  });

  async function prepared(t: TestContext): Promise<{
    readonly connection: Connection;
    readonly change: (signal?: AbortSignal) => Promise<unknown>;
    readonly puts: () => Promise<number>;
    readonly isApplied: () => Promise<boolean>;
  }> {
    const connection = await connected(t);
    const id = distributions.single;
    const { etag, config } = good(await getDistributionConfig(connection, id, never));
    const xml = writeWireConfig(config, commented(config.json));
    return {
      connection,
      change: (signal = never) => putDistributionConfig(connection, id, etag, xml, signal),
      puts: async () =>
        (await operations()).filter((operation) => operation === "cloudfront:UpdateDistribution").length,
      isApplied: async () => (await sandbox.distribution(id)).xml.includes("<Comment>changed</Comment>"),
    };
  }

  test("is a conflict where somebody else was faster, and is not tried again", async (t) => {
    const { change, puts, isApplied } = await prepared(t);
    await sandbox.fault({ kind: "change-behind" });
    const failure = failed(await change());
    assert.deepEqual(
      [failure.failure, failure.said?.code, failure.mayHaveApplied],
      ["conflict", "PreconditionFailed", undefined],
    );
    assert.deepEqual([await puts(), await isApplied()], [1, false]);
  });

  test("is sent again where it was too much, and given up after four tries", async (t) => {
    const { change, puts, isApplied } = await prepared(t);
    await sandbox.fault({ kind: "throttle", operation: "UpdateDistribution", times: 2 });
    good(await change());
    assert.deepEqual([await puts(), await isApplied()], [3, true]);
    await sandbox.fault({ kind: "throttle", operation: "UpdateDistribution" });
    const failure = failed(await change());
    assert.deepEqual([failure.failure, failure.mayHaveApplied, await puts()], ["throttled", undefined, 7]);
  });

  for (const when of ["before", "after", "body"] as const) {
    test(`is sent once where the connection breaks off (${when}), and nobody claims to know what became of it`, async (t) => {
      const { change, puts, isApplied } = await prepared(t);
      await sandbox.fault({ kind: "drop", operation: "UpdateDistribution", when });
      const failure = failed(await change());
      assert.deepEqual([failure.failure, failure.mayHaveApplied], ["offline", true]);
      assert.match(
        failure.message,
        /It is unknown whether the change was applied\. Check the distribution before you try again\.$/,
      );
      assert.deepEqual([await puts(), await isApplied()], [1, when !== "before"]);
    });
  }

  test("is sent once where CloudFront fails", async (t) => {
    const { change, puts } = await prepared(t);
    await sandbox.fault({ kind: "error", operation: "UpdateDistribution", status: 503, code: "ServiceUnavailable" });
    const failure = failed(await change());
    assert.deepEqual(
      [failure.failure, failure.mayHaveApplied, failure.said?.code, await puts()],
      ["unknown", true, "ServiceUnavailable", 1],
    );
  });

  test("that is denied is told with its action", async (t) => {
    const { change } = await prepared(t);
    await sandbox.fault({ kind: "deny", operation: "UpdateDistribution" });
    const failure = failed(await change());
    assert.deepEqual(
      [failure.failure, failure.action, failure.mayHaveApplied],
      ["denied", "cloudfront:UpdateDistribution", undefined],
    );
  });

  test("that CloudFront refuses is told in its words", async (t) => {
    const { change } = await prepared(t);
    await sandbox.fault({
      kind: "error",
      operation: "UpdateDistribution",
      code: "InvalidArgument",
      status: 400,
      message: "The client certificate is not usable.",
    });
    const failure = failed(await change());
    assert.deepEqual(
      [failure.failure, failure.said],
      ["refused", { code: "InvalidArgument", message: "The client certificate is not usable.", status: 400 }],
    );
  });

  test("that is cancelled was sent or not, and it is said which", async (t) => {
    const { change, puts, connection } = await prepared(t);
    assert.deepEqual(failed(await change(AbortSignal.abort())), {
      failure: "cancelled",
      message: "Canceled.",
      action: "cloudfront:UpdateDistribution",
    });
    assert.equal(await puts(), 0);
    await sandbox.fault({ kind: "slow", operation: "UpdateDistribution", ms: 60_000 });
    const controller = new AbortController();
    const changing = change(controller.signal);
    await underWay(1);
    controller.abort();
    const failure = failed(await changing);
    assert.deepEqual([failure.failure, failure.mayHaveApplied], ["cancelled", true]);
    dispose(connection);
  });
});

describe("a connection", () => {
  test("that is disposed of ends what is under way, and all that follows", async (t) => {
    const connection = await connected(t);
    await sandbox.fault({ kind: "slow", ms: 60_000 });
    const asking = [
      listCertificates(connection, region, undefined, never),
      listDistributions(connection, undefined, never),
      describeCertificate(connection, certificates.orders, never),
    ];
    await underWay(asking.length);
    dispose(connection);
    for (const answer of await Promise.all(asking)) assert.equal(failed(answer).failure, "cancelled");
    assert.equal(failed(await listCertificates(connection, region, undefined, never)).failure, "cancelled");
  });

  test("asks a few times a second, and forgets who no longer wants to know", async (t) => {
    const connection = await connected(t);
    const controller = new AbortController();
    const asking = Array.from({ length: 40 }, () =>
      describeCertificate(connection, certificates.orders, controller.signal),
    );
    for (const answer of await Promise.all(asking.slice(0, 5))) good(answer);
    controller.abort();
    for (const answer of await Promise.all(asking.slice(5)))
      if (isFailure(answer)) assert.equal(answer.failure, "cancelled");
    assert.ok((await operations()).length < asking.length, "those that nobody waits for were asked as well");
  });

  test("lets what somebody waits for go before what is asked for in the background", async (t) => {
    const connection = await connected(t);
    const controller = new AbortController();
    const background = Array.from({ length: 40 }, () =>
      describeCertificate(connection, certificates.orders, controller.signal, "background"),
    );
    good(await describeCertificate(connection, certificates.spare, never));
    // The sixth in the background has to wait for a second.
    const asked = (await sandbox.requests())
      .filter(({ operation }) => operation === "DescribeCertificate")
      .map(({ parameters }) => parameters["CertificateArn"]);
    const place = asked.indexOf(certificates.spare);
    assert.ok(place >= 0 && place <= 5, asked.join());
    controller.abort();
    await Promise.all(background);
  });

  test("tells of a token that has expired, of a throttle and of what is denied", async (t) => {
    const connection = await connected(t);
    await sandbox.fault({ kind: "expired-token", times: 1 });
    assert.equal(failed(await listCertificates(connection, region, undefined, never)).failure, "expired");
    await sandbox.fault({ kind: "throttle", operation: "ListDistributions" });
    assert.equal(failed(await listDistributions(connection, undefined, never)).failure, "throttled");
    await sandbox.clearFaults();
    await sandbox.fault({ kind: "garbage", operation: "acm:*" });
    assert.equal(failed(await listCertificates(connection, region, undefined, never)).failure, "wrong-endpoint");
    await sandbox.reset("denied");
    assert.deepEqual(
      [
        failed(await listDistributions(connection, undefined, never)).failure,
        failed(await listDistributions(connection, undefined, never)).action,
      ],
      ["denied", "cloudfront:ListDistributions"],
    );
  });
});

describe("an account of 2,500 certificates and 500 distributions", () => {
  test("is listed in pages, each asked for once", async (t) => {
    await sandbox.reset("large");
    const connection = await connected(t);
    const listed = await all((next) => listCertificates(connection, region, next, never));
    assert.deepEqual(
      listed.map((page) => page.length),
      [500, 500, 500, 500, 500],
    );
    assert.equal(new Set(listed.flat().map(({ arn }) => arn)).size, 2500);
    const pages = await all((next) => listDistributions(connection, next, never));
    assert.deepEqual(
      pages.map((page) => page.length),
      [100, 100, 100, 100, 100],
    );
    assert.equal(new Set(pages.flat().map(({ id }) => id)).size, 500);
    assert.equal((await operations()).length, 10);
  });
});

describe("the policy", () => {
  test("allows what is sent, and nothing else", async (t) => {
    const connection = await connected(t);
    const id = distributions.single;
    await listCertificates(connection, region, undefined, never);
    await describeCertificate(connection, certificates.orders, never);
    await getCertificate(connection, certificates.orders, never);
    await listDistributions(connection, undefined, never);
    await getDistribution(connection, id, never);
    await distributionTags(connection, distributionArn(id), never);
    const { etag, config } = good(await getDistributionConfig(connection, id, never));
    const used = actionsOf(kinds.kinds);
    const actions = (readOnly: boolean) =>
      iamPolicy(used, readOnly)
        .Statement.flatMap(({ Action }) => Action)
        .toSorted();
    assert.deepEqual(actions(true), [...new Set(await operations())].toSorted());
    good(await putDistributionConfig(connection, id, etag, config.xml, never));
    assert.deepEqual(actions(false), [...new Set(await operations())].toSorted());
    assert.deepEqual(JSON.parse(iamPolicyText(used, false)), iamPolicy(used, false));
  });
});
