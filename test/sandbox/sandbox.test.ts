// The sandbox as the real SDK sees it.

import * as assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  ACMClient,
  type CertificateSummary,
  DescribeCertificateCommand,
  GetCertificateCommand,
  KeyAlgorithm,
  ListCertificatesCommand,
  paginateListCertificates,
} from "@aws-sdk/client-acm";
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  type DistributionConfig,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
  paginateListDistributions,
  UpdateDistributionCommand,
} from "@aws-sdk/client-cloudfront";
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { type Sandbox, startSandbox } from "./client.ts";
import { largeCertificates, largeDistributions, largeOrigins } from "./seed.ts";
import {
  absentCertificate,
  accessKeys,
  account,
  certificates,
  distributionArn,
  distributions,
  mfaCode,
  mfaSerial,
  otherAccount,
  otherAccountDistribution,
  otherRegion,
  roles,
  secretHeaderValues,
  userArn,
} from "./world.ts";

let sandbox: Sandbox;
let acm: ACMClient;
let cloudfront: CloudFrontClient;
let sts: STSClient;

const allKeyTypes = Object.values(KeyAlgorithm);

interface Wanted {
  readonly key?: { readonly id: string; readonly secret: string };
  readonly token?: string;
  readonly region?: string;
  readonly attempts?: number;
}

function options({ key = accessKeys.sandbox, token, region = "us-east-1", attempts = 1 }: Wanted) {
  return {
    endpoint: sandbox.endpoint,
    region,
    maxAttempts: attempts,
    credentials: {
      accessKeyId: key.id,
      secretAccessKey: key.secret,
      ...(token === undefined ? {} : { sessionToken: token }),
    },
  };
}

/** As the SDK names it, with the status. */
async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof Error);
    const status =
      "$metadata" in error &&
      typeof error.$metadata === "object" &&
      error.$metadata !== null &&
      "httpStatusCode" in error.$metadata
        ? ` ${error.$metadata.httpStatusCode}`
        : "";
    return `${error.name}${status}`;
  }
  return assert.fail("it went well");
}

async function messageOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  return assert.fail("it went well");
}

function list(input: ConstructorParameters<typeof ListCertificatesCommand>[0] = {}, client = acm) {
  return client.send(new ListCertificatesCommand(input));
}

async function configOf(id: string): Promise<{ readonly etag: string; readonly config: DistributionConfig }> {
  const { ETag: etag, DistributionConfig: config } = await cloudfront.send(
    new GetDistributionConfigCommand({ Id: id }),
  );
  assert.ok(etag !== undefined && config !== undefined);
  return { etag, config };
}

/** The config with one thing changed, sent with its own ETag. */
async function update(id: string, edit: (config: DistributionConfig) => void) {
  const { etag, config } = await configOf(id);
  edit(config);
  return cloudfront.send(new UpdateDistributionCommand({ Id: id, IfMatch: etag, DistributionConfig: config }));
}

const setCertificate =
  (arn: string, at = 0) =>
  (config: DistributionConfig): void => {
    const custom = config.Origins?.Items?.[at]?.CustomOriginConfig;
    assert.ok(custom !== undefined);
    custom.OriginMtlsConfig = { ClientCertificateArn: arn };
  };

/** Sends this body, signed, instead of the one that the SDK makes. */
async function putXml(id: string, etag: string | undefined, xml: string): Promise<unknown> {
  const nothing = {
    CallerReference: "",
    Origins: { Quantity: 0, Items: [] },
    DefaultCacheBehavior: { TargetOriginId: "", ViewerProtocolPolicy: "https-only" as const },
    Comment: "",
    Enabled: false,
  };
  const command = new UpdateDistributionCommand({ Id: id, IfMatch: etag, DistributionConfig: nothing });
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      assert.ok(typeof request === "object" && request !== null && "body" in request);
      request.body = xml;
      return next(args);
    },
    { step: "serialize", priority: "low" },
  );
  return cloudfront.send(command);
}

const namespace = ' xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"';

function rooted(xml: string): string {
  return xml.replace("<DistributionConfig>", `<DistributionConfig${namespace}>`);
}

before(async () => {
  sandbox = await startSandbox({ deploySeconds: Number.POSITIVE_INFINITY });
  acm = new ACMClient(options({}));
  cloudfront = new CloudFrontClient(options({}));
  sts = new STSClient(options({}));
});
// Where no test of this file is asked for, nothing has started it.
after(() => sandbox?.close());
beforeEach(() => sandbox.reset());

