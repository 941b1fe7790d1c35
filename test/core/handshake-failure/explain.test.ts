import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { originClientFitness } from "../../../src/core/client-certificate/fitness.ts";
import { configOf } from "../../../src/core/facts.ts";
import { type AtHand, configAtHand, explain } from "../../../src/core/handshake-failure/explain.ts";
import { recognise } from "../../../src/core/handshake-failure/recognise.ts";
import { failureSentences } from "../../../src/core/messages/handshake-failure/sentences.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { answerAcceptance } from "../../../src/platform/node/acceptance.ts";
import { SignatureChecker } from "../../../src/platform/node/crypto.ts";
import { readText } from "../checking.ts";
import * as der from "../x509/der-writer.ts";
import { createCa, createChain, createLeaf, type Issued } from "../x509/pki.ts";
import { messages } from "./messages.ts";

const now = new Date("2026-01-01T00:00:00Z");
const [forClients, intermediate, root] = createChain();

function clientOf({ certificate }: Issued): NonNullable<AtHand["client"]> {
  return { name: "client.pem", certificate, fitness: originClientFitness([certificate], now) };
}

async function storeOf(
  client: Issued,
  presented: readonly Issued[],
  store: readonly Issued[],
): Promise<AtHand["store"]> {
  const of = (issued: readonly Issued[]) => issued.map(({ certificate }) => certificate);
  const question = { client: client.certificate, presented: of(presented), store: of(store), at: now };
  const answer = await answerAcceptance(question, { checker: new SignatureChecker() });
  assert.ok(answer !== undefined);
  return { name: "store.pem", answer };
}

function explained(message: string, atHand: AtHand = {}) {
  const [failure, another] = recognise(message);
  assert.ok(failure !== undefined && another === undefined, message);
  return explain(failure, atHand);
}

const seen = (message: string, atHand: AtHand): readonly string[] =>
  explained(message, atHand).seen.map((reason) => tell(reason, failureSentences));
const unknownCa = "SSL alert number 48";

describe("an explanation", () => {
  test("says of every message who refuses, at which step, why, and what to do", () => {
    for (const [message] of messages) {
      const { what, who, step, causes, actions } = explained(message);
      for (const reason of [what, who, step, ...causes, ...actions])
        assert.match(tell(reason, failureSentences), /^[A-Z].*[.:]$/, reason.code);
      assert.ok(causes.length > 0 && actions.length > 0, message);
      assert.equal(new Set(causes.map(({ code }) => code)).size, causes.length);
    }
  });

  test("is about the certificate of the side that did not refuse", () => {
    const code = (message: string) => explained(message).what.code;
    assert.equal(code("curl: (35) SSL alert number 48"), "failure:what-untrusted-issuer-of-client");
    assert.equal(
      code("http: TLS handshake error from 192.0.2.1:1: remote error: tls: unknown certificate authority"),
      "failure:what-untrusted-issuer-of-server",
    );
    assert.equal(code("code: 'CERT_HAS_EXPIRED'"), "failure:what-expired-of-server");
  });

  test("says where a log of AWS does not tell which service wrote it", () => {
    assert.equal(explained("Failed:ClientCertMissing").who.code, "failure:who-cloudfront");
    assert.equal(explained("Failed:ClientCertCrlHit").who.code, "failure:who-alb");
    assert.equal(explained("Failed:ClientCertExpired").who.code, "failure:who-cloudfront-or-alb");
  });

  test("leaves no sentence unused", () => {
    const sources = messages.flatMap(([message]) => {
      const { what, who, step, otherwise, causes, actions } = explained(message);
      return [what, who, step, ...(otherwise === undefined ? [] : [otherwise]), ...causes, ...actions];
    });
    const used = new Set<string>(sources.map(({ code }) => code));
    const unused = Object.keys(failureSentences).filter(
      (code) => !used.has(code) && !/^failure:(seen|what)-/.test(code),
    );
    assert.deepEqual(unused, []);
  });
});

