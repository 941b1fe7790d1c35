import * as assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { answerAcceptance } from "../../../src/platform/node/acceptance.ts";
import { SignatureChecker } from "../../../src/platform/node/crypto.ts";
import { createCa, createChain, createLeaf, keysOf } from "../../core/x509/pki.ts";

const at = new Date("2026-06-01T00:00:00Z");

test("answers for all services in one go, and verifies nothing twice", async () => {
  const [client, intermediate, root] = createChain();
  const checker = new SignatureChecker();
  const question = { client: client.certificate, presented: [intermediate.certificate], store: [root.certificate], at };
  const answer = await answerAcceptance(question, { checker });
  assert.equal(answer?.rfc5280.verdict, "accepted");
  assert.equal(answer?.byTarget.cloudfront.verdict, "accepted");
  assert.equal(checker.of(intermediate.certificate, client.certificate), "valid");
  assert.deepEqual(await answerAcceptance(question, { checker }), answer);
});

test("says nothing where it is aborted, before or on the way", async () => {
  const root = createCa({ keys: keysOf("p256", 1) });
  const client = createLeaf({ issuer: root, only: [] });
  const store = Array.from(
    { length: 400 },
    (_, index) => createCa({ keys: keysOf("p256", 2 + (index % 8)), subject: "CN=Root CA" }).certificate,
  );
  const question = { client: client.certificate, presented: [], store, at };
  assert.equal(
    await answerAcceptance(question, { checker: new SignatureChecker(), signal: AbortSignal.abort() }),
    undefined,
  );
  const controller = new AbortController();
  const answering = answerAcceptance(question, {
    checker: new SignatureChecker(),
    signal: controller.signal,
    slice: 0,
  });
  await setImmediate();
  controller.abort();
  assert.equal(await answering, undefined);
});

test("lets others have their turn, each step of a slice being one signature at most", async () => {
  const root = createCa({ keys: keysOf("p256", 1) });
  const client = createLeaf({ issuer: root, only: [] });
  const store = Array.from({ length: 20 }, (_, index) => createCa({ keys: keysOf("p256", 2 + index) }).certificate);
  let turns = 0;
  let isDone = false;
  const counting = (async () => {
    for (; !isDone; turns++) await setImmediate();
  })();
  const answer = await answerAcceptance(
    { client: client.certificate, presented: [], store, at },
    { checker: new SignatureChecker(), slice: 0 },
  );
  isDone = true;
  await counting;
  assert.equal(answer?.rfc5280.verdict, "refused");
  assert.equal(answer?.rfc5280.work.signatures, 20);
  assert.ok(turns >= 20, `${turns} turns for others`);
});