describe("who somebody is", () => {
  test("each key has its account", async () => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual([Account, Arn], [account, userArn]);
    assert.equal(
      (await new STSClient(options({ key: accessKeys.other })).send(new GetCallerIdentityCommand({}))).Account,
      otherAccount,
    );
  });

  test("a key that nobody has, a wrong secret and no signature are refused as each protocol says it", async () => {
    const unknown = options({ key: { id: "AKIAIOSFODNN7UNKNOWN", secret: "x" } });
    assert.equal(
      await failureOf(new ACMClient(unknown).send(new ListCertificatesCommand({}))),
      "UnrecognizedClientException 400",
    );
    assert.equal(
      await failureOf(new CloudFrontClient(unknown).send(new ListDistributionsCommand({}))),
      "InvalidClientTokenId 403",
    );
    assert.equal(
      await failureOf(new STSClient(unknown).send(new GetCallerIdentityCommand({}))),
      "InvalidClientTokenId 403",
    );
    const wrong = options({ key: { id: accessKeys.sandbox.id, secret: "wrong" } });
    assert.equal(
      await failureOf(new ACMClient(wrong).send(new ListCertificatesCommand({}))),
      "InvalidSignatureException 400",
    );
    assert.equal(
      await failureOf(new CloudFrontClient(wrong).send(new ListDistributionsCommand({}))),
      "SignatureDoesNotMatch 403",
    );
    const response = await fetch(`${sandbox.endpoint}/2020-05-31/distribution`);
    assert.equal(response.status, 403);
    assert.match(
      await response.text(),
      /<ErrorResponse xmlns="http:\/\/cloudfront\.amazonaws\.com\/doc\/2020-05-31\/"><Error><Type>Sender<\/Type><Code>MissingAuthenticationToken<\/Code><Message>.*<\/Message><\/Error><RequestId>[\da-f-]{36}<\/RequestId><\/ErrorResponse>$/,
    );
  });

  test("a body that was changed after it was signed is refused", async () => {
    const command = new ListCertificatesCommand({ MaxItems: 5 });
    command.middlewareStack.add(
      (next) => (args) => {
        assert.ok(typeof args.request === "object" && args.request !== null && "body" in args.request);
        args.request.body = '{"MaxItems":6}';
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    assert.equal(await failureOf(acm.send(command)), "InvalidSignatureException 400");
  });

  test("CloudFront is signed for us-east-1 alone", async () => {
    const elsewhere = new CloudFrontClient({ ...options({}), signingRegion: "eu-west-1" });
    assert.equal(await failureOf(elsewhere.send(new ListDistributionsCommand({}))), "SignatureDoesNotMatch 403");
  });

  test("a role is assumed, and its session is somebody else", async () => {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roles.other, RoleSessionName: "me" }));
    assert.ok(
      Credentials?.AccessKeyId !== undefined &&
        Credentials.SecretAccessKey !== undefined &&
        Credentials.SessionToken !== undefined,
    );
    const key = { id: Credentials.AccessKeyId, secret: Credentials.SecretAccessKey };
    const session = new STSClient(options({ key, token: Credentials.SessionToken }));
    assert.equal(
      (await session.send(new GetCallerIdentityCommand({}))).Arn,
      `arn:aws:sts::${otherAccount}:assumed-role/developer/me`,
    );
    assert.equal(
      await failureOf(new STSClient(options({ key })).send(new GetCallerIdentityCommand({}))),
      "InvalidClientTokenId 403",
    );
    const found = await new CloudFrontClient(options({ key, token: Credentials.SessionToken })).send(
      new ListDistributionsCommand({}),
    );
    assert.deepEqual(
      found.DistributionList?.Items?.map(({ Id }) => Id),
      [otherAccountDistribution],
    );
  });

  test("the guarded role asks for the one-time code, and no request is recorded with it", async () => {
    const assume = (code?: string) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: roles.guarded,
          RoleSessionName: "me",
          ...(code === undefined ? {} : { SerialNumber: mfaSerial, TokenCode: code }),
        }),
      );
    assert.equal(await failureOf(assume()), "AccessDenied 403");
    assert.equal(await failureOf(assume("000000")), "AccessDenied 403");
    assert.equal(
      await messageOf(assume("000000")),
      "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    );
    assert.match((await assume(mfaCode)).AssumedRoleUser?.Arn ?? "", /assumed-role\/guarded\/me$/);
    assert.equal(
      await failureOf(sts.send(new AssumeRoleCommand({ RoleArn: roles.forbidden, RoleSessionName: "me" }))),
      "AccessDenied 403",
    );
    assert.ok(!JSON.stringify(await sandbox.requests()).includes(mfaCode));
  });

  test("what is not played is not known", async () => {
    assert.equal(
      await failureOf(
        cloudfront.send(
          new CreateInvalidationCommand({
            DistributionId: distributions.orders,
            InvalidationBatch: { CallerReference: "1", Paths: { Quantity: 0 } },
          }),
        ),
      ),
      "UnknownOperation 404",
    );
    assert.equal(await failureOf(sts.send(new GetSessionTokenCommand({}))), "InvalidAction 400");
  });
});

