import * as assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { describeCertificate, getCertificate, listCertificates } from "../../src/aws/certificates.ts";
import { type Connection, connect, dispose } from "../../src/aws/connection.ts";
import {
  distributionTags,
  getDistribution,
  listDistributions,
  putDistributionConfig,
} from "../../src/aws/distributions.ts";
import { failureOf } from "../../src/aws/failure-of.ts";
import { NoAnswer } from "../../src/aws/transport.ts";
import { type Failure, type FailureKind, isFailure } from "../../src/core/failure.ts";
import {
  type Answering,
  identity,
  inEnvironment,
  isIdentity,
  jsonError,
  keys,
  never,
  type Reply,
  type Stub,
  startStub,
  xmlError,
} from "./stub.ts";

/**
 * A connection to a server that answers as said to everything but the question who it is. The SDK does not wait between
 * tries.
 */
async function connected(
  t: TestContext,
  answer: Answering,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly connection: Connection; readonly stub: Stub; readonly throttled: string[] }> {
  t.mock.method(Math, "random", () => 0);
  const stub = await startStub(t, (request, index) => (isIdentity(request) ? identity : answer(request, index - 1)));
  inEnvironment(t, { ...keys, AWS_ENDPOINT_URL: stub.url, ...variables });
  const throttled: string[] = [];
  return { connection: await another(t, throttled), stub, throttled };
}

/** To the same: a connection asks ACM a few times a second at most. */
async function another(t: TestContext, throttled: string[] = []): Promise<Connection> {
  const connection = await connect({
    profile: undefined,
    askMfaCode: () => Promise.reject(),
    signal: never,
    onThrottled: (action) => throttled.push(action),
  });
  assert.ok(!isFailure(connection), JSON.stringify(connection));
  t.after(() => dispose(connection));
  return connection;
}

function failed(answer: unknown): Failure {
  assert.ok(isFailure(answer), JSON.stringify(answer));
  assert.match(answer.message, /^[^\n]+\.$/);
  assert.doesNotMatch(JSON.stringify(answer), /wJalrXUtnFEMI|T0KEN|AKIAIOSFODNN7EXAMPLE/);
  return answer;
}

const certificates = async (connection: Connection) =>
  failed(await listCertificates(connection, "us-east-1", undefined, never));
const distributions = async (connection: Connection) => failed(await listDistributions(connection, undefined, never));
const put = async (connection: Connection) =>
  failed(await putDistributionConfig(connection, "E1", "ETAG", "<DistributionConfig/>", never));

