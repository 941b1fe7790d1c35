import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkTrustStoreId, type Suppression, shownProblems } from "../../src/core/judging.ts";
import { finish } from "../../src/core/steps.ts";
import { context, onFault, problemsOf, readText, withSeverities } from "./checking.ts";

const rule = "origin/client-certificate-region";

function origin(id: string) {
  return {
    Id: id,
    DomainName: `${id}.example.com`,
    CustomOriginConfig: {
      HTTPPort: 80,
      HTTPSPort: 443,
      OriginProtocolPolicy: "https-only",
      OriginMtlsConfig: {
        ClientCertificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
      },
    },
  };
}

const facts = readText(JSON.stringify({ Origins: { Quantity: 2, Items: [origin("a"), origin("b")] } }));

function shown(...hidden: readonly Omit<Suppression, "path">[]): (string | undefined)[] {
  const judging = { context, onFault, hidden: hidden.map((one) => ({ ...one, path: "config.json" })) };
  return finish(shownProblems(facts, judging))
    .filter((problem) => problem.rule.id === rule)
    .map((problem) => problem.origin);
}

describe("what is shown of what the rules find", () => {
  test("is all, where nothing is hidden", () => {
    assert.deepEqual(shown(), ["a", "b"]);
    assert.deepEqual(finish(shownProblems(facts, { context, onFault, hidden: [] })), problemsOf(facts));
  });

  test("is not what is hidden, of one origin or of all, and nothing else is hidden", () => {
    assert.deepEqual(shown({ rule, origin: "a" }), ["b"]);
    assert.deepEqual(shown({ rule, origin: "c" }), ["a", "b"]);
    assert.deepEqual(shown({ rule, certificate: "0A" }), ["a", "b"], "of a certificate of that number");
    assert.deepEqual(shown({ rule: "origin/mtls-host" }), ["a", "b"]);
    assert.deepEqual(shown({ rule }), []);
  });
});

describe("a trust store's ID that is not in the document yet", () => {
  const judged = (id: string, given = context) =>
    checkTrustStoreId(id, "required", { context: given, onFault }).map(
      ({ rule: { id: found }, severity }) => `${severity} ${found}`,
    );

  test("is judged by the rule about it alone", () => {
    assert.deepEqual(judged("ts_0123456789"), []);
    assert.deepEqual(judged(""), ["error viewer-mtls/trust-store-id"]);
    assert.deepEqual(judged("<trust store id>"), ["warning viewer-mtls/trust-store-id"]);
  });

  test("is judged whatever the settings hide", () => {
    assert.deepEqual(judged("", withSeverities({ "viewer-mtls/trust-store-id": "off" })), [
      "error viewer-mtls/trust-store-id",
    ]);
  });
});
