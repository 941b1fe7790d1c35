import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import {
  type ListenerIntent,
  listenerChangesFor,
  listenerOffChanges,
  listenerOffUnfitFor,
  listenerUnfitFor,
  modesFor,
} from "../../../src/core/elb/intent.ts";
import { subjectsOf } from "../../../src/core/facts.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import { problemsIn, readText, render } from "../checking.ts";

const trustStore = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063";
const listener = {
  ListenerArn:
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2",
  Protocol: "HTTPS",
  Port: 443,
};
const verify: ListenerIntent = { mode: "verify", trustStore };
const on = { ...listener, MutualAuthentication: { Mode: "verify", TrustStoreArn: trustStore } };
const passing = { ...listener, MutualAuthentication: { Mode: "passthrough" } };

function listenerOf(value: Json) {
  const facts = readText(JSON.stringify(value, undefined, 2));
  const [found] = subjectsOf(facts, "listeners");
  return { tree: facts.tree, listener: found?.listeners[0] ?? assert.fail() };
}

function carryOut(value: Json, intent: ListenerIntent): Json {
  const { tree, listener } = listenerOf(value);
  const again = JSON.parse(render(tree, listenerChangesFor(listener, intent))) as Json;
  assert.deepEqual(listenerChangesFor(listenerOf(again).listener, intent), [], "once is enough");
  assert.deepEqual(problemsIn(JSON.stringify(again)).map(messageOf), []);
  return again;
}

describe("to enable mutual authentication on a listener", () => {
  test("adds the block", () => {
    assert.deepEqual(carryOut(listener, verify), on);
    assert.deepEqual(carryOut({ ...listener, MutualAuthentication: null }, { mode: "passthrough" }), passing);
  });

  test("changes mode and trust store, and keeps what goes with verify", () => {
    assert.deepEqual(carryOut(passing, verify), on);
    assert.deepEqual(carryOut({ ...listener, MutualAuthentication: { Mode: "off" } }, verify), on);
    const settings = { IgnoreClientCertificateExpiry: false, AdvertiseTrustStoreCaNames: "on" };
    assert.deepEqual(
      carryOut(
        {
          ...listener,
          MutualAuthentication: { Mode: "verify", TrustStoreArn: `${trustStore.slice(0, -1)}0`, ...settings },
        },
        verify,
      ),
      { ...listener, MutualAuthentication: { ...on.MutualAuthentication, ...settings } },
    );
  });

  test("carries identity filters along", () => {
    const network = { ...listener, ListenerArn: listener.ListenerArn.replace("/app/", "/net/"), Protocol: "TLS" };
    const ClientCertificateIdentityFilters = [
      { Action: "accept", Field: "san-uri", MatchType: "prefix", Value: "spiffe://example.com/" },
    ];
    assert.deepEqual(
      carryOut(
        {
          ...network,
          MutualAuthentication: {
            Mode: "verify",
            ClientCertificateIdentityFilters,
            TrustStoreArn: `${trustStore.slice(0, -1)}0`,
          },
        },
        verify,
      ),
      {
        ...network,
        MutualAuthentication: { Mode: "verify", ClientCertificateIdentityFilters, TrustStoreArn: trustStore },
      },
    );
    // Only a Network Load Balancer has them, and it has no passthrough.
    const block = { Mode: "verify", TrustStoreArn: trustStore, ClientCertificateIdentityFilters };
    assert.deepEqual(modesFor(listenerOf(block).listener), ["verify"]);
    assert.deepEqual(modesFor(listenerOf({ Mode: "verify", TrustStoreArn: trustStore }).listener), [
      "passthrough",
      "verify",
    ]);
  });

  test("takes away what passthrough has no use for", () => {
    assert.deepEqual(
      carryOut(
        { ...listener, MutualAuthentication: { ...on.MutualAuthentication, AdvertiseTrustStoreCaNames: "on" } },
        { mode: "passthrough" },
      ),
      passing,
    );
    assert.deepEqual(
      carryOut({ Mode: "verify", TrustStoreArn: trustStore, AdvertiseTrustStoreCaNames: "on" }, verify),
      { Mode: "verify", TrustStoreArn: trustStore, AdvertiseTrustStoreCaNames: "on" },
    );
  });
});

