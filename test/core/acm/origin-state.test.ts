import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type OriginState, originState, usersOf } from "../../../src/core/acm/origin-state.ts";
import type { LiveDistribution, LiveOrigin } from "../../../src/core/inventory.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { arnOf, behavior, certificate, daysFromNow, distribution, inventory, now, origin } from "./inventory.ts";

const held = inventory({
  certificates: [
    certificate(),
    certificate({ arn: arnOf(2), notAfter: daysFromNow(-3), keyAlgorithm: "RSA_4096" }),
    certificate({ arn: arnOf(3), type: "PRIVATE" }),
  ],
  absent: [arnOf(4), arnOf(4, { owner: "210987654321" })],
});

function state(difference: Partial<LiveOrigin>, around: Partial<LiveDistribution> = {}) {
  const one = origin(difference);
  return told(originState(one, distribution({ origins: [one], ...around }), held, now));
}

/** With its reasons in words. */
function told(found: OriginState) {
  switch (found.state) {
    case "broken":
      return { state: found.state, reasons: found.reasons.map((reason) => tell(reason)) };
    case "cannot":
      return { state: found.state, reason: tell(found.reason) };
    default:
      return found;
  }
}

describe("mTLS of an origin", () => {
  test("is off, and may not be possible at all", () => {
    assert.deepEqual(state({}), { state: "off" });
    assert.deepEqual(state({ protocolPolicy: "http-only" }), { state: "off" });
    for (const [difference, reason] of [
      [{ kind: "s3" }, "S3 origins do not support origin mTLS."],
      [{ kind: "vpc" }, "VPC origins do not support origin mTLS."],
      [{ kind: "unknown" }, "The origin has no CustomOriginConfig."],
      [{ domainName: "site.s3-website-us-east-1.amazonaws.com" }, "S3 website endpoints support HTTP only."],
      [
        { domainName: "abc123.execute-api.us-east-1.amazonaws.com" },
        "The default endpoint of an API never requests a client certificate.",
      ],
      [
        { domainName: "abc123.lambda-url.us-east-1.on.aws" },
        "A Lambda function URL never requests a client certificate.",
      ],
    ] as const) {
      assert.deepEqual(state(difference), { state: "cannot", reason });
    }
  });

  test("is on with a certificate against which nothing surely speaks", () => {
    assert.deepEqual(state({ clientCertificate: arnOf(1) }), { state: "on" });
    assert.deepEqual(state({ clientCertificate: arnOf(3) }), { state: "on" });
  });

  test("is broken by its certificate, for each sure reason", () => {
    assert.deepEqual(state({ clientCertificate: arnOf(2) }), {
      state: "broken",
      reasons: [
        "The certificate expired 3 days ago.",
        "The key is RSA 4096; CloudFront accepts RSA 2048 or ECDSA P-256.",
      ],
    });
    assert.deepEqual(state({ clientCertificate: arnOf(4) }), {
      state: "broken",
      reasons: ["The certificate does not exist in ACM."],
    });
  });

  test("is not known where its certificate is not", () => {
    assert.deepEqual(state({ clientCertificate: arnOf(5) }), { state: "unverified" });
    assert.deepEqual(state({ clientCertificate: arnOf(4, { owner: "210987654321" }) }), { state: "unverified" });
  });

  test("is broken by how the origin is called", () => {
    const clientCertificate = arnOf(1);
    const reasons = (difference: Partial<LiveOrigin>, around: Partial<LiveDistribution> = {}) => {
      const found = state({ clientCertificate, ...difference }, around);
      return found.state === "broken" ? found.reasons : found.state;
    };
    assert.deepEqual(reasons({ protocolPolicy: "http-only" }), [
      "With http-only, CloudFront does not use TLS to the origin, so mTLS cannot take place.",
    ]);
    assert.equal(reasons({ protocolPolicy: "match-viewer" }), "on");
    assert.deepEqual(reasons({ domainName: "site.s3-website-us-east-1.amazonaws.com", protocolPolicy: "http-only" }), [
      "S3 website endpoints support HTTP only.",
    ]);
    assert.deepEqual(reasons({ clientCertificate: arnOf(5), protocolPolicy: "http-only" }), [
      "With http-only, CloudFront does not use TLS to the origin, so mTLS cannot take place.",
    ]);
    assert.deepEqual(reasons({}, { behaviors: [behavior({ grpc: true })] }), [
      "gRPC is not supported with origin mTLS.",
    ]);
    assert.equal(reasons({}, { behaviors: [behavior({ grpc: true, target: "o2" })] }), "on");
    const groups = { originGroups: [{ id: "g1", members: ["o2", "o1"] }] };
    assert.deepEqual(
      reasons(
        {},
        {
          ...groups,
          behaviors: [
            behavior({ target: "g1", lambdaEvents: ["viewer-request", "origin-request"] }),
            behavior({ pathPattern: "/a", lambdaEvents: ["origin-request"] }),
          ],
        },
      ),
      ["Lambda@Edge on origin-request is not supported with origin mTLS."],
    );
  });
});

test("the users of a certificate are all origins that present it", () => {
  const [first, second] = [
    distribution({
      origins: [
        origin({ clientCertificate: arnOf(1) }),
        origin({ id: "o2" }),
        origin({ id: "o3", clientCertificate: arnOf(2) }),
      ],
    }),
    distribution({ id: "E2", origins: [origin({ clientCertificate: arnOf(1) })] }),
  ];
  const users = usersOf([first, second]);
  assert.deepEqual([...users.keys()], [arnOf(1), arnOf(2)]);
  assert.deepEqual(
    users.get(arnOf(1))?.map((user) => [user.distribution.id, user.origin.id]),
    [
      ["E1", "o1"],
      ["E2", "o1"],
    ],
  );
});