describe("what ACM and CloudFront answer", () => {
  const answers: readonly (readonly [
    code: string,
    status: number,
    message: string,
    kind: FailureKind,
    words: RegExp,
  ])[] = [
    [
      "AccessDeniedException",
      400,
      "User: arn:aws:iam::1:user/a is not authorized",
      "denied",
      /^This identity is not authorized to perform acm:ListCertificates\./,
    ],
    [
      "AccessDenied",
      403,
      "not authorized",
      "denied",
      /^This identity is not authorized to perform acm:ListCertificates/,
    ],
    ["SomethingForbidden", 403, "no", "denied", /^This identity is not authorized to perform acm:ListCertificates/],
    ["OptInRequired", 403, "Sign up", "denied", /^The account is not signed up for ACM\.$/],
    [
      "ExpiredTokenException",
      400,
      "The security token included in the request is expired",
      "expired",
      /^The credentials in the environment have expired\./,
    ],
    ["ExpiredToken", 403, "expired", "expired", /^The credentials in the environment have expired\./],
    [
      "UnrecognizedClientException",
      400,
      "The security token included in the request is invalid.",
      "signed-out",
      /^AWS does not recognize the access key\./,
    ],
    [
      "InvalidClientTokenId",
      403,
      "The security token included in the request is invalid.",
      "signed-out",
      /^AWS does not recognize the access key\./,
    ],
    [
      "InvalidSignatureException",
      403,
      "The request signature we calculated does not match",
      "signed-out",
      /^AWS rejected the signature: the secret access key/,
    ],
    [
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match",
      "signed-out",
      /^AWS rejected the signature/,
    ],
    [
      "IncompleteSignatureException",
      403,
      "Credential must have exactly 5 slash-delimited elements",
      "signed-out",
      /^AWS rejected the signature/,
    ],
    [
      "InvalidSignatureException",
      403,
      "Signature expired: 20200101T000000Z is now earlier than",
      "refused",
      /^AWS rejected the request because of its timestamp\. Set the clock/,
    ],
    ["RequestTimeTooSkewed", 403, "The difference is too large", "refused", /Set the clock/],
    ["RequestExpired", 400, "Request has expired", "refused", /Set the clock/],
    ["ThrottlingException", 400, "Rate exceeded", "throttled", /^ACM is throttling requests/],
    ["TooManyRequestsException", 429, "slow down", "throttled", /^ACM is throttling requests/],
    [
      "ResourceNotFoundException",
      400,
      "Could not find certificate",
      "not-found",
      /^ACM reports that the resource does not exist\./,
    ],
    [
      "ValidationException",
      400,
      "1 validation error",
      "refused",
      /^ACM rejected the request \(ValidationException\)\.$/,
    ],
    ["InvalidArgsException", 400, "one or more", "refused", /\(InvalidArgsException\)/],
    ["InternalFailure", 500, "", "unknown", /^ACM returned a server error \(InternalFailure, 500\)\./],
    ["ServiceUnavailable", 503, "busy", "unknown", /^ACM returned a server error \(ServiceUnavailable, 503\)\./],
  ];
  test("is told by what is to be done about it, with AWS's own words beside it", async (t) => {
    let reply: Reply = {};
    await connected(t, () => reply);
    for (const [code, status, message, kind, words] of answers) {
      reply = jsonError(code, message, status);
      const failure = await certificates(await another(t));
      assert.equal(failure.failure, kind, code);
      assert.match(failure.message, words);
      assert.equal(failure.action, "acm:ListCertificates");
      assert.deepEqual([failure.said?.code, failure.said?.status], [code, status]);
      if (message !== "") assert.equal(failure.said?.message, message);
      assert.deepEqual([failure.command, failure.mayHaveApplied], [undefined, undefined]);
    }
  });

  test("of a region that may not be enabled is told as that, and of that region alone", async (t) => {
    let code = "";
    const { connection } = await connected(t, ({ headers }) =>
      /\/us-east-1\/acm\//.test(headers.authorization ?? "")
        ? { headers: { "content-type": "application/x-amz-json-1.1" }, body: '{"CertificateSummaryList":[]}' }
        : jsonError(code, "The security token included in the request is invalid."),
    );
    const arn = "arn:aws:acm:me-south-1:111122223333:certificate/00000000-0000-4000-8000-000000000001";
    for (code of ["UnrecognizedClientException", "InvalidClientTokenId"]) {
      for (const answer of [
        await listCertificates(connection, "me-south-1", undefined, never),
        await describeCertificate(connection, arn, never),
        await getCertificate(connection, arn, never),
      ]) {
        const failure = failed(answer);
        assert.equal(failure.failure, "refused");
        assert.match(
          failure.message,
          /^ACM in me-south-1 does not recognize these credentials, although STS does\. The Region might not be enabled for this account\. .*select other certificate Regions\.$/,
        );
        assert.equal(failure.said?.code, code);
      }
      assert.deepEqual(await listCertificates(connection, "us-east-1", undefined, never), {
        items: [],
        next: undefined,
      });
    }
    code = "ExpiredTokenException";
    assert.equal(failed(await listCertificates(connection, "me-south-1", undefined, never)).failure, "expired");
  });

  const ofCloudFront: readonly (readonly [code: string, status: number, kind: FailureKind, words: RegExp])[] = [
    ["AccessDenied", 403, "denied", /^This identity is not authorized to perform cloudfront:UpdateDistribution/],
    ["PreconditionFailed", 412, "conflict", /^Another update changed it first: .* Nothing was changed\.$/],
    ["InvalidIfMatchVersion", 400, "conflict", /^Another update changed it first/],
    ["NoSuchDistribution", 404, "not-found", /^CloudFront reports that the resource does not exist\./],
    ["NoSuchOrigin", 404, "refused", /^CloudFront rejected the request \(NoSuchOrigin\)\.$/],
    ["EntityNotFound", 404, "refused", /\(EntityNotFound\)/],
    ["InvalidArgument", 400, "refused", /\(InvalidArgument\)/],
    ["IllegalUpdate", 400, "refused", /\(IllegalUpdate\)/],
    ["InvalidViewerCertificate", 400, "refused", /\(InvalidViewerCertificate\)/],
    ["CNAMEAlreadyExists", 409, "refused", /\(CNAMEAlreadyExists\)/],
    ["SomethingNew", 400, "refused", /\(SomethingNew\)/],
    ["ExpiredToken", 403, "expired", /^The credentials in the environment have expired/],
    ["InvalidClientTokenId", 403, "signed-out", /^AWS does not recognize the access key/],
    ["SignatureDoesNotMatch", 403, "signed-out", /^AWS rejected the signature/],
  ];
  test("to a change is told with whether it was applied", async (t) => {
    let reply: Reply = {};
    const { connection, stub } = await connected(t, () => reply);
    for (const [code, status, kind, words] of ofCloudFront) {
      reply = xmlError(code, "Because of &lt;that&gt;.", status);
      const failure = await put(connection);
      assert.deepEqual(
        [failure.failure, failure.said, failure.mayHaveApplied],
        [kind, { code, message: "Because of <that>.", status }, undefined],
        code,
      );
      assert.match(failure.message, words);
    }
    assert.equal(stub.requests.filter(({ method }) => method === "PUT").length, ofCloudFront.length);
  });

  test("loses what was signed, and credentials", async (t) => {
    let reply: Reply = {};
    const { connection } = await connected(t, () => reply, { AWS_SESSION_TOKEN: "T0KENT0KEN" });
    reply = xmlError(
      "SignatureDoesNotMatch",
      "The signature does not match.\n\nThe Canonical String for this request should have been\n'GET\n/\nx-amz-security-token:T0KENT0KEN\n'",
      403,
    );
    assert.equal((await distributions(connection)).said?.message, "The signature does not match.");
    reply = xmlError(
      "InvalidArgument",
      "Not with AKIAIOSFODNN7EXAMPLE, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, T0KENT0KEN, x-amz-security-token: abc, Signature=123",
      400,
    );
    assert.equal(
      (await distributions(connection)).said?.message,
      "Not with AKIA…, …, …, x-amz-security-token: …, Signature=…",
    );
  });
});