describe("ACM", () => {
  test("hides all but RSA up to 2048 with a domain, until the key types are asked for", async () => {
    const arns = ({ CertificateSummaryList = [] }: Awaited<ReturnType<typeof list>>) =>
      CertificateSummaryList.map(({ CertificateArn }) => CertificateArn);
    assert.deepEqual(arns(await list()), [
      certificates.spare,
      certificates.pending,
      certificates.publicSite,
      certificates.failed,
    ]);
    const all = arns(await list({ Includes: { keyTypes: allKeyTypes } }));
    assert.equal(all.length, 20);
    for (const hidden of [certificates.orders, certificates.nameless, certificates.p384, certificates.rsa4096])
      assert.ok(all.includes(hidden));
    assert.deepEqual(
      arns(await list({ Includes: { keyTypes: ["EC_prime256v1"] } }, new ACMClient(options({ region: otherRegion })))),
      [certificates.tokyo],
    );
    const server = arns(
      await list({ Includes: { keyTypes: allKeyTypes, extendedKeyUsage: ["TLS_WEB_SERVER_AUTHENTICATION"] } }),
    );
    assert.deepEqual(
      server,
      [
        certificates.publicSite,
        certificates.serverOnly,
        certificates.private,
        certificates.pending,
        certificates.failed,
      ]
        .filter((arn) => server.includes(arn))
        .sort((one, two) => server.indexOf(one) - server.indexOf(two)),
    );
    assert.deepEqual(arns(await list({ CertificateStatuses: ["REVOKED"], Includes: { keyTypes: allKeyTypes } })), [
      certificates.revoked,
    ]);
  });

  test("pages", async () => {
    const sizes: number[] = [];
    const arns = new Set<string | undefined>();
    for await (const { CertificateSummaryList = [] } of paginateListCertificates(
      { client: acm, pageSize: 8 },
      { Includes: { keyTypes: allKeyTypes } },
    )) {
      sizes.push(CertificateSummaryList.length);
      for (const { CertificateArn } of CertificateSummaryList) arns.add(CertificateArn);
    }
    assert.deepEqual([sizes, arns.size], [[8, 8, 4], 20]);
    assert.equal(await failureOf(list({ NextToken: "bm9uZQ==" })), "InvalidArgsException 400");
  });

  test("says what is wrong with what it is sent", async () => {
    assert.equal(await failureOf(list({ MaxItems: 1001 })), "ValidationException 400");
    assert.equal(await failureOf(list({ SortBy: "CREATED_AT" })), "ValidationException 400");
    // @ts-expect-error Not of the enum.
    const ofNoKey = list({ Includes: { keyTypes: ["RSA-2048"] } });
    assert.match(
      await messageOf(ofNoKey),
      /Value 'RSA-2048' at 'includes\.keyTypes\.1\.member' failed to satisfy constraint: Member must satisfy enum value set: \[/,
    );
    assert.equal(
      await failureOf(acm.send(new DescribeCertificateCommand({ CertificateArn: "arn:aws:s3:::bucket" }))),
      "ValidationException 400",
    );
    // @ts-expect-error Not there.
    const ofNothing = acm.send(new DescribeCertificateCommand({}));
    assert.match(
      await messageOf(ofNothing),
      /Value null at 'certificateArn' failed to satisfy constraint: Member must not be null/,
    );
    assert.equal(
      await failureOf(acm.send(new DescribeCertificateCommand({ CertificateArn: absentCertificate }))),
      "ResourceNotFoundException 400",
    );
    assert.equal(
      await failureOf(acm.send(new DescribeCertificateCommand({ CertificateArn: certificates.tokyo }))),
      "ResourceNotFoundException 400",
    );
    assert.equal(
      await failureOf(acm.send(new DescribeCertificateCommand({ CertificateArn: certificates.otherAccount }))),
      "AccessDeniedException 400",
    );
  });

  test("describes what it lists, and says who uses it", async () => {
    const { CertificateSummaryList = [] } = await list({ Includes: { keyTypes: allKeyTypes } });
    for (const summary of CertificateSummaryList) {
      const { Certificate: detail } = await acm.send(
        new DescribeCertificateCommand({ CertificateArn: summary.CertificateArn }),
      );
      assert.ok(detail !== undefined);
      const both = (one: typeof detail | typeof summary) => [
        one.DomainName,
        one.Status,
        one.Type,
        one.KeyAlgorithm,
        one.NotBefore?.getTime(),
        one.NotAfter?.getTime(),
        one.CreatedAt?.getTime(),
      ];
      assert.deepEqual(both(detail), both(summary));
      assert.deepEqual(
        detail.ExtendedKeyUsages?.map(({ Name }) => Name),
        summary.ExtendedKeyUsages,
      );
      assert.equal((detail.InUseBy ?? []).length > 0, summary.InUse);
    }
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: certificates.orders }));
    assert.deepEqual(
      Certificate?.InUseBy,
      [distributions.orders, distributions.groups].map((id) => distributionArn(id)),
    );
    assert.equal(Certificate.KeyAlgorithm, "EC-prime256v1");
    assert.equal(
      (await acm.send(new DescribeCertificateCommand({ CertificateArn: certificates.failed }))).Certificate
        ?.FailureReason,
      "CAA_ERROR",
    );
  });

  test("its certificates are real, and their chains too", async () => {
    const { CertificateSummaryList = [] } = await list({ Includes: { keyTypes: allKeyTypes } });
    const lengths = new Map<string | undefined, number>();
    const look = async ({ CertificateArn, Status, DomainName }: CertificateSummary): Promise<void> => {
      const got = acm.send(new GetCertificateCommand({ CertificateArn }));
      if (Status === "PENDING_VALIDATION" || Status === "FAILED")
        return assert.equal(await failureOf(got), "RequestInProgressException 400");
      const [{ Certificate: body = "", CertificateChain: chain = "" }, { Certificate: detail }] = await Promise.all([
        got,
        acm.send(new DescribeCertificateCommand({ CertificateArn })),
      ]);
      const all = [body, ...(chain.match(/-----BEGIN[^]*?-----END CERTIFICATE-----/g) ?? [])].map(
        (pem) => new X509Certificate(pem),
      );
      const [leaf, issuer] = all;
      assert.ok(leaf !== undefined && issuer !== undefined);
      all.forEach((one, at) => assert.ok(one.verify((all[at + 1] ?? one).publicKey), `${DomainName}: ${at}`));
      assert.equal(leaf.serialNumber.toLowerCase(), detail?.Serial?.replaceAll(":", ""));
      assert.equal(leaf.validToDate.getTime(), detail?.NotAfter?.getTime());
      if (DomainName !== undefined) assert.ok(leaf.checkHost(DomainName) !== undefined);
      lengths.set(CertificateArn, all.length);
    };
    // The key of 4096 bits is worth its while to nobody but who asks for it.
    await Promise.all(
      CertificateSummaryList.filter(({ CertificateArn }) => CertificateArn !== certificates.rsa4096).map(look),
    );
    assert.deepEqual([lengths.get(certificates.orders), lengths.get(certificates.longChain)], [3, 4]);
  });
});

