import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type EnablingChange,
  gravestOf,
  planChanges,
  planEnabling,
  readFreshly,
} from "../../src/account/document-plan.ts";
import { type ListenerIntent, listenerChangesFor, listenerUnfitFor } from "../../src/core/elb/intent.ts";
import type { Listener } from "../../src/core/elb/listener.ts";
import { subjectsOf } from "../../src/core/facts.ts";
import { read } from "../../src/core/read.ts";
import type { Problem } from "../../src/core/rules/rule.ts";
import { applyEdits } from "../../src/core/text.ts";
import { problemsOf, readText } from "../core/checking.ts";
import { mirror } from "../core/dialect/mirror.ts";

const trustStore = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063";
const ruleId = "listener/trust-store-arn";

const enabling: EnablingChange<Listener, ListenerIntent> = {
  among: (facts) => subjectsOf(facts, "listeners").flatMap(({ listeners }) => listeners),
  nodeOf: ({ node }) => node,
  unfitReason: listenerUnfitFor,
  changes: listenerChangesFor,
};

function listener(id: string, more: object = {}) {
  const arn = `arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/${id}`;
  return { ListenerArn: arn, Protocol: "HTTPS", Port: 443, ...more };
}

const text = JSON.stringify(
  {
    Listeners: [
      listener("f2f7dc8efc522ab2"),
      listener("f2f7dc8efc522ab3", { MutualAuthentication: { Mode: "verify", TrustStoreArn: "" } }),
      listener("f2f7dc8efc522ab4", { Protocol: "HTTP" }),
    ],
  },
  undefined,
  2,
);
const facts = readText(text);
const wish = (index: number, intent: ListenerIntent) => ({ enabling, index, intent });

describe("a change to a document", () => {
  test("is planned with what it becomes, and what it brings there that was not there", () => {
    const [first] = enabling.among(facts);
    const { edits, before, after, problems, introduced } = planChanges(
      facts,
      listenerChangesFor(first ?? assert.fail(), { mode: "verify", trustStore: "" }),
      problemsOf,
    );
    assert.equal(before, facts);
    assert.equal(applyEdits(text, edits), after.tree.text);
    assert.deepEqual(problems, problemsOf(after));
    assert.deepEqual(
      introduced.map(({ rule }) => rule.id),
      [ruleId],
      "there once already, in the second",
    );
  });

  test("is planned on the document as it was read: syntax, name, encoding, dialect and what was served", () => {
    const served = new Set(["NewMember"]);
    const how = { syntax: "jsonc", name: "a.jsonc", encoding: "utf8bom", served, dialect: mirror } as const;
    const given = read({ text: "{} // none", ...how });
    const again = readFreshly(given);
    assert.notEqual(again, given);
    for (const one of [again, planChanges(given, [], problemsOf).after]) {
      assert.equal(one?.tree.text, given.tree.text);
      assert.deepEqual(
        [one?.tree.syntax, one?.name, one?.encoding, one?.served],
        [how.syntax, how.name, how.encoding, served],
      );
      assert.equal(one?.dialect, mirror);
    }
  });

  test("is none where there is no tree", () => {
    const bundle = read({ text: "-----BEGIN CERTIFICATE-----\n", syntax: "pem", name: "a.pem" });
    assert.equal(readFreshly(bundle), undefined);
    assert.equal(planEnabling(wish(0, { mode: "passthrough" }), bundle, problemsOf), undefined);
  });
});

describe("enabling", () => {
  test("is planned for the one that is meant", () => {
    const plan = planEnabling(wish(1, { mode: "verify", trustStore }), facts, problemsOf) ?? assert.fail();
    assert.equal(plan.one.arn, enabling.among(facts)[1]?.arn);
    assert.deepEqual(
      enabling.among(plan.after).map((one) => one.trustStore?.text),
      [undefined, trustStore, undefined],
    );
    assert.deepEqual(plan.introduced, []);
  });

  test("is not planned for one that is not there, or cannot have it", () => {
    assert.equal(planEnabling(wish(2, { mode: "passthrough" }), facts, problemsOf), undefined);
    assert.equal(planEnabling(wish(3, { mode: "passthrough" }), facts, problemsOf), undefined);
  });

  test("is told of what a rule finds in that one, the gravest first", () => {
    const found = (index: number, intent: ListenerIntent, judge = problemsOf) =>
      gravestOf(wish(index, intent), ruleId, facts, judge);
    assert.equal(found(0, { mode: "verify", trustStore }), undefined, "the other one is no matter of this one");
    assert.equal(found(0, { mode: "verify", trustStore: "" })?.rule.id, ruleId);
    assert.equal(found(3, { mode: "verify", trustStore: "" }), undefined);
    const thrice = (of: Parameters<typeof problemsOf>[0]): Problem[] =>
      problemsOf(of).flatMap((one) =>
        (["info", "error", "warning"] as const).map((severity): Problem => ({ ...one, severity })),
      );
    assert.equal(found(0, { mode: "verify", trustStore: "" }, thrice)?.severity, "error");
  });
});