test("only an Application Load Balancer hands certificates on unchecked", () => {
  const network = { ListenerArn: listener.ListenerArn.replace("/app/", "/net/"), Port: 443 };
  assert.deepEqual(
    [listener, { ...listener, Protocol: "TLS" }, network, { ...network, Protocol: "TLS" }].map((value) =>
      modesFor(listenerOf(value).listener),
    ),
    [["passthrough", "verify"], ["verify"], ["verify"], ["verify"]],
  );
  assert.deepEqual(carryOut({ ...network, Protocol: "TLS" }, verify), {
    ...network,
    Protocol: "TLS",
    MutualAuthentication: on.MutualAuthentication,
  });
});

test("a listener is unfit where it speaks no TLS, or says the same otherwise already", () => {
  assert.equal(listenerUnfitFor(listenerOf({ ...listener, Protocol: "HTTP" }).listener), "not-tls");
  assert.equal(
    listenerUnfitFor(listenerOf({ ListenerArn: listener.ListenerArn.replace("/app/", "/gwy/"), Port: 443 }).listener),
    "not-tls",
  );
  assert.equal(
    listenerUnfitFor(listenerOf({ ...listener, mutualAuthentication: { Mode: "off" } }).listener),
    "misspelled",
  );
  // Without a setting of it, it may be anybody's.
  assert.equal(listenerUnfitFor(listenerOf({ ...listener, mtls: true }).listener), undefined);
  assert.equal(listenerUnfitFor(listenerOf({ ...listener, Protocol: "${protocol}" }).listener), undefined);
  assert.equal(listenerUnfitFor(listenerOf(on).listener), undefined);
});

describe("to turn mutual authentication of a listener off", () => {
  function turnOff(value: Json): Json {
    const { tree, listener } = listenerOf(value);
    assert.equal(listenerOffUnfitFor(listener), undefined);
    const again = JSON.parse(render(tree, listenerOffChanges(listener))) as Json;
    assert.equal(listenerOffUnfitFor(listenerOf(again).listener), "already-off", "once is enough");
    assert.deepEqual(problemsIn(JSON.stringify(again)).map(messageOf), []);
    return again;
  }
  const off = { ...listener, MutualAuthentication: { Mode: "off" } };

  test("says so, and takes out what goes with verify alone", () => {
    assert.deepEqual(turnOff(on), off);
    assert.deepEqual(turnOff(passing), off);
    const settings = {
      IgnoreClientCertificateExpiry: false,
      AdvertiseTrustStoreCaNames: "on",
      TrustStoreAssociationStatus: "active",
    };
    const { MutualAuthentication } = on;
    assert.deepEqual(turnOff({ ...listener, MutualAuthentication: { ...MutualAuthentication, ...settings } }), off);
    const ListenerArn = listener.ListenerArn.replace("/app/", "/net/");
    const network = { ...listener, ListenerArn, Protocol: "TLS" };
    const ClientCertificateIdentityFilters = [
      { Action: "accept", Field: "subject-cn", MatchType: "exact", Value: "shop" },
    ];
    assert.deepEqual(
      turnOff({ ...network, MutualAuthentication: { ...MutualAuthentication, ClientCertificateIdentityFilters } }),
      { ...network, MutualAuthentication: { Mode: "off" } },
    );
  });

  test("is refused where it is off, or is not written as Elastic Load Balancing reads it", () => {
    const unfit = (value: Json) => listenerOffUnfitFor(listenerOf(value).listener);
    assert.equal(unfit(listener), "already-off");
    assert.equal(unfit(off), "already-off");
    assert.equal(unfit({ ...listener, MutualAuth: { Mode: "verify", TrustStoreArn: trustStore } }), "misspelled");
  });
});