describe("CloudFront reads", () => {
  test("lists pages of summaries with what an ETag and origins are needed for", async () => {
    const ids: (string | undefined)[] = [];
    for await (const { DistributionList: page } of paginateListDistributions(
      { client: cloudfront, pageSize: 10 },
      {},
    )) {
      assert.equal(page?.IsTruncated, page?.NextMarker !== undefined);
      assert.equal(page?.Quantity, page?.Items?.length);
      ids.push(...(page?.Items ?? []).map(({ Id }) => Id));
    }
    assert.deepEqual(ids, Object.values(distributions));
    const { DistributionList } = await cloudfront.send(new ListDistributionsCommand({}));
    const orders = DistributionList?.Items?.[0];
    assert.equal(orders?.ETag, (await configOf(distributions.orders)).etag);
    assert.equal(
      orders?.Origins?.Items?.[0]?.CustomOriginConfig?.OriginMtlsConfig?.ClientCertificateArn,
      certificates.orders,
    );
    const viewer = DistributionList?.Items?.find(({ Id }) => Id === distributions.viewerRequired);
    assert.equal(viewer?.ViewerMtlsConfig?.Mode, "required");
    assert.equal(DistributionList?.Items?.find(({ Id }) => Id === distributions.hundred)?.Origins?.Items?.length, 100);
    assert.equal(
      await failureOf(cloudfront.send(new ListDistributionsCommand({ Marker: "E0NOTHERE00000" }))),
      "InvalidArgument 400",
    );
  });

  test("gets a distribution, its config and its tags", async () => {
    const { Distribution, ETag } = await cloudfront.send(new GetDistributionCommand({ Id: distributions.headers }));
    const { etag, config } = await configOf(distributions.headers);
    assert.deepEqual([Distribution?.DistributionConfig, ETag], [config, etag]);
    assert.deepEqual(
      config.Origins?.Items?.[0]?.CustomHeaders?.Items?.map(({ HeaderValue }) => HeaderValue),
      secretHeaderValues,
    );
    const { Tags } = await cloudfront.send(
      new ListTagsForResourceCommand({ Resource: distributionArn(distributions.stack) }),
    );
    assert.deepEqual(Tags?.Items?.[0], { Key: "aws:cloudformation:stack-name", Value: "shop-prod" });
    assert.deepEqual(
      (await cloudfront.send(new ListTagsForResourceCommand({ Resource: distributionArn(distributions.orders) }))).Tags
        ?.Items,
      [],
    );
    assert.equal(
      await failureOf(cloudfront.send(new ListTagsForResourceCommand({ Resource: distributionArn("E0NOTHERE00000") }))),
      "NoSuchResource 404",
    );
    assert.equal(await failureOf(configOf("E0NOTHERE00000")), "NoSuchDistribution 404");
    assert.equal(await failureOf(configOf(otherAccountDistribution)), "NoSuchDistribution 404");
  });
});

