// A trust store with many blocks: no step on it is more where there are more.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { obstaclesInSteps } from "../../../src/core/messages/compatibility.ts";
import { inspectInSteps } from "../../../src/core/messages/inspection/inspect.ts";
import { whatIsLeftInSteps } from "../../../src/core/messages/keep.ts";
import { read } from "../../../src/core/read.ts";
import { checkInSteps } from "../../../src/core/rules/check.ts";
import type { Steps } from "../../../src/core/steps.ts";
import { bundleFitnessInSteps, unmetInSteps } from "../../../src/core/truststore/fitness.ts";
import { type Kept, keepOnlyTakenInSteps } from "../../../src/core/truststore/keep.ts";
import { targets } from "../../../src/core/truststore/targets.ts";
import { readBundleInSteps } from "../../../src/core/x509/bundle/bundle.ts";
import { indexOf, prepareIndex } from "../../../src/core/x509/path/chain.ts";
import { signaturePairsInSteps } from "../../../src/core/x509/path/pairs.ts";
import { noVerdicts } from "../../../src/core/x509/path/verdicts.ts";
import { context, onFault } from "../checking.ts";
import { largeDocuments } from "../large-documents.ts";
import { countWork, longestOf, worksOf } from "../work.ts";
import { issuedPem, many as manyCertificates, rootPem } from "./stores.ts";

describe("the work of one step on a trust store", { concurrency: false }, () => {
  countWork();

  const root = rootPem({ subject: "CN=R", issuer: "CN=R" });
  /** `each`: what a question that is asked of all may take of each; left out: next to nothing, to go through a list. */
  const stores: readonly (readonly [name: string, least: number, text: (count: number) => string, each?: number])[] = [
    [
      "certificates of one issuer",
      600,
      (count) => root + manyCertificates(count - 1, (index) => issuedPem(`CN=${index}`, "CN=R")),
    ],
    [
      "CAs whose issuers are missing",
      600,
      (count) => manyCertificates(count, (index) => issuedPem(`CN=${index}`, `CN=of ${index}`)),
    ],
    ["blocks with junk", 1_000, largeDocuments["blocks with junk"].text],
    ["comments with a hyphen", 1_000, (count) => manyCertificates(count, (index) => `# some - ${index}\n${root}`)],
    [
      "revocation lists",
      1_000,
      (count) => "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n".repeat(count),
      16,
    ],
  ];

  for (const [name, least, text, each = 2] of stores)
    test(`is no more where there is more: ${name}`, () => {
      const longest = (count: number): number => {
        const facts = read({ text: text(count), syntax: "pem", name: "" });
        return longestOf(checkInSteps(facts, { ...context, purpose: "trust-store", targets }, onFault));
      };
      longest(least);
      const [less, more] = [longest(least), longest(4 * least)];
      assert.ok(more < Math.max(2 * less, each * 4 * least), `${less} becomes ${more}`);
    });

  test("is no more where there is more to show of it", () => {
    const longest = (count: number): number => {
      const { bundle } = read({
        text: root + manyCertificates(count, (index) => issuedPem(`CN=${index}`, `CN=${index % 50}`)),
        syntax: "pem",
        name: "",
      });
      return longestOf(
        inspectInSteps({
          name: "",
          bundle,
          isText: true,
          problems: new Map(),
          sha256: () => "",
          now: context.now,
          soon: 30,
          verdicts: noVerdicts,
        }),
      );
    };
    longest(600);
    const [less, more] = [longest(600), longest(2_400)];
    assert.ok(more < Math.max(2 * less, 3 * 2_400), `${less} becomes ${more}`);
  });

  const copies = (count: number) => manyCertificates(count, (index) => issuedPem(`CN=${index}`, "CN=R").repeat(2));
  test("is no more where there is more to leave out of it", () => {
    const longest = (count: number): number => {
      const { bundle } = read({ text: root + copies(count), syntax: "pem", name: "" });
      const steps = (function* (): Steps<Kept> {
        const kept = yield* keepOnlyTakenInSteps(bundle, "alb");
        const result = yield* readBundleInSteps(kept.text);
        yield* prepareIndex(result);
        yield* signaturePairsInSteps(indexOf(result));
        const fitness = yield* bundleFitnessInSteps(result, "alb", context.now, noVerdicts, {});
        yield* whatIsLeftInSteps(result, fitness, "alb", { file: "", isChanged: true });
        return kept;
      })();
      const { result, works } = worksOf(steps);
      assert.equal(result.dropped.length, count);
      return Math.max(...works);
    };
    longest(600);
    const [less, more] = [longest(600), longest(2_400)];
    assert.ok(more < Math.max(2 * less, 3 * 4_800), `${less} becomes ${more}`);
  });

  for (const target of targets)
    test(`is no more where there is more, in what a service says of each block: ${target}`, () => {
      const longest = (count: number): number => {
        const { bundle } = read({ text: largeDocuments["blocks with junk"].text(count), syntax: "pem", name: "" });
        const steps = (function* (): Steps<number> {
          const fitness = yield* bundleFitnessInSteps(bundle, target, context.now, noVerdicts, {});
          const obstacles = yield* obstaclesInSteps(bundle, yield* unmetInSteps(bundle, fitness));
          return Math.max(...obstacles.map(({ places }) => places.length));
        })();
        const { result, works } = worksOf(steps);
        assert.equal(result, count);
        return Math.max(...works);
      };
      longest(1_000);
      const [less, more] = [longest(1_000), longest(4_000)];
      assert.ok(more < Math.max(2 * less, 2 * 4_000), `${less} becomes ${more}`);
    });
});
