// What findings about a trust store bring with them: the page of the service that decides, and the fixes of many at once.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderIn } from "../../../src/core/fixes.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/index.ts";
import { type Problem, sourceOf } from "../../../src/core/rules/rule.ts";
import { sources } from "../../../src/core/rules/sources.ts";
import type { Target } from "../../../src/core/truststore/targets.ts";
import { applyEdits } from "../../../src/core/text.ts";
import { context, onFault } from "../checking.ts";
import { basicConstraints } from "../x509/der-writer.ts";
import { issuedPem, largePem, many, rootPem } from "./stores.ts";

const factsOf = (text: string) => read({ text, syntax: "pem", name: "bundle.pem" });

function problemsOf(text: string, targets: readonly Target[], rule: string): readonly Problem[] {
  return check(factsOf(text), { ...context, purpose: "trust-store", targets }, onFault).filter((problem) => problem.rule.id === `trust-store/${rule}`);
}

describe("a finding about a trust store", () => {
  const pages = (text: string, targets: readonly Target[], rule: string) => problemsOf(text, targets, rule).map((problem) => sourceOf(problem).url);

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

describe("the fixes of many at once", () => {
  const fixed = (text: string, problem: Problem | undefined, place: number) => applyEdits(text, renderIn(factsOf(text), problem?.fixes?.[place]?.changes ?? []));
  const titles = (problems: readonly Problem[]) => problems.map(({ fixes = [] }) => fixes.map(({ title, safe }) => `${safe ? "fix" : "offer"}: ${title}`));
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
    const both = ["offer: Remove this certificate", "offer: Remove all 2 certificates that are no CAs"];
    assert.deepEqual(titles(found), [both, both.slice(0, 1), both]);
    assert.equal(fixed(text, found[2], 1), first + own);
    assert.deepEqual(titles(problemsOf(client + own, ["alb"], "leaf")), [both.slice(0, 1), both.slice(0, 1)]);
  });
});