describe("UpdateDistribution", () => {
  test("takes a new config, is in progress, and deployed when it is said", async () => {
    const before = await configOf(distributions.single);
    const { Distribution, ETag } = await update(distributions.single, setCertificate(certificates.spare));
    assert.equal(Distribution?.Status, "InProgress");
    assert.notEqual(ETag, before.etag);
    assert.equal((await configOf(distributions.single)).etag, ETag);
    assert.equal(
      (await acm.send(new DescribeCertificateCommand({ CertificateArn: certificates.spare }))).Certificate?.InUseBy
        ?.length,
      1,
    );
    await sandbox.deploy(distributions.single);
    assert.equal((await sandbox.distribution(distributions.single)).status, "Deployed");
    assert.equal((await sandbox.distribution(distributions.inProgress)).status, "InProgress");
  });

  test("asks for the ETag of what is there now", async () => {
    const { etag, config } = await configOf(distributions.single);
    const put = (IfMatch: string | undefined) =>
      cloudfront.send(new UpdateDistributionCommand({ Id: distributions.single, IfMatch, DistributionConfig: config }));
    assert.equal(await failureOf(put(undefined)), "InvalidIfMatchVersion 400");
    assert.equal(await failureOf(put("*")), "InvalidIfMatchVersion 400");
    await sandbox.changeDistribution(distributions.single, { find: "Catalog", replace: "Catalogue" });
    assert.equal(await failureOf(put(etag)), "PreconditionFailed 412");
  });

  test("every config is taken back to the letter, unknown members included", async () => {
    for (const id of Object.values(distributions)) {
      const { xml, etag } = await sandbox.distribution(id);
      await putXml(id, etag, rooted(xml));
      assert.equal((await sandbox.distribution(id)).xml, xml);
    }
    const { xml, etag } = await sandbox.distribution(distributions.newer);
    assert.match(xml, /<OriginTlsConfig MinimumVersion="TLSv1\.3"/);
    const edited = xml
      .replace("<Priority>10</Priority>", "<Priority>11</Priority>")
      .replace("<Comment>", "<Comment><!-- kept -->");
    await putXml(distributions.newer, etag, rooted(edited));
    assert.equal((await sandbox.distribution(distributions.newer)).xml, edited);
  });

  test("what the SDK does not know is lost when the SDK writes: as with AWS", async () => {
    await update(distributions.newer, () => {});
    assert.doesNotMatch((await sandbox.distribution(distributions.newer)).xml, /EdgeBudget|OriginTlsConfig/);
  });

  const wrong: readonly (readonly [string, string, (xml: string) => string])[] = [
    ["nothing", "MissingBody 400", () => ""],
    ["what is not XML", "MalformedXML 400", () => "<DistributionConfig"],
    ["another namespace", "MalformedXML 400", (xml) => xml.replace("2020-05-31", "2010-11-01")],
    [
      "a member that nobody knows",
      "MalformedXML 400",
      (xml) => xml.replace("<PriceClass>", "<OriginMtls>true</OriginMtls><PriceClass>"),
    ],
    ["a required member left out", "MalformedXML 400", (xml) => xml.replace(/<HTTPSPort>443<\/HTTPSPort>/, "")],
    [
      "a member twice",
      "MalformedXML 400",
      (xml) => xml.replace("<WebACLId></WebACLId>", "<WebACLId></WebACLId><WebACLId></WebACLId>"),
    ],
    ["a value that is not of the enum", "MalformedXML 400", (xml) => xml.replace("redirect-to-https", "https")],
    [
      "an empty list",
      "MalformedInput 400",
      (xml) => xml.replace("<Aliases><Quantity>0</Quantity>", "<Aliases><Quantity>0</Quantity><Items></Items>"),
    ],
    ["no number", "MalformedInput 400", (xml) => xml.replace("<HTTPPort>80<", "<HTTPPort>eighty<")],
    [
      "a wrong quantity",
      "InconsistentQuantities 400",
      (xml) => xml.replace("<Origins><Quantity>1<", "<Origins><Quantity>2<"),
    ],
    ["another caller reference", "IllegalUpdate 400", (xml) => xml.replace("<CallerReference>", "<CallerReference>x")],
    [
      "an origin that is not there",
      "NoSuchOrigin 404",
      (xml) => xml.replace("<TargetOriginId>catalog<", "<TargetOriginId>catalogue<"),
    ],
    [
      "an origin of no kind",
      "InvalidArgument 400",
      (xml) => xml.replace(/<CustomOriginConfig>.*<\/CustomOriginConfig>/, ""),
    ],
    [
      "another's alias",
      "CNAMEAlreadyExists 409",
      (xml) =>
        xml.replace(
          "<Aliases><Quantity>0</Quantity>",
          "<Aliases><Quantity>1</Quantity><Items><CNAME>orders.example.com</CNAME></Items>",
        ),
    ],
    [
      "a comment that is too long",
      "InvalidArgument 400",
      (xml) => xml.replace("<Comment>", `<Comment>${"x".repeat(129)}`),
    ],
  ];
  for (const [what, failure, edit] of wrong) {
    test(`refuses ${what}`, async () => {
      const { xml, etag } = await sandbox.distribution(distributions.single);
      const sent = edit(rooted(xml));
      assert.notEqual(sent, rooted(xml));
      assert.equal(await failureOf(putXml(distributions.single, etag, sent)), failure);
      assert.equal((await sandbox.distribution(distributions.single)).xml, xml);
    });
  }

  test("refuses client certificates that CloudFront cannot present, where they are new", async () => {
    const {
      absent,
      expired,
      pending,
      publicSite,
      serverOnly,
      p384,
      rsa4096,
      longChain,
      revoked,
      failed,
      private: fromPca,
      tokyo,
      otherAccount: others,
    } = { ...certificates, absent: absentCertificate };
    for (const arn of [
      absent,
      expired,
      pending,
      publicSite,
      serverOnly,
      p384,
      rsa4096,
      longChain,
      revoked,
      failed,
      fromPca,
      tokyo,
      others,
    ]) {
      assert.equal(await failureOf(update(distributions.single, setCertificate(arn))), "InvalidArgument 400", arn);
    }
    // What is already there stays as it is.
    await update(distributions.expired, (config) => void (config.Comment = "still expired"));
    await update(distributions.single, setCertificate(certificates.nameless));
  });

  test("takes five new client certificates in a call, and not six", async () => {
    const set = (count: number) => (config: DistributionConfig) =>
      certificates.fleet.slice(0, count).forEach((arn, at) => setCertificate(arn, at)(config));
    assert.equal(await failureOf(update(distributions.several, set(6))), "InvalidArgument 400");
    await update(distributions.several, set(5));
    await update(distributions.several, set(6));
  });

  test("deploys by itself after a while", async () => {
    await sandbox.setDeploySeconds(0.03);
    await update(distributions.single, (config) => void (config.Comment = "soon"));
    while ((await sandbox.distribution(distributions.single)).status !== "Deployed") await sleep(10);
  });
});