describe("tries", () => {
  test("are four for too many requests and for AWS's own faults, and the throttled ones are told", async (t) => {
    let code = "ThrottlingException";
    const { connection, stub, throttled } = await connected(t, () =>
      jsonError(code, "Rate exceeded", code === "ThrottlingException" ? 400 : 500),
    );
    await certificates(connection);
    assert.equal(stub.requests.length, 1 + 4);
    assert.deepEqual(
      throttled,
      Array.from({ length: 3 }, () => "acm:ListCertificates"),
    );
    code = "InternalFailure";
    await certificates(connection);
    assert.equal(stub.requests.length, 1 + 8);
    assert.equal(throttled.length, 3);
  });

  test("end with the one that goes well", async (t) => {
    const { connection, throttled } = await connected(t, (_, index) =>
      index < 2
        ? jsonError("ThrottlingException", "Rate exceeded")
        : { headers: { "content-type": "application/x-amz-json-1.1" }, body: '{"CertificateSummaryList":[]}' },
    );
    assert.deepEqual(await listCertificates(connection, "us-east-1", undefined, never), { items: [], next: undefined });
    assert.deepEqual(throttled, ["acm:ListCertificates", "acm:ListCertificates"]);
  });

  test("are one for what was refused, or where it is slow to connect", async (t) => {
    const { connection, stub } = await connected(t, () => jsonError("ValidationException", "no"));
    await certificates(connection);
    assert.equal(stub.requests.length, 1 + 1);
  });
});

