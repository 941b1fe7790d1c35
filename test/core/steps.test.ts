// What is done in steps: no step is much of the whole, and wherever it is left, nothing is half done.
// alone: its work is counted, which has to begin before anything is compiled.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { fixAll, fixAllInSteps } from "../../src/core/fixes.ts";
import { obstaclesInSteps } from "../../src/core/messages/compatibility.ts";
import { inspectInSteps } from "../../src/core/messages/inspection/inspect.ts";
import { whatIsLeftInSteps } from "../../src/core/messages/keep.ts";
import { type GivenText, read, readInSteps } from "../../src/core/read.ts";
import { check, checkInSteps } from "../../src/core/rules/check.ts";
import { finish, perStep, type Steps, sortedInSteps } from "../../src/core/steps.ts";
import { bundleFitnessInSteps, unmetInSteps } from "../../src/core/truststore/fitness.ts";
import { type Kept, keepOnlyTakenInSteps } from "../../src/core/truststore/keep.ts";
import { targets } from "../../src/core/truststore/targets.ts";
import { readBundleInSteps } from "../../src/core/x509/bundle/bundle.ts";
import { indexOf, prepareIndex } from "../../src/core/x509/path/chain.ts";
import { signaturePairsInSteps } from "../../src/core/x509/path/pairs.ts";
import { noVerdicts } from "../../src/core/x509/path/verdicts.ts";
import { holds } from "../randomly.ts";
import { context, onFault } from "./checking.ts";
import { begin, type LargeName, largeDocuments } from "./large-documents.ts";
import { issuedPem, many as manyCertificates, rootPem } from "./truststore/stores.ts";
import { countWork, worksOf } from "./work.ts";

const given = (name: LargeName, count: number): GivenText => {
  const { syntax, text } = largeDocuments[name];
  return { text: text(count), syntax, name: "large" };
};

/** As many as it takes for several steps of each kind. */
const counts: Readonly<Record<LargeName, number>> = {
  "BEGIN lines": 24_000,
  "blocks with junk": 5_000,
  "origins with a wrong Quantity": 4_000,
  "behaviors with a wrong Quantity": 4_000,
};
const names = Object.keys(counts) as LargeName[];

/** The first steps of something, which is left there. @returns whether it was done by then */
function leftAfter(count: number, steps: Steps<unknown>): boolean {
  for (let taken = 0; taken < count; taken++) if (steps.next().done === true) return true;
  return false;
}

const longestOf = (steps: Steps<unknown>, part?: string): number => Math.max(...worksOf(steps, part).works);

describe("the work of one step", { concurrency: false }, () => {
  countWork();

  for (const name of names) {
    test(`is a small part of the whole: ${name}`, () => {
      const source = given(name, counts[name]);
      const { result: facts, works: reading } = worksOf(readInSteps(source));
      const works = [
        ...reading,
        ...worksOf(checkInSteps(facts, context, onFault)).works,
        ...worksOf(fixAllInSteps(facts, context, onFault)).works,
      ];
      const [all, longest] = [works.reduce((sum, one) => sum + one), Math.max(...works)];
      assert.ok(longest * 10 < all, `${longest} of ${all} in step ${works.indexOf(longest)} of ${works.length}`);
    });
  }

  for (const part of ["fixes.ts", "text.ts"])
    test(`is no more where more is mended: ${part}`, () => {
      const longest = (count: number): number =>
        longestOf(fixAllInSteps(read(given("BEGIN lines", count)), context, onFault), part);
      const [less, more] = [longest(1_000), longest(4_000)];
      assert.ok(less >= perStep && more < 1.5 * less, `${less} becomes ${more}`);
    });
});

/** Texts that are one piece, as long as one likes. */
const pieces: Readonly<Record<string, (size: number) => string>> = {
  "headers of a block": (size) => `${begin}${"A: b\n".repeat(size / 5)}${end}`,
  "short lines of a block": (size) => `${begin}${"-\n".repeat(size / 2)}${end}`,
  "blank lines of a block": (size) => `${begin}${"\n".repeat(size)}${end}`,
  "blank lines of a private key without END": (size) => `${beginKey}${"\n".repeat(size)}`,
  "sound lines of a block": (size) => `${begin}${line.repeat(size / 65)}${end}`,
  "lines with what cannot be seen": (size) => `${begin}${`${"A".repeat(62)}\u200b\n`.repeat(size / 64)}${end}`,
  "lines of a block without END": (size) => `${begin}${line.repeat(size / 65)}`,
  "lines of a block without BEGIN": (size) => `${line.repeat(size / 65)}${end}`,
  "lines without boundaries": (size) => line.repeat(size / 65),
  "PEM in Base64": (size) => `LS0tLS1CRUdJTi${"A".repeat(size)}`,
  "text below a BEGIN": (size) => `${begin}${"some words and more\n".repeat(size / 20)}`,
  "text above a block": (size) => `${"some words and more\n".repeat(size / 20)}${begin}MIIB\n${end}`,
  "comments above a block": (size) => `${"# some words and more\n".repeat(size / 22)}${begin}MIIB\n${end}`,
};
const beginKey = "-----BEGIN PRIVATE KEY-----\n";
const end = "-----END CERTIFICATE-----\n";
const line = `${"A".repeat(64)}\n`;