describe("faults", () => {
  test("throttle so many times, as each protocol says it", async () => {
    await sandbox.fault({ kind: "throttle", times: 3 });
    assert.equal(await failureOf(list()), "ThrottlingException 400");
    assert.equal(await failureOf(cloudfront.send(new ListDistributionsCommand({}))), "Throttling 400");
    assert.equal(await failureOf(sts.send(new GetCallerIdentityCommand({}))), "Throttling 400");
    await list();
  });

  test("fail with what the test chooses, for one operation, one resource, after some that went well", async () => {
    await sandbox.fault({
      kind: "error",
      operation: "cloudfront:GetDistribution",
      resource: distributions.orders,
      after: 1,
      times: 1,
      status: 503,
      code: "ServiceUnavailable",
    });
    const get = (Id: string) => cloudfront.send(new GetDistributionCommand({ Id }));
    await get(distributions.orders);
    await get(distributions.single);
    assert.equal(await failureOf(get(distributions.orders)), "ServiceUnavailable 503");
    await get(distributions.orders);
    await sandbox.fault({ kind: "error", operation: "acm:*" });
    assert.equal(await failureOf(list()), "InternalFailure 500");
    await sandbox.clearFaults();
    await list();
  });

  test("are met by the SDK's own retries", async () => {
    await sandbox.fault({ kind: "error", operation: "ListCertificates", times: 1 });
    await list({}, new ACMClient(options({ attempts: 2 })));
    assert.deepEqual(
      (await sandbox.requests()).map(({ status }) => status),
      [500, 200],
    );
  });

  /** So many requests have come, and are answered later. */
  async function holds(...operations: readonly string[]): Promise<void> {
    while ((await sandbox.held()).toSorted().join() !== operations.toSorted().join()) await sleep(10);
  }

  test("are slow", async () => {
    await sandbox.fault({ kind: "slow", ms: 100 });
    const before = performance.now();
    await list();
    // A timer may be early by a part of a millisecond.
    assert.ok(performance.now() - before > 98);
    assert.deepEqual(await sandbox.held(), []);
  });

  test("are slow until they are cleared, or somebody waits no longer", async () => {
    await sandbox.fault({ kind: "slow", ms: 600_000 });
    const left = new AbortController();
    const given = failureOf(acm.send(new ListCertificatesCommand({}), { abortSignal: left.signal }));
    const kept = sts.send(new GetCallerIdentityCommand({}));
    await holds("ListCertificates", "GetCallerIdentity");
    left.abort();
    assert.equal(await given, "AbortError");
    assert.deepEqual(await sandbox.requests(), []);
    await sandbox.clearFaults();
    assert.equal((await kept).Account, account);
    assert.deepEqual(await sandbox.held(), []);
  });

  test("are slow, and what is late changes nothing of what began anew since", async () => {
    const { etag } = await configOf(distributions.single);
    await sandbox.fault({ kind: "slow", operation: "UpdateDistribution", ms: 600_000 });
    const late = failureOf(update(distributions.single, (config) => void (config.Comment = "too late")));
    await holds("UpdateDistribution");
    await sandbox.reset();
    assert.match(await late, /^(?:Error|TimeoutError)$/);
    assert.equal((await configOf(distributions.single)).etag, etag);
    assert.deepEqual(
      (await sandbox.requests()).map(({ operation }) => operation),
      ["GetDistributionConfig"],
    );
  });

  test("drop the connection before, after and in the middle", async () => {
    const { etag, config } = await configOf(distributions.single);
    const put = () =>
      cloudfront.send(
        new UpdateDistributionCommand({ Id: distributions.single, IfMatch: etag, DistributionConfig: config }),
      );
    await sandbox.fault({ kind: "drop", operation: "UpdateDistribution", times: 1 });
    assert.match(await failureOf(put()), /^(?:Error|TimeoutError)$/);
    assert.equal((await sandbox.distribution(distributions.single)).etag, etag);
    await sandbox.fault({ kind: "drop", when: "after", times: 1 });
    assert.match(await failureOf(put()), /^(?:Error|TimeoutError)$/);
    assert.notEqual((await sandbox.distribution(distributions.single)).etag, etag);
    await sandbox.fault({ kind: "drop", when: "body", times: 1 });
    assert.match(await failureOf(cloudfront.send(new ListDistributionsCommand({}))), /^(?:Error|TimeoutError)/);
    assert.deepEqual(
      (await sandbox.requests()).slice(-3).map(({ status, faults }) => [status, faults]),
      [
        [0, ["drop"]],
        [0, ["drop"]],
        [0, ["drop"]],
      ],
    );
  });

  test("deny, and name the user and the action", async () => {
    await sandbox.fault({ kind: "deny", operation: "acm:*" });
    await sandbox.fault({ kind: "deny", operation: "UpdateDistribution" });
    assert.equal(await failureOf(list()), "AccessDeniedException 400");
    assert.equal(
      await messageOf(list()),
      `User: ${userArn} is not authorized to perform: acm:ListCertificates because no identity-based policy allows the acm:ListCertificates action`,
    );
    assert.match(
      await messageOf(acm.send(new GetCertificateCommand({ CertificateArn: certificates.orders }))),
      new RegExp(`on resource: ${certificates.orders} because`),
    );
    assert.equal(await failureOf(update(distributions.single, () => {})), "AccessDenied 403");
    assert.match(
      await messageOf(update(distributions.single, () => {})),
      new RegExp(
        `perform: cloudfront:UpdateDistribution on resource: ${distributionArn(distributions.single)} because`,
      ),
    );
  });

  test("expire the token", async () => {
    await sandbox.fault({ kind: "expired-token" });
    assert.equal(await failureOf(list()), "ExpiredTokenException 400");
    assert.equal(await failureOf(cloudfront.send(new ListDistributionsCommand({}))), "ExpiredToken 403");
    assert.equal(await failureOf(sts.send(new GetCallerIdentityCommand({}))), "ExpiredToken 403");
  });

  test("answer with a page, as something else does", async () => {
    await sandbox.fault({ kind: "garbage" });
    assert.match(await messageOf(list()), /not valid JSON|Unexpected token/);
    await failureOf(cloudfront.send(new ListDistributionsCommand({})));
    await sandbox.clearFaults();
    await sandbox.fault({ kind: "garbage", status: 404 });
    assert.match(await failureOf(sts.send(new GetCallerIdentityCommand({}))), / 404$|^SyntaxError|^Error/);
  });

  test("change a distribution right before it is updated", async () => {
    await sandbox.fault({ kind: "change-behind", times: 1 });
    assert.equal(
      await failureOf(update(distributions.single, setCertificate(certificates.spare))),
      "PreconditionFailed 412",
    );
    assert.equal((await configOf(distributions.single)).config.Comment, "Catalog (changed meanwhile)");
    await update(distributions.single, setCertificate(certificates.spare));
  });

  test("do not keep a member, or keep something else", async () => {
    await sandbox.fault({ kind: "drop-member", member: "OriginMtlsConfig", times: 1 });
    await update(distributions.single, setCertificate(certificates.spare));
    assert.equal(
      (await configOf(distributions.single)).config.Origins?.Items?.[0]?.CustomOriginConfig?.OriginMtlsConfig,
      undefined,
    );
    await sandbox.fault({ kind: "rewrite", find: certificates.spare, replace: certificates.orders, times: 1 });
    await update(distributions.single, setCertificate(certificates.spare));
    assert.equal(
      (await configOf(distributions.single)).config.Origins?.Items?.[0]?.CustomOriginConfig?.OriginMtlsConfig
        ?.ClientCertificateArn,
      certificates.orders,
    );
  });

  test("refuse a client certificate with the code that the test chooses", async () => {
    await sandbox.fault({ kind: "client-certificate-refused", code: "InvalidViewerCertificate", message: "No." });
    await update(distributions.single, (config) => void (config.Comment = "no certificate in this one"));
    assert.equal(
      await failureOf(update(distributions.single, setCertificate(certificates.spare))),
      "InvalidViewerCertificate 400",
    );
    assert.equal(await messageOf(update(distributions.single, setCertificate(certificates.spare))), "No.");
  });

  test("are refused where they are none", async () => {
    // @ts-expect-error No such kind.
    await assert.rejects(sandbox.fault({ kind: "thunder" }), /a fault has a kind/);
    // @ts-expect-error Not enough.
    await assert.rejects(sandbox.fault({ kind: "slow" }), /slow needs ms/);
    // @ts-expect-error Of another kind.
    await assert.rejects(sandbox.fault({ kind: "deny", ms: 3 }), /ms is not for deny/);
  });
});

