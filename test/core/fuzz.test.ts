// Damaged certificates and texts, made at random: nothing throws, and what comes out is in proportion to what went in.
// Where all properties run long (test/randomly.ts), 100,000 of each are tried.

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { textOf } from "../../src/core/facts.ts";
import { fixAll } from "../../src/core/fixes.ts";
import { copyOf, inspect } from "../../src/core/messages/inspection/inspect.ts";
import { messageOf } from "../../src/core/messages/tell.ts";
import { read, reread } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import { type Bundle, bundleOfDer } from "../../src/core/x509/bundle/bundle.ts";
import { noVerdicts } from "../../src/core/x509/path/verdicts.ts";
import { SignatureChecker, sha256 } from "../../src/platform/node/crypto.ts";
import { holds } from "../randomly.ts";
import { context, onFault } from "./checking.ts";
import { type Bytes, concat, integer, oid, request, sequence } from "./x509/der-writer.ts";
import { createCa, createChain, createLeaf, keysOf, pkcs7 } from "./x509/pki.ts";

const [leaf, intermediate, root] = createChain();
const rsa = createLeaf({ keys: "rsa2048", issuer: createCa({ keys: "rsa2048" }) });
const pss = createCa({ keys: "rsa2048", pss: { hash: "sha256", saltLength: 32 } });
const old = createCa({ parts: { version: 0 }, only: [] });
const ders: readonly Bytes[] = [leaf, intermediate, root, rsa, pss, old, createCa({ keys: keysOf("ed25519") })]
  .map(({ der }) => der)
  .concat([request(), pkcs7([leaf.der, root.der]), sequence(integer(1), oid("1.2.3"))]);
const key = "-----BEGIN PRIVATE KEY-----\nTk9UIEEgS0VZLCBOT1QgQSBLRVk=\n-----END PRIVATE KEY-----\n";
const pems: readonly string[] = [
  leaf.pem + intermediate.pem + root.pem,
  `# mtls: target=origin\n${rsa.pem}${key}`,
  `${root.pem}\n\n${root.pem}# a comment\r\n${old.pem.replaceAll("\n", "\r\n")}`,
  `${leaf.pem.trimEnd()}${root.pem.trimEnd()}`,
];

/** What goes wrong with bytes: one is another, some are missing, some come twice, a length lies. */
const damages = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("flip" as const), at: fc.nat(), value: fc.nat(255) }),
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), value: fc.nat(40) }),
    fc.record({ kind: fc.constant("repeat" as const), at: fc.nat(), value: fc.nat(400) }),
    fc.record({
      kind: fc.constant("length" as const),
      at: fc.nat(),
      value: fc.constantFrom(0x80, 0x81, 0x82, 0x84, 0x89, 0xff),
    }),
  ),
  { minLength: 1, maxLength: 4 },
);
type Damage = typeof damages extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function damaged(der: Bytes, { kind, at, value }: Damage): Bytes {
  const place = der.length === 0 ? 0 : at % der.length;
  switch (kind) {
    case "flip":
      return concat(der.subarray(0, place), [value], der.subarray(place + 1));
    case "cut":
      return concat(der.subarray(0, place), der.subarray(place + value));
    case "repeat":
      return concat(der.subarray(0, place + value), der.subarray(place));
    case "length":
      return concat(der.subarray(0, place + 1), [value], der.subarray(place + 2));
  }
}

const pieces = [
  "-----BEGIN CERTIFICATE-----",
  "-----END CERTIFICATE-----",
  "-----BEGIN ",
  "-----",
  "----",
  "\u2014",
  "=",
  "==",
  "\n",
  "\r\n",
  "\n\n",
  " ",
  "\t",
  "A",
  "é",
  "#",
  "# mtls: target=trust-store\n",
  "${x}",
  "\ufeff",
  "\u0000",
];
const edits = fc.array(
  fc.record({ at: fc.nat(), length: fc.oneof(fc.nat(3), fc.nat(300)), text: fc.constantFrom("", ...pieces) }),
  { minLength: 1, maxLength: 5 },
);

/** Everything that is done with a bundle. */
function useAll(bundle: Bundle, size: number): void {
  const checker = new SignatureChecker();
  const problems = check(
    { kind: "bundle", name: "fuzz.pem", encoding: "utf8", bundle },
    { ...context, signatures: checker },
    onFault,
  );
  const text = bundle.pem.text;
  for (const { at, related = [], fixes = [] } of problems) {
    for (const span of [
      at,
      ...related.map((other) => other.at),
      ...fixes.flatMap(({ changes }) =>
        changes.flatMap((change) => (change.kind === "rewrite" ? [change.edit.span] : [])),
      ),
    ]) {
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, "a place outside the text");
    }
  }
  const inspection = inspect({
    name: "fuzz.pem",
    bundle,
    isText: true,
    problems: new Map(),
    now: context.now,
    verdicts: noVerdicts,
    sha256,
    soon: 30,
  });
  const told = JSON.stringify([
    problems.map(messageOf),
    inspection,
    inspection.cards.flatMap(({ id }) => [copyOf(bundle, id, "json", sha256), copyOf(bundle, id, "text", sha256)]),
  ]);
  assert.ok(told.length < 100 * size + 10_000, `${told.length} characters about ${size}`);
}

describe("damaged at random", () => {
  test("certificates, requests and PKCS#7 are read as far as they can be", () => {
    holds(
      fc.property(fc.constantFrom(...ders), damages, (der, list) => {
        const bytes = list.reduce(damaged, der);
        useAll(bundleOfDer(bytes), bytes.length);
      }),
      300,
      100_000,
    );
  });

  test("texts are read as far as they can be, edit by edit as at once, and mended without harm", () => {
    holds(
      fc.property(fc.constantFrom(...pems), edits, (pem, list) => {
        let facts = read({ text: pem, syntax: "pem", name: "fuzz.pem" });
        for (const { at, length, text } of list) {
          const start = at % (textOf(facts).length + 1);
          facts = reread(facts, [{ span: { start, end: Math.min(start + length, textOf(facts).length) }, text }]);
        }
        const again = read({ text: textOf(facts), syntax: "pem", name: "fuzz.pem" });
        const told = (other: typeof facts) =>
          check(other, context, onFault).map((one) => ({ at: one.at, rule: one.rule.id, message: messageOf(one) }));
        assert.deepEqual(told(facts), told(again));
        useAll(facts.bundle, textOf(facts).length);
        const fixed = fixAll(facts, context, onFault).text;
        assert.equal(fixAll(read({ text: fixed, syntax: "pem", name: "fuzz.pem" }), context, onFault).applied, 0);
      }),
      300,
      100_000,
    );
  });
});
