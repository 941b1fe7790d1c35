// What findings about a trust store bring with them: the page of the service that decides, and the fixes of many at
// once.

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixAll, renderIn } from "../../../src/core/fixes.ts";
import { fixTitle } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { check, useOf } from "../../../src/core/rules/check.ts";
import { type Problem, sourceOf } from "../../../src/core/rules/rule.ts";
import { sources } from "../../../src/core/rules/sources.ts";
import { applyEdits } from "../../../src/core/text.ts";
import type { Target } from "../../../src/core/truststore/targets.ts";
import { context, onFault } from "../checking.ts";
import { basicConstraints } from "../x509/der-writer.ts";
import { issuedPem, largePem, many, rootPem } from "./stores.ts";

const factsOf = (text: string) => read({ text, syntax: "pem", name: "bundle.pem" });

function problemsOf(text: string, targets: readonly Target[], rule: string): readonly Problem[] {
  return check(factsOf(text), { ...context, purpose: "trust-store", targets }, onFault).filter(
    (problem) => problem.rule.id === `trust-store/${rule}`,
  );
}

describe("a finding about a trust store", () => {
  const pages = (text: string, targets: readonly Target[], rule: string) =>
    problemsOf(text, targets, rule).map((problem) => sourceOf(problem).url);

  test("links to the page of the service that it is about", () => {
    assert.deepEqual(pages(many(26), ["alb"], "count"), [sources.albQuotas.url]);
    assert.deepEqual(pages(many(26), ["cloudfront"], "count"), [sources.quotas.url]);
    assert.deepEqual(pages(many(1001), ["apigateway"], "count"), [sources.apiGatewayQuotas.url]);
    assert.deepEqual(pages(largePem(17_000), ["alb"], "certificate-size"), [sources.albQuotas.url]);
    assert.deepEqual(pages(`subject=CN=x\n${rootPem()}`, ["alb"], "text"), [sources.albMtls.url]);
    assert.deepEqual(pages(rootPem({ notAfter: "20260201000000Z" }), ["alb"], "expired"), [sources.albMtls.url]);
  });

  test("of several services to the page of the strictest, and of none to that of the rule", () => {
    const open = issuedPem("CN=A", "CN=R");
    assert.deepEqual(pages(open, ["cloudfront", "apigateway"], "root"), [sources.apiGatewayMtls.url]);
    const [problem] = problemsOf(open, [], "root");
    assert.deepEqual([problem?.source, problem && sourceOf(problem)], [undefined, problem?.rule.source]);
  });
});

describe("text between certificates", () => {
  const fixedAll = (text: string, targets: readonly Target[] = ["cloudfront"]) =>
    fixAll(factsOf(text), { ...context, purpose: "trust-store", targets }, onFault).text;
  const said = (text: string) =>
    problemsOf(text, ["cloudfront"], "text").map((problem) =>
      (problem.fixes ?? []).map((fix) => `${fix.safe ? "fix" : "offer"}: ${fixTitle(fix, problem)}`).join(),
    );
  const [first, second] = [rootPem(), rootPem({ subject: "CN=Other", issuer: "CN=Other" })];

  test("that a person wrote goes by no safe fix", () => {
    for (const text of [
      `# valid 2026-01-01\n${first}`,
      `${first}# our root - do not remove\n${second}# -\n`,
      `${first}Our other root\n${second}`,
    ]) {
      assert.equal(fixedAll(text), text);
      assert.equal(said(text)[0]?.startsWith("offer: Remove"), true);
    }
    assert.equal(fixedAll(`# valid 2026-01-01\n${first}\n \n${second}`), `# valid 2026-01-01\n${first}${second}`);
  });

  test("that is a marker is written so that it is taken, and says the same", () => {
    for (const [marker, taken] of [
      ["# mtls: target=trust-store", "# mtls: target=truststore"],
      ["#MTLS:target =  Trust-Store  ", "#MTLS:target =  truststore  "],
      ["// mtls: target=trust-store", "# mtls: target=truststore"],
      ["; mtls: target=alb, cloudfront", "# mtls: target=alb, cloudfront"],
    ] as const) {
      const text = `${marker}\n# until 2026-01-01\n${first}`;
      assert.equal(fixedAll(text), `${taken}\n# until 2026-01-01\n${first}`);
      assert.deepEqual(useOf(factsOf(text).bundle, context), useOf(factsOf(fixedAll(text)).bundle, context));
      assert.equal(said(text)[0], `fix: Change the marker to ${taken.trim()}`);
    }
    const unknown = `# mtls: target=trust-stores\n${first}`;
    assert.equal(fixedAll(unknown), unknown);
    const untouched = `# mtls: target=trust-store\n${first}`;
    assert.equal(fixedAll(untouched, ["apigateway"]), untouched);
  });
});

describe("the fixes of many at once", () => {
  const fixed = (text: string, problem: Problem | undefined, place: number) =>
    applyEdits(text, renderIn(factsOf(text), problem?.fixes?.[place]?.changes ?? []));
  const titles = (problems: readonly Problem[]) =>
    problems.map((problem) =>
      (problem.fixes ?? []).map((fix) => `${fix.safe ? "fix" : "offer"}: ${fixTitle(fix, problem)}`),
    );
  const [first, second, past, before, client, other, own] = [
    rootPem(),
    rootPem(),
    rootPem({ notAfter: "20260201000000Z" }),
    rootPem({ notAfter: "20260201000000Z" }),
    issuedPem("CN=Client", "CN=R", { extensions: [basicConstraints(false)] }),
    issuedPem("CN=Other", "CN=R", { extensions: [basicConstraints(false)] }),
    rootPem({ extensions: [basicConstraints(false)] }),
  ];

  test("remove all that are expired, and nothing else", () => {
    const text = `# first\n${first}subject=CN=x\n${past}# second\n${second}${before}`;
    const found = problemsOf(text, ["apigateway"], "expired");
    const both = ["offer: Remove the expired certificate", "offer: Remove all 2 expired certificates"];
    assert.deepEqual(titles(found), [both, both]);
    for (const problem of found) assert.equal(fixed(text, problem, 1), `# first\n${first}# second\n${second}`);
    assert.deepEqual(titles(problemsOf(first + past, ["apigateway"], "expired")), [both.slice(0, 1)]);
  });

  test("remove all clients, and none that signed itself: of that nobody knows", () => {
    const text = client + first + own + other;
    const found = problemsOf(text, ["alb"], "leaf");
    const both = ["offer: Remove this certificate", "offer: Remove all 2 certificates that are not CA certificates"];
    assert.deepEqual(titles(found), [both, both.slice(0, 1), both]);
    assert.equal(fixed(text, found[2], 1), first + own);
    assert.deepEqual(titles(problemsOf(client + own, ["alb"], "leaf")), [both.slice(0, 1), both.slice(0, 1)]);
  });
});
