// What *Remove Certificates a Service Rejects* leaves: the service takes it, or the message names what is against it;
// rules, status and *Show Trust Store Compatibility* agree on it, line by line.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { obstaclesInSteps, obstacleText } from "../../../src/core/messages/compatibility.ts";
import { whatIsLeftInSteps } from "../../../src/core/messages/keep.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { finish } from "../../../src/core/steps.ts";
import { LineIndex } from "../../../src/core/text.ts";
import { bundleFitness, inTheWayInSteps } from "../../../src/core/truststore/fitness.ts";
import { keepOnlyTaken } from "../../../src/core/truststore/keep.ts";
import { type Target, targets } from "../../../src/core/truststore/targets.ts";
import { indexOf } from "../../../src/core/x509/path/chain.ts";
import { signaturePairs } from "../../../src/core/x509/path/pairs.ts";
import { SignatureChecker, sha256 } from "../../../src/platform/node/crypto.ts";
import { holds } from "../../randomly.ts";
import { context, onFault } from "../checking.ts";
import { chains, make, sound } from "./random-chains.ts";
import { rootPem } from "./stores.ts";

/** What a text says of a service: its verdict, the lines of the rules and those of what is in the way. */
function answersOn(text: string, target: Target) {
  const facts = read({ text, syntax: "pem", name: "clients.pem" });
  assert.ok(facts.kind === "bundle");
  const { bundle } = facts;
  const signatures = new SignatureChecker();
  for (const { issuer, subject } of signaturePairs(indexOf(bundle)).pairs) signatures.check(issuer, subject);
  const fitness = bundleFitness(bundle, target, context.now, signatures, { fingerprint: sha256 });
  const problems = check(
    facts,
    { ...context, fingerprint: sha256, purpose: "trust-store", targets: [target], signatures },
    onFault,
  ).filter(({ severity }) => severity !== "info");
  const lines = new LineIndex(text);
  return {
    bundle,
    fitness,
    told: problems.map((problem) => `${lines.at(problem.at.start).line + 1} ${problem.rule.id} ${messageOf(problem)}`),
    obstacles: finish(obstaclesInSteps(bundle, finish(inTheWayInSteps(bundle, fitness)))),
  };
}

/** Rules about nothing else than what a trust store must be; those of the whole file have no line in the list. */
const ofStores =
  /^\d+ (?:trust-store\/|bundle\/(?:private-key|foreign-block|signature|authority-key|issuer-not-ca|path-length)|pem\/(?:unread|boundary)|certificate\/key-usage)/;

const heading = ["\n", "  \n", "# one\n", "# one - two\n", "subject=CN=x\n", "what is left of a block\n", "; a note\n"];
const key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
const unread = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const commentedOut = rootPem().trimEnd().replace(/^/gm, "# ");
const quoted = rootPem().replace(/^(?=.)/gm, "> ");
const body = rootPem().split("\n").slice(1, 4).join("\n");
const between = [
  ...heading,
  key,
  unread,
  `${commentedOut}\n`,
  quoted,
  `${body}\n`,
  rootPem({ version: 1, extensions: [] }),
];

const stores = fc
  .tuple(chains, fc.array(fc.constantFrom("", ...between), { minLength: 6, maxLength: 6 }))
  .map(([chain, some]) => [...make(chain).map(({ pem }, at) => (some[at] ?? "") + pem), some[5] ?? ""].join(""));

describe("what is left of a trust store", () => {
  test("may be a chain of CAs of one name: signatures alone tell how long it is", () => {
    const one = { ...sound, identifier: "none", isSelfIssued: true } as const;
    for (const [length, verdict, line] of [
      [4, "passes", undefined],
      [5, "warned", 1],
    ] as const) {
      const text = make(Array.from({ length }, () => one))
        .map(({ pem }) => pem)
        .toReversed()
        .join("");
      const { fitness, told, obstacles } = answersOn(text, "apigateway");
      assert.equal(fitness.verdict, verdict);
      assert.deepEqual(
        obstacles.flatMap(({ places }) => places.map((place) => place.line)),
        line === undefined ? [] : [line],
      );
      assert.equal(
        told.filter((said) => said.startsWith(`${line} trust-store/chain-length `)).length,
        obstacles.length,
      );
    }
  });

  test("passes, or the message names it; and rules and status agree on it, line by line", (t) => {
    const counts: Record<string, number> = {};
    holds(
      fc.property(stores, (text) => {
        for (const target of targets) {
          const kept = keepOnlyTaken(answersOn(text, target).bundle, target);
          const { bundle, fitness, told, obstacles } = answersOn(kept.text, target);
          const where = () => `${target}\n${kept.text}\n${told.join("\n")}\n${JSON.stringify(obstacles, undefined, 1)}`;
          counts[`${target} ${fitness.verdict}`] = (counts[`${target} ${fitness.verdict}`] ?? 0) + 1;
          for (const isChanged of [true, false]) {
            const left = finish(whatIsLeftInSteps(bundle, fitness, target, { file: "clients.pem", isChanged }));
            assert.equal(fitness.verdict === "passes", left.details.length === 0, where());
            assert.deepEqual(left.details.slice(0, 8), obstacles.slice(0, 8).map(obstacleText), where());
          }
          for (const { places, text: why } of obstacles)
            for (const { line } of places)
              assert.ok(
                told.some((one) => one.startsWith(`${line} `)),
                `${line} ${why}\n${where()}`,
              );
          for (const one of told.filter((one) => ofStores.test(one)))
            assert.ok(
              obstacles.some(
                ({ places }) => places.length === 0 || places.some(({ line }) => one.startsWith(`${line} `)),
              ),
              `${one}\n${where()}`,
            );
        }
      }),
      60,
    );
    t.diagnostic(JSON.stringify(counts));
  });
});
