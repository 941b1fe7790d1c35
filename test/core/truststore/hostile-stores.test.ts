// Trust stores that somebody made to keep the editor busy: the work on them, and on what is made of them, grows as they
// do.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixAll } from "../../../src/core/fixes.ts";
import { read, reread } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { mostFindings } from "../../../src/core/rules/run.ts";
import { bundleFitness } from "../../../src/core/truststore/fitness.ts";
import { keepOnlyTaken } from "../../../src/core/truststore/keep.ts";
import { mergeBundles, splitForAcm } from "../../../src/core/truststore/split.ts";
import { targets } from "../../../src/core/truststore/targets.ts";
import { readBundle } from "../../../src/core/x509/bundle/bundle.ts";
import { context, onFault } from "../checking.ts";
import { countWork, workOf } from "../work.ts";
import { basicConstraints, pem, rsaKey } from "../x509/der-writer.ts";
import { chainPem, issuedPem, many, rootDer, rootPem } from "./stores.ts";

const one = rootPem();

/** By name: a text for each size. */
const texts: Readonly<Record<string, (count: number) => string>> = {
  roots: (count) => many(count),
  "the same root": (count) => many(count, () => one),
  "keys that nobody takes": (count) => many(count, () => rootPem({ publicKey: rsaKey(1024) })),
  leaves: (count) =>
    many(count, (index) =>
      pem(rootDer({ subject: `CN=${index}`, issuer: "CN=R", extensions: [basicConstraints(false)] })),
    ),
  "a long chain": (count) => chainPem(count),
  "chains of five": (count) =>
    many(count / 5, (index) =>
      many(5, (level) => issuedPem(`CN=${index} ${level}`, `CN=${index} ${Math.max(0, level - 1)}`)),
    ),
  "one subject of many issuers": (count) => many(count, (index) => issuedPem("CN=A", `CN=${index}`)),
  "many of one subject and one issuer, and one of another": (count) =>
    many(count - 1, () => issuedPem("CN=A", "CN=R")) + issuedPem("CN=A", "CN=Q"),
  "many that all issued each other": (count) =>
    many(count, (index) => issuedPem(index % 2 === 0 ? "CN=a" : "CN=b", index % 2 === 0 ? "CN=b" : "CN=a")),
  "a ladder of names, each rung twice": (count) =>
    many(count, (index) => issuedPem(`CN=${index >> 1}`, `CN=${(index >> 1) + 1}`)),
  "expired ones of one name and of another key": (count) =>
    many(count, (index) =>
      rootPem({ subject: "CN=A", issuer: "CN=A", notAfter: "20260201000000Z", publicKey: rsaKey(2048 + index) }),
    ),
  "blank lines": (count) => many(count, () => `\n\n${one}`),
  "comments without end": (count) => one + many(count * 20, () => "# a - b\n") + one,
  "a comment that is one line": (count) => `${one}# ${"- ".repeat(count * 200)}\n${one}`,
  "markers without end": (count) => one + many(count * 20, () => "// mtls: target=alb\n") + one,
  "markers that are comments, above blocks that go": (count) =>
    many(count, () => `${many(10, () => "# mtls: target=alb\n")}${one}`),
  "blocks that are commented out": (count) =>
    one + many(count * 5, () => "# -----BEGIN CERTIFICATE-----\n# AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n") + one,
  "text without end": (count) => `${one}${many(count * 20, () => "text\n")}`,
  "carriage returns": (count) => many(count, () => one).replaceAll("\n", "\r"),
  "revocation lists": (count) => one + many(count, () => "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"),
  placeholders: (count) =>
    many(count, (index) => `-----BEGIN CERTIFICATE-----\n\${root${index}}\n-----END CERTIFICATE-----\n`),
  "private keys": (count) => one + many(count, () => "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
};

describe("the work on a hostile trust store", { concurrency: false }, () => {
  countWork();

  const [small, factor] = [30, 4];
  /**
   * In proportion to the size it is 4 times as much, with sorting a little more; comparing each with each makes it 16
   * times as much.
   */
  const most = 6;
  const uses = [[], ["cloudfront"], [...targets]] as const;
  const judged = (concerned: (typeof uses)[number]) =>
    ({ ...context, purpose: "trust-store", targets: concerned }) as const;
  const facts = (text: string) => read({ text, syntax: "pem", name: "bundle.pem" });
  const judge = (text: string) => uses.flatMap((concerned) => check(facts(text), judged(concerned), onFault));
  const runs: readonly ((text: string) => unknown)[] = [
    judge,
    (text) => targets.map((target) => bundleFitness(readBundle(text), target, context.now)),
    (text) => targets.map((target) => keepOnlyTaken(readBundle(text), target)),
    (text) => [
      splitForAcm(readBundle(text)),
      mergeBundles([
        { name: "a", bundle: readBundle(text) },
        { name: "b", bundle: readBundle(text) },
      ]),
    ],
    (text) => fixAll(facts(text), judged(["cloudfront"]), onFault),
  ];

  for (const [name, make] of Object.entries(texts)) {
    test(`grows as the store does: ${name}`, () => {
      const [less, more] = [make(small), make(small * factor)];
      assert.ok(more.length < less.length * (factor + 1));
      for (const [place, run] of runs.entries()) {
        run(less);
        const [one, another] = [workOf(() => run(less)), workOf(() => run(more))];
        assert.ok(
          another < one * most,
          `run ${place}: ${one} for ${less.length} characters, ${another} for ${more.length}`,
        );
      }
    });
  }

  test("no rule has more than so many findings", () => {
    for (const name of ["leaves", "blank lines", "the same root", "one subject of many issuers"]) {
      const make = texts[name];
      assert.ok(make !== undefined);
      const counts = new Map<string, number>();
      for (const { rule } of check(facts(make(mostFindings + 100)), judged([...targets]), onFault))
        counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
      for (const [rule, count] of counts) assert.ok(count <= mostFindings, `${count} of ${rule}`);
      assert.ok([...counts.values()].includes(mostFindings), name);
    }
  });

  test("after an edit is that of the edit, in a store of which nothing is wrong with most", (t) => {
    const workOfEdit = (count: number) => {
      const text =
        rootPem({ subject: "CN=R", issuer: "CN=R" }) + many(count, (index) => issuedPem(`CN=${index}`, "CN=R"));
      const at = text.indexOf("-----END", text.length >> 1) - 20;
      let now = facts(text);
      check(now, judged(["apigateway"]), onFault);
      const edit = (change: string, end: number) => {
        now = reread(now, [{ span: { start: at, end }, text: change }]);
        check(now, judged(["apigateway"]), onFault);
      };
      // The first edit prepares what the others use.
      edit("A", at);
      edit("", at + 1);
      return workOf(() => {
        edit("A", at);
        edit("", at + 1);
      });
    };
    const [less, more] = [workOfEdit(100), workOfEdit(800)];
    t.diagnostic(`${less} blocks ran for 100 certificates, ${more} for 800`);
    // Lists are copied, which is next to nothing for each: but nothing is asked of a certificate again.
    assert.ok(more - less < 700 * 10, `${less} for 100, ${more} for 800`);
  });
});