describe("an answer of something else", () => {
  const html = { "content-type": "text/html; charset=utf-8" };
  const strangers: readonly (readonly [Reply, FailureKind, RegExp])[] = [
    [
      { status: 200, headers: html, body: "<html><body>Welcome</body></html>" },
      "wrong-endpoint",
      /^Unexpected response from http:\/\/127\.0\.0\.1:\d+ \(200, text\/html\): this may not be (ACM|CloudFront)\. Check the endpoint\.$/,
    ],
    [{ status: 200, headers: html, body: "<!DOCTYPE html><br>" }, "wrong-endpoint", /this may not be/],
    [{ status: 404, headers: html, body: "<h1>Not Found</h1>" }, "wrong-endpoint", /\(404, text\/html\)/],
    [{ status: 404, headers: {}, body: "" }, "wrong-endpoint", /\(404\)/],
    [{ status: 403, headers: html, body: "<h1>Forbidden</h1>" }, "wrong-endpoint", /\(403, text\/html\)/],
    [
      { status: 500, headers: { "content-type": "application/json" }, body: '{"detail":"oops"}' },
      "wrong-endpoint",
      /\(500, application\/json\)/,
    ],
    [{ status: 502, headers: html, body: "<h1>Bad Gateway</h1>" }, "wrong-endpoint", /\(502, text\/html\)/],
    [{ status: 407, headers: html, body: "<h1>Proxy</h1>" }, "offline", /^The proxy requires authentication \(407\)\./],
    [{ status: 301, headers: { location: "https://example.com/" }, body: "" }, "wrong-endpoint", /\(301\)/],
    [
      { status: 200, headers: { "content-type": "text/xml" }, body: "<Other/>" },
      "wrong-endpoint",
      /\(200, text\/xml\)/,
    ],
  ];
  test("is told as that, without what it says", async (t) => {
    let reply: Reply = {};
    await connected(t, () => reply);
    for (const [stranger, kind, words] of strangers) {
      reply = stranger;
      const connection = await another(t);
      for (const failure of [
        await distributions(connection),
        ...(stranger.body === "<Other/>" ? [] : [await certificates(connection)]),
      ]) {
        assert.deepEqual(
          [failure.failure, failure.said, failure.mayHaveApplied],
          [kind, undefined, undefined],
          JSON.stringify([stranger, failure]),
        );
        assert.match(failure.message, words);
        assert.doesNotMatch(failure.message, /Welcome|Bad Gateway|detail|Deserialization/);
      }
    }
  });

  test("is short, however much it says", async (t) => {
    let reply: Reply = {};
    const { connection } = await connected(t, () => reply);
    const much = '<p>Blocked by <code>policy</code>, "code": 7</p>'.repeat(20_000);
    for (const status of [200, 403, 404, 502]) {
      reply = { status, headers: html, body: `<html>${much}</html>` };
      for (const failure of [await distributions(connection), await certificates(connection)]) {
        assert.equal(failure.failure, "wrong-endpoint", JSON.stringify([status, failure]).slice(0, 1000));
        assert.ok(JSON.stringify(failure).length < 500);
      }
    }
    reply = jsonError("ValidationException", "1 error: ".repeat(100_000));
    const failure = await certificates(connection);
    assert.equal(failure.message, "ACM rejected the request (ValidationException).");
    assert.match(failure.said?.message ?? "", /^1 error: .{1980,1991}…$/);
    reply = jsonError("X".repeat(10_000), "no");
    assert.ok(JSON.stringify(await certificates(connection)).length < 500);
  });

  test("is empty where ACM would say a list, and a distribution", async (t) => {
    const { connection } = await connected(t, () => ({ body: "{}", headers: { "content-type": "application/json" } }));
    assert.equal((await certificates(connection)).failure, "wrong-endpoint");
    assert.equal(failed(await getDistribution(connection, "E1", never)).failure, "wrong-endpoint");
  });

  test("on the way to AWS's own endpoints is told as a proxy or a portal", () => {
    const asked = { action: "acm:ListCertificates", source: undefined, endpoint: undefined };
    const answered = (statusCode: number, contentType: string) =>
      failureOf(
        Object.assign(new Error("x"), {
          $response: { statusCode, headers: { "content-type": contentType }, body: "<html>" },
        }),
        asked,
      );
    assert.deepEqual(answered(200, "text/html"), {
      failure: "wrong-endpoint",
      message:
        "Unexpected response instead of one from ACM (200, text/html). It might come from a proxy or from a sign-in page of the network.",
      action: "acm:ListCertificates",
    });
    assert.deepEqual(answered(503, "text/html"), {
      failure: "unknown",
      message: "ACM, or an intermediary such as a proxy, failed (503, text/html). Try again later.",
      action: "acm:ListCertificates",
    });
  });

  test("to a change leaves open what became of it, unless it was a refusal", async (t) => {
    let reply: Reply = {};
    const { connection } = await connected(t, () => reply);
    for (const [status, may] of [
      [200, true],
      [502, true],
      [403, undefined],
      [407, undefined],
    ] as const) {
      reply = { status, headers: html, body: "<p>Hello</p>" };
      const failure = await put(connection);
      assert.equal(failure.mayHaveApplied, may, String(status));
      assert.equal(/It is unknown whether the change was applied/.test(failure.message), may === true);
    }
  });
});