describe("what is at hand", () => {
  test("says what the trust store lacks", async () => {
    const store = await storeOf(forClients, [], [createCa({ subject: "CN=Another CA" })]);
    const said = seen(unknownCa, { client: clientOf(forClients), store });
    assert.match(said.join("\n"), /The trust store “store\.pem” does not accept “.+” of “client\.pem”\./);
    assert.ok(said.length >= 3, said.join("\n"));
    assert.match(said.at(-1) ?? "", /issuer|trust store/i);
  });

  test("says that the trust store accepts the client, so that something else is used", async () => {
    const store = await storeOf(forClients, [intermediate], [root]);
    assert.match(
      seen(unknownCa, { client: clientOf(forClients), store }).join("\n"),
      /accepts .* may use another trust store/,
    );
  });

  test("says what the service lacks that refused", async () => {
    const client = clientOf(forClients);
    // API Gateway needs the whole chain in the truststore, whatever the client sends.
    const store = await storeOf(forClients, [intermediate], [root]);
    assert.match(seen('{"message":"Forbidden"}', { client, store }).join("\n"), /does not accept .*\n.*API Gateway/);
    assert.match(seen("Failed:OcspDenied", { client, store }).join("\n"), /accepts|not certain/);
  });

  test("says since when a certificate has expired, and what it is not for", () => {
    const old = createLeaf({ issuer: intermediate, parts: { notAfter: "20250601000000Z" } });
    const said = seen("SSL alert number 45", { client: clientOf(old) }).join("\n");
    assert.match(said, /About the client certificate/);
    assert.match(said, /expired/);
    const forServers = createLeaf({ issuer: intermediate, only: [der.extendedKeyUsage(der.serverAuth)] });
    assert.match(seen("SSL alert number 43", { client: clientOf(forServers) }).join("\n"), /clientAuth/);
  });

  test("says that nothing is wrong with a certificate", () => {
    assert.match(
      seen(unknownCa, { client: clientOf(forClients) }).join("\n"),
      /is valid now and is for client authentication\.$/,
    );
  });

  test("says nothing of the client where the client refused the server", () => {
    assert.deepEqual(seen("code: 'CERT_HAS_EXPIRED'", { client: clientOf(forClients) }), []);
  });

  test("says which origins have no mTLS, where an origin may ask for it", () => {
    const origin = (id: string, more = "") =>
      `{"Id":"${id}","DomainName":"${id}.example","CustomOriginConfig":{"HTTPPort":80,"HTTPSPort":443,"OriginProtocolPolicy":"https-only"${more}}}`;
    const on = ',"OriginMtlsConfig":{"ClientCertificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/x"}';
    const config = (...origins: readonly string[]) => {
      const found = configOf(
        readText(
          `{"CallerReference":"1","Comment":"","Enabled":true,"Origins":{"Quantity":${origins.length},"Items":[${origins.join()}]},"DefaultCacheBehavior":{"TargetOriginId":"one","ViewerProtocolPolicy":"https-only"}}`,
        ),
      );
      assert.ok(found !== undefined);
      return configAtHand("site.json", found);
    };
    const page = "CloudFront wasn't able to connect to the origin.";
    const off = seen(page, { configs: [config(origin("one"), origin("two", on))] });
    assert.deepEqual(off, [
      "In “site.json”, origin mTLS is not set for: one. CloudFront drops requests to an origin that asks for a certificate while mTLS is unset.",
    ]);
    assert.deepEqual(seen(page, { configs: [config(origin("one", on))] }), [
      "In “site.json”, origin mTLS is set for: one.",
    ]);
    assert.deepEqual(seen("code: 'CERT_HAS_EXPIRED'", { configs: [config(origin("one"))] }), []);
    // Viewers, not origins.
    assert.deepEqual(seen("Failed:ClientCertMissing", { configs: [config(origin("one"))] }), []);
  });
});