describe("the work of one step on one large piece", { concurrency: false }, () => {
  countWork();

  const store = { ...context, purpose: "trust-store", targets } as const;

  for (const [name, text] of Object.entries(pieces))
    test(`is no more where there is more: ${name}`, () => {
      const source = (size: number) => ({ text: text(size), syntax: "pem", name: "" }) as const;
      const reading = (size: number) => longestOf(readInSteps(source(size)));
      const judging = (size: number) => longestOf(checkInSteps(read(source(size)), store, onFault));
      for (const [less, more] of [
        [reading(600_000), reading(1_200_000)],
        [judging(200_000), judging(400_000)],
      ] as const)
        assert.ok(more < 1.5 * Math.max(less, 50_000), `${less} becomes ${more}`);
    });
});

test("text without a block is looked through in steps", () => {
  for (const one of ["-", " ", "some words\n"]) {
    const stepsFor = (count: number) =>
      [...readInSteps({ text: one.repeat(count / one.length), syntax: "pem", name: "" })].length;
    const [less, more] = [stepsFor(1_000_000), stepsFor(4_000_000)];
    assert.ok(less >= 14 && more > 3.5 * less, `${one}: ${less} becomes ${more}`);
  }
});

describe("the work of one step on a trust store", { concurrency: false }, () => {
  countWork();

  const root = rootPem({ subject: "CN=R", issuer: "CN=R" });
  /** `each`: what a question that is asked of all may take of each; left out: next to nothing, to go through a list. */
  const stores: readonly (readonly [name: string, least: number, text: (count: number) => string, each?: number])[] = [
    [
      "certificates of one issuer",
      1_100,
      (count) => root + manyCertificates(count - 1, (index) => issuedPem(`CN=${index}`, "CN=R")),
    ],
    [
      "CAs whose issuers are missing",
      1_100,
      (count) => manyCertificates(count, (index) => issuedPem(`CN=${index}`, `CN=of ${index}`)),
    ],
    ["blocks with junk", 2_000, largeDocuments["blocks with junk"].text],
    ["comments with a hyphen", 2_000, (count) => manyCertificates(count, (index) => `# some - ${index}\n${root}`)],
    [
      "revocation lists",
      2_000,
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
    longest(1_100);
    const [less, more] = [longest(1_100), longest(4_400)];
    assert.ok(more < Math.max(2 * less, 3 * 8_800), `${less} becomes ${more}`);
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

describe("what is left between two steps", () => {
  const small = (name: LargeName): GivenText => given(name, (name === "BEGIN lines" ? 5 : 2) * perStep + 40);

  for (const name of names) {
    test(`has spoilt nothing: ${name}`, () => {
      const source = small(name);
      const expected = check(read(source), context, onFault);
      assert.ok(expected.length > 0);
      const store = { ...context, purpose: "trust-store", targets } as const;
      const asStore = check(read(source), store, onFault);
      const fixed = fixAll(read(source), context, onFault);
      assert.ok(fixed.applied > 0);
      holds(
        fc.property(fc.nat(60), fc.nat(250), fc.nat(500), (reading, judging, fixing) => {
          leftAfter(reading, readInSteps(source));
          const facts = read(source);
          leftAfter(judging, checkInSteps(facts, context, onFault));
          leftAfter(fixing, fixAllInSteps(facts, context, onFault));
          leftAfter(judging, checkInSteps(facts, store, onFault));
          assert.deepEqual(check(facts, store, onFault).map(told), asStore.map(told));
          // Its places say more than its identity: parts of a tree know their parents.
          assert.deepEqual(check(facts, context, onFault).map(told), expected.map(told));
          assert.deepEqual(fixAll(facts, context, onFault), fixed);
        }),
        12,
        100,
      );
    });
  }

  test("is done to the end by whoever goes on", () => {
    for (const name of names) {
      const source = small(name);
      assert.ok(leftAfter(Number.POSITIVE_INFINITY, readInSteps(source)));
      assert.ok(!leftAfter(3, readInSteps(given(name, counts[name]))));
    }
  });
});

const told = ({ rule, severity, at, reason, fixes = [] }: ReturnType<typeof check>[number]) => ({
  rule: rule.id,
  severity,
  at: [at.start, at.end],
  reason,
  fixes: fixes.length,
});

test("sorting in steps gives what sorting gives", () => {
  const items = fc.array(fc.record({ by: fc.nat(40), other: fc.nat() }), { maxLength: 5 * perStep, size: "max" });
  const by = (one: { readonly by: number }, other: { readonly by: number }) => one.by - other.by;
  holds(
    fc.property(items, (all) => assert.deepEqual(finish(sortedInSteps(all, by)), all.toSorted(by))),
    50,
    2_000,
  );
  const many = Array.from({ length: 100 * perStep }, (_, index) => ({ by: index % 1_000 }));
  assert.ok([...sortedInSteps(many, by)].length > 100);
});

test("blocks behind other text are looked for in steps, and are known afterwards", () => {
  const text = (count: number) => '"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----"\n'.repeat(count);
  const stepsFor = (count: number) => [...readInSteps({ text: text(count), syntax: "pem", name: "" })].length;
  const [less, more] = [stepsFor(1_000), stepsFor(4_000)];
  assert.ok(less > 50 && more > 3.5 * less, `${less} becomes ${more}`);
});

test("fix all mends what is there many times, whatever is shown of it", () => {
  for (const [name, count] of [
    ["origins with a wrong Quantity", 12_000],
    ["BEGIN lines", 30_001],
  ] as const) {
    const facts = read(given(name, count));
    const { text, applied } = fixAll(facts, context, onFault);
    assert.ok(applied >= 12_000, `${applied}`);
    assert.equal(fixAll(read({ text, syntax: largeDocuments[name].syntax, name: "" }), context, onFault).applied, 0);
  }
});