describe("what is no list of tags", () => {
  test("is not taken for a list without any, as if nobody owned the distribution", async (t) => {
    let body = "";
    const { connection } = await connected(t, () => ({ headers: { "content-type": "text/xml" }, body }));
    const tags = () => distributionTags(connection, "arn:aws:cloudfront::1:distribution/E1", never);
    for (const other of [
      "",
      "<Tags></Tags>",
      "<Tags/>",
      "<html><body>Welcome</body></html>",
      "<Other><Items/></Other>",
      "<Other><Items><Tag><Key>a</Key></Tag></Items></Other>",
      "<Tags><Items>a</Items></Tags>",
      "<Tags><Items><Other/></Items></Tags>",
      "<Tags><Items><Tag><Value>a</Value></Tag></Items></Tags>",
      "<Tags><Items/><Items/></Tags>",
      "{}",
    ]) {
      body = other;
      assert.equal(failed(await tags()).failure, "wrong-endpoint", other);
    }
    for (const [list, found] of [
      ["<Tags><Items/></Tags>", []],
      [
        '<?xml version="1.0"?>\n<Tags xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Items></Items></Tags>',
        [],
      ],
      [
        "<Tags>\n<Items>\n<Tag><Key>a</Key><Value>b</Value></Tag>\n<Tag><Key>c</Key></Tag>\n</Items>\n</Tags>",
        [
          ["a", "b"],
          ["c", ""],
        ],
      ],
    ] as const) {
      body = list;
      const answer = await tags();
      assert.ok(!isFailure(answer), list);
      assert.deepEqual([...answer], found);
    }
  });
});