describe("what was asked for", () => {
  test("is recorded, without what tells who it was", async () => {
    await list({ MaxItems: 7 }, new ACMClient(options({ region: otherRegion })));
    const { etag } = await configOf(distributions.single);
    await update(distributions.single, (config) => void (config.Comment = "Recorded"));
    const [first, , , last] = await sandbox.requests();
    assert.deepEqual(
      [first?.service, first?.operation, first?.region, first?.principal, first?.status, first?.parameters],
      ["acm", "ListCertificates", otherRegion, userArn, 200, { MaxItems: 7 }],
    );
    assert.deepEqual(
      [last?.operation, last?.parameters],
      ["UpdateDistribution", { Id: distributions.single, IfMatch: etag }],
    );
    assert.match(last?.body ?? "", /<Comment>Recorded<\/Comment>/);
    assert.ok(!/authorization|Signature=/i.test(JSON.stringify([first, last])));
    await sandbox.clearRequests();
    assert.deepEqual(await sandbox.requests(), []);
  });

  test("is bounded, and not for pages", async () => {
    const large = await fetch(sandbox.endpoint, { method: "POST", body: "x".repeat(3_000_000) }).catch(() => undefined);
    assert.ok(large === undefined || large.status === 413);
    assert.equal(
      (await fetch(`${sandbox.endpoint}/_sandbox/requests`, { headers: { origin: "https://example.com" } })).status,
      403,
    );
    assert.equal((await fetch(`${sandbox.endpoint}/_sandbox/nothing`)).status, 404);
  });
});

