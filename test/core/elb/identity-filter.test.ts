import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Json, type Member, memberOf, valueOf } from "../../../src/core/document/tree.ts";
import { listenerOffers } from "../../../src/core/elb/completion.ts";
import { identityFiltersOf } from "../../../src/core/elb/identity-filter.ts";
import { subjectsOf } from "../../../src/core/facts.ts";
import { explainListenerMember } from "../../../src/core/messages/explain/elb.ts";
import { readText } from "../checking.ts";

const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/net/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
const filter = { Action: "accept", Field: "subject-cn", MatchType: "exact", Value: "client.example.com" };

const withFilters = (ClientCertificateIdentityFilters: Json, Protocol = "TLS") => ({
  ListenerArn: arn,
  Protocol,
  MutualAuthentication: { Mode: "verify", ClientCertificateIdentityFilters },
});

function read(value: Json) {
  const facts = readText(JSON.stringify(value, undefined, 1));
  const [found] = subjectsOf(facts, "listeners");
  return { found: found ?? assert.fail(), listener: found?.listeners[0] ?? assert.fail(), tree: facts.tree };
}

const filtersOf = (value: Json) => identityFiltersOf(read(value).listener);

describe("the identity filters of a listener", () => {
  const said = { field: "subject-cn", matchType: "exact", value: "client.example.com" };

  test("are those that the API takes; others are not known", () => {
    assert.deepEqual(filtersOf(withFilters([filter])), { known: [said], unknown: 0 });
    assert.deepEqual(filtersOf(withFilters([])), { known: [], unknown: 0 });
    const unknown: readonly Json[] = [
      { ...filter, Action: "deny" },
      { ...filter, Field: "issuer-cn" },
      { ...filter, MatchType: "regex" },
      { ...filter, Value: "" },
      { ...filter, Value: "${client}" },
      { ...filter, Value: "<client>" },
      { ...filter, Field: "san-uri", Value: "example.com/a" },
      { ...filter, Value: 7 },
      { Action: "accept", Field: "subject-cn", MatchType: "exact" },
      "${filter}",
      { action: "accept", Field: "subject-cn", MatchType: "exact", Value: "client.example.com" },
    ];
    for (const one of unknown)
      assert.deepEqual(filtersOf(withFilters([filter, one])), { known: [said], unknown: 1 }, JSON.stringify(one));
    for (const list of ["${filters}", filter, 1])
      assert.deepEqual(filtersOf(withFilters(list)), { known: [], unknown: 1 }, JSON.stringify(list));
  });

  test("are not valid in another place, or under another name", () => {
    const { ListenerArn, Protocol } = withFilters([]);
    const elsewhere: readonly Json[] = [
      { ListenerArn, Protocol, MutualAuthentication: { Mode: "verify" }, ClientCertificateIdentityFilters: [filter] },
      { ListenerArn, Protocol, MutualAuthentication: { Mode: "verify", ClientCertificateFilters: [filter] } },
    ];
    for (const one of elsewhere) assert.deepEqual(filtersOf(one), { known: [], unknown: 1 }, JSON.stringify(one));
  });

  test("are none where nothing is given", () => {
    assert.deepEqual(filtersOf(withFilters(null)), { known: [], unknown: 0 });
  });

  test("make a document about listeners of the block alone", () => {
    assert.deepEqual(filtersOf({ Mode: "verify", ClientCertificateIdentityFilters: [filter] }).known, [said]);
  });
});

describe("completion of identity filters", () => {
  const at = (text: string) => {
    const offset = text.indexOf("‸");
    const facts = readText(text.replace("‸", ""));
    const [listeners] = subjectsOf(facts, "listeners");
    assert.ok(listeners !== undefined);
    return listenerOffers(listeners, facts.tree, offset).map(({ label }) => label);
  };
  const text = (value: Json) => JSON.stringify(value, undefined, 1);

  test("offers the member on a listener that may have it", () => {
    const block = (protocol: string) =>
      text({
        ListenerArn: protocol === "HTTPS" ? arn.replace("/net/", "/app/") : arn,
        Protocol: protocol,
        MutualAuthentication: { Mode: "verify" },
      }).replace('"Mode": "verify"', '"Mode": "verify", ‸');
    assert.ok(at(block("TLS")).includes("ClientCertificateIdentityFilters"));
    assert.ok(!at(block("HTTPS")).includes("ClientCertificateIdentityFilters"));
    assert.ok(at(block("HTTPS")).includes("TrustStoreArn"));
  });

  test("offers members and values of a filter", () => {
    const inFilter = (inside: string) => text(withFilters([{ X: 1 }])).replace('"X": 1', inside);
    assert.deepEqual(at(inFilter('"Action": "accept", ‸')), ["Field", "MatchType", "Value"]);
    assert.deepEqual(at(inFilter('"Action": "‸"')), ["accept"]);
    assert.deepEqual(at(inFilter('"Field": "‸"')), ["subject-cn", "subject-ou", "san-dns", "san-uri"]);
    assert.deepEqual(at(inFilter('"MatchType": "‸"')), ["exact", "prefix"]);
    assert.deepEqual(at(inFilter('"Value": "‸"')), []);
  });
});

test("hovers explain filters, and members of the same names elsewhere not", () => {
  const { listener } = read({
    ...withFilters([filter]),
    DefaultActions: [{ Type: "forward", Value: "x", Field: "host-header" }],
  });
  const block = listener.block;
  const explained = (member: Member | undefined) =>
    member === undefined ? assert.fail() : explainListenerMember(member, true)?.text.join(" ");
  assert.match(
    explained(memberOf(block, "ClientCertificateIdentityFilters")) ?? "",
    /with an empty list, the listener accepts every client/,
  );
  const list = valueOf(block, "ClientCertificateIdentityFilters");
  const [item] = list?.kind === "list" ? list.items : [];
  for (const [name, says] of [
    ["Action", /There is no other action/],
    ["Field", /subject-ou: The organizational unit/],
    ["MatchType", /prefix: The value in the certificate must begin/],
    ["Value", /must have or begin with/],
  ] as const)
    assert.match(explained(memberOf(item, name)) ?? "", says);
  const actions = valueOf(listener.node, "DefaultActions");
  const [action] = actions?.kind === "list" ? actions.items : [];
  for (const name of ["Value", "Field"]) assert.equal(explained(memberOf(action, name)), undefined);
});

test("in a mode without trust store, nothing about one is offered", () => {
  const offered = (mode: string) => {
    const { found, tree } = read({
      ListenerArn: arn.replace("/net/", "/app/"),
      Protocol: "HTTPS",
      MutualAuthentication: { Mode: mode, "": "" },
    });
    return listenerOffers(found, tree, tree.text.indexOf('""') + 1).map(({ label }) => label);
  };
  assert.ok(offered("verify").includes("TrustStoreArn"));
  for (const mode of ["off", "passthrough"])
    for (const name of ["TrustStoreArn", "IgnoreClientCertificateExpiry", "AdvertiseTrustStoreCaNames"])
      assert.ok(!offered(mode).includes(name), `${name} in ${mode}`);
});