describe("no answer", () => {
  const asked = { action: "cloudfront:ListDistributions", source: undefined, endpoint: undefined };
  const request = { method: "GET", protocol: "https:", hostname: "cloudfront.amazonaws.com", path: "/", headers: {} };
  const lost = (
    code: string | undefined,
    more: {
      readonly viaProxy?: boolean;
      readonly waited?: number;
      readonly sent?: boolean;
      readonly attempt?: number;
    } = {},
  ) =>
    new NoAnswer(
      { ...request, headers: { "amz-sdk-request": `attempt=${more.attempt ?? 1}; max=4` } },
      { code, sent: false, viaProxy: false, ...more },
    );

  test("is told by its cause", () => {
    const causes: readonly (readonly [NoAnswer, FailureKind, RegExp])[] = [
      [lost("ENOTFOUND"), "offline", /^Could not resolve the name cloudfront\.amazonaws\.com\./],
      [lost("EAI_AGAIN"), "offline", /^Could not resolve/],
      [lost("ECONNREFUSED"), "offline", /^cloudfront\.amazonaws\.com refused the connection\./],
      [lost("ENETUNREACH"), "offline", /Check whether this machine is online\.$/],
      [
        lost("ECONNECTTIMEOUT", { waited: 5000 }),
        "offline",
        /^Could not connect to cloudfront\.amazonaws\.com within 5 seconds\./,
      ],
      [lost("ETIMEDOUT", { waited: 30_000 }), "offline", /did not respond within 30 seconds\./],
      [
        lost("ENOANSWER", { waited: 15_000, attempt: 2 }),
        "offline",
        /^cloudfront\.amazonaws\.com did not respond after 2 attempts; the last one timed out after 15 seconds\./,
      ],
      [lost("ETIMEDOUT"), "offline", /^Could not connect to cloudfront\.amazonaws\.com\./],
      [lost("ECONNRESET"), "offline", /was interrupted \(ECONNRESET\)/],
      [lost(undefined), "offline", /was interrupted \(no reason given\)/],
      [lost("ECONNREFUSED", { viaProxy: true }), "offline", /through the proxy\. Check the proxy settings/],
      [lost("SELF_SIGNED_CERT_IN_CHAIN"), "offline", /is not trusted \(SELF_SIGNED_CERT_IN_CHAIN\)\. .*AWS_CA_BUNDLE/],
      [lost("UNABLE_TO_VERIFY_LEAF_SIGNATURE", { viaProxy: true }), "offline", /AWS_CA_BUNDLE/],
      [lost("DEPTH_ZERO_SELF_SIGNED_CERT"), "offline", /AWS_CA_BUNDLE/],
      [lost("CERT_HAS_EXPIRED"), "offline", /clock/],
      [lost("ERR_TLS_CERT_ALTNAME_INVALID"), "offline", /other names/],
      [lost("ERR_SSL_WRONG_VERSION_NUMBER"), "wrong-endpoint", /does not respond with TLS/],
      [lost("EPROTO"), "wrong-endpoint", /does not respond with TLS/],
      [lost("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"), "offline", /^No TLS connection to cloudfront\.amazonaws\.com/],
      [lost("HPE_INVALID_CONSTANT"), "wrong-endpoint", /does not respond with HTTP/],
      [lost("E2BIG"), "wrong-endpoint", /does not end/],
    ];
    for (const [error, kind, words] of causes) {
      const failure = failureOf(error, asked);
      assert.equal(failure.failure, kind, error.code);
      assert.match(failure.message, words);
      assert.equal(failure.mayHaveApplied, undefined);
    }
    assert.match(
      failureOf(lost("ECONNREFUSED"), { ...asked, endpoint: "http://localhost:1" }).message,
      /^Nothing is listening at cloudfront\.amazonaws\.com\./,
    );
  });

  test("to a change leaves open what became of it where it was sent, and says that nothing was where it was not", () => {
    const change = { ...asked, isChange: true };
    assert.equal(failureOf(lost("ECONNRESET", { sent: true }), change).mayHaveApplied, true);
    assert.match(
      failureOf(lost("ETIMEDOUT", { sent: true, waited: 30_000 }), change).message,
      /It is unknown whether the change was applied\. Check the distribution before you try again\.$/,
    );
    // A damaged answer: the request was sent, and whose certificate it is was known by then.
    for (const code of ["ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "ERR_SSL_WRONG_VERSION_NUMBER", "EPROTO"]) {
      const failure = failureOf(lost(code, { sent: true }), change);
      assert.deepEqual([failure.failure, failure.mayHaveApplied], ["offline", true], code);
      assert.match(failure.message, /^The connection to cloudfront\.amazonaws\.com was interrupted/);
    }
    assert.equal(failureOf(lost("EPROTO", { sent: true, viaProxy: true }), change).mayHaveApplied, true);
    assert.equal(failureOf(lost("ECONNREFUSED"), change).mayHaveApplied, undefined);
    assert.equal(
      failureOf(lost("SELF_SIGNED_CERT_IN_CHAIN", { sent: true, viaProxy: true }), change).mayHaveApplied,
      undefined,
    );
  });

  test("is told from the wire: nobody listens, the connection breaks off, TLS is not trusted", async (t) => {
    const { connection, stub } = await connected(t, ({ drop }) => void drop());
    const failure = await certificates(connection);
    assert.deepEqual([failure.failure, stub.requests.length], ["offline", 1 + 4]);
    assert.match(failure.message, /^The connection to 127\.0\.0\.1:\d+ was interrupted \(ECONNRESET\)\. Try again\.$/);
  });
});

describe("what is no answer at all", () => {
  const asked = { action: "cloudfront:ListDistributions", source: undefined, endpoint: undefined, secrets: ["S3CRET"] };
  test("is one line, without credentials", () => {
    assert.deepEqual(failureOf(new Error("No S3CRET here\n  at line 2"), asked), {
      failure: "unknown",
      message: "Could not call CloudFront: No … here",
    });
    assert.deepEqual(failureOf("text", asked), { failure: "unknown", message: "Could not call CloudFront: text" });
    assert.deepEqual(failureOf(undefined, asked).failure, "unknown");
  });
});