describe("worlds", () => {
  test("empty", async () => {
    await sandbox.reset("empty");
    assert.deepEqual((await list({ Includes: { keyTypes: allKeyTypes } })).CertificateSummaryList, []);
    const { DistributionList } = await cloudfront.send(new ListDistributionsCommand({}));
    assert.deepEqual([DistributionList?.Quantity, DistributionList?.IsTruncated], [0, false]);
  });

  test("denied", async () => {
    await sandbox.reset("denied");
    assert.equal(await failureOf(cloudfront.send(new ListDistributionsCommand({}))), "AccessDenied 403");
    await configOf(distributions.orders);
  });

  test("large", async () => {
    await sandbox.reset("large");
    let count = 0;
    for await (const { CertificateSummaryList = [] } of paginateListCertificates(
      { client: acm, pageSize: 1000 },
      { Includes: { keyTypes: allKeyTypes } },
    ))
      count += CertificateSummaryList.length;
    assert.equal(count, largeCertificates);
    const { DistributionList } = await cloudfront.send(new ListDistributionsCommand({ MaxItems: 20 }));
    assert.equal(DistributionList?.Items?.length, 20);
    assert.equal(DistributionList.NextMarker, DistributionList.Items.at(-1)?.Id);
    assert.ok(DistributionList.Items.every(({ Origins }) => Origins?.Items?.length === largeOrigins));
    const id = `EL${String(largeDistributions - 1).padStart(12, "0")}`;
    await update(id, (config) => void (config.Comment = "the last one"));
  });

  test("certificates change while somebody looks", async () => {
    await sandbox.changeCertificate(certificates.orders, "EXPIRED");
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: certificates.orders }));
    assert.equal(Certificate?.Status, "EXPIRED");
    assert.ok(Certificate.NotAfter !== undefined && Certificate.NotAfter.getTime() < Date.now());
    await sandbox.changeCertificate(certificates.orders);
    assert.equal(
      await failureOf(acm.send(new DescribeCertificateCommand({ CertificateArn: certificates.orders }))),
      "ResourceNotFoundException 400",
    );
  });
});
