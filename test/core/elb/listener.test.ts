import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import { subjectsOf } from "../../../src/core/facts.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import { hasTellingWord } from "../../../src/core/telling.ts";
import { problemsIn, readText } from "../checking.ts";

const listenerArn =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
const block = {
  Mode: "verify",
  TrustStoreArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063",
};
const create = {
  LoadBalancerArn: loadBalancerArn,
  Protocol: "HTTPS",
  Port: 443,
  DefaultActions: [],
  MutualAuthentication: block,
};
const listed = {
  ListenerArn: listenerArn,
  LoadBalancerArn: loadBalancerArn,
  Protocol: "HTTPS",
  Port: 443,
  DefaultActions: [],
};

/** What a document is taken for: of each listener its form, role and mode. */
function recognise(value: Json): string {
  const text = JSON.stringify(value, undefined, 2);
  const [found] = subjectsOf(readText(text), "listeners");
  if (found === undefined) return "not ours";
  assert.ok(hasTellingWord(text));
  return found.listeners.map(({ form, role, knownMode }) => `${form} ${role} ${knownMode ?? "-"}`).join(", ");
}

describe("documents about listeners", () => {
  const ours: readonly (readonly [name: string, value: Json, expected: string])[] = [
    ["the input of create-listener", create, "listener create verify"],
    [
      "the input of modify-listener",
      { ListenerArn: listenerArn, MutualAuthentication: { Mode: "passthrough" } },
      "listener input passthrough",
    ],
    [
      "the output of describe-listeners",
      { Listeners: [{ ...listed, MutualAuthentication: { Mode: "off" } }, listed] },
      "listener output off, listener output -",
    ],
    ["one listener of an answer", { ...listed, MutualAuthentication: block }, "listener output verify"],
    [
      "the input of modify-listener in another case",
      { ListenerArn: listenerArn, mutualAuthentication: { mode: "verify" } },
      "listener input verify",
    ],
    ["the block in a member", { MutualAuthentication: { Mode: "off" } }, "listener input off"],
    ["the value of --mutual-authentication", block, "block input verify"],
    ["one in another case", { ...create, MutualAuthentication: { Mode: "VERIFY" } }, "listener create verify"],
    [
      "the input of modify-listener with the settings beside the rest",
      { ListenerArn: listenerArn, ...block },
      "listener input verify",
    ],
    ["the same without an ARN", { Port: 443, Protocol: "HTTPS", ...block }, "listener input verify"],
    ["the same with an empty mode", { ListenerArn: listenerArn, ...block, Mode: "" }, "listener input -"],
    ["one whose load balancer a template fills in", { ...create, LoadBalancerArn: "${lb}" }, "listener create verify"],
  ];
  for (const [name, value, expected] of ours) test(`are ours: ${name}`, () => assert.equal(recognise(value), expected));

  const others: readonly (readonly [name: string, value: Json])[] = [
    ["a CloudFormation resource", { Type: "AWS::ElasticLoadBalancingV2::Listener", Properties: create }],
    ["the inside of Properties, with intrinsics", { ...create, LoadBalancerArn: { Ref: "Alb" } }],
    ["Terraform in JSON", { resource: { aws_lb_listener: { l: { mutual_authentication: { mode: "verify" } } } } }],
    ["load balancers", { LoadBalancers: [{ LoadBalancerArn: loadBalancerArn, DNSName: "x", Type: "application" }] }],
    ["one load balancer", { LoadBalancerArn: loadBalancerArn, DNSName: "x", Protocol: "x" }],
    ["a rule of a listener", { ListenerArn: listenerArn, Conditions: [], Priority: 1, Actions: [] }],
    ["certificates of a listener", { ListenerArn: listenerArn, Certificates: [] }],
    [
      "a listener of Global Accelerator",
      {
        ListenerArn: "arn:aws:globalaccelerator::123456789012:accelerator/1/listener/2",
        Protocol: "TCP",
        PortRanges: [],
      },
    ],
    [
      "listeners of a classic load balancer",
      { Listeners: [{ Protocol: "HTTPS", LoadBalancerPort: 443, InstancePort: 80, InstanceProtocol: "HTTP" }] },
    ],
    ["trust stores", { TrustStores: [{ TrustStoreArn: block.TrustStoreArn, Name: "clients", Status: "ACTIVE" }] }],
    [
      "an update of a trust store",
      { TrustStoreArn: block.TrustStoreArn, CaCertificatesBundleS3Bucket: "b", CaCertificatesBundleS3Key: "k" },
    ],
    [
      "viewer mTLS of CloudFront",
      { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_1", AdvertiseTrustStoreCaNames: true } },
    ],
    ["how others authenticate mutually", { MutualAuthentication: { Mode: "Required", CertificatePath: "server.pem" } }],
    ["a mode of others", { MutualAuthentication: { Mode: "optional" } }],
    ["a listener of somebody", { ListenerArn: listenerArn, mtls: { enabled: true } }],
    ["a mode of something", { Mode: "verify" }],
    [
      "a trust store and a listener that a program is told",
      { ListenerArn: listenerArn, TrustStoreArn: block.TrustStoreArn },
    ],
    ["the same with a mode and more", { ListenerArn: listenerArn, ...block, Bucket: "clients" }],
    ["a mode of something at a listener", { ListenerArn: listenerArn, Mode: "blue-green" }],
    ["a table of an answer", [{ ListenerArn: listenerArn, Mode: "verify" }]],
    ["one line of it", { ListenerArn: listenerArn, Mode: "verify" }],
    ["the same in the list of an answer", { Listeners: [{ ListenerArn: listenerArn, ...block }] }],
    [
      "the names of these members in a language",
      { ListenerArn: "Listener ARN", MutualAuthentication: "Mutual authentication", Port: "Port", Mode: "Mode" },
    ],
    ["a port with a mode", { Port: 443, Protocol: "HTTPS", Mode: "verify" }],
    ["a skeleton", { ...create, LoadBalancerArn: "", MutualAuthentication: { Mode: "", TrustStoreArn: "" } }],
  ];
  for (const [name, value] of others) test(`are not ours: ${name}`, () => assert.equal(recognise(value), "not ours"));
});

test("nothing is found in what is right, nor asked for while it is typed", () => {
  for (const value of [create, { Listeners: [{ ...listed, MutualAuthentication: block }, listed] }, block])
    assert.deepEqual(problemsIn(JSON.stringify(value)), []);
  const whole = JSON.stringify(create, undefined, 1);
  for (let length = 0; length < whole.length; length++) {
    assert.deepEqual(
      problemsIn(whole.slice(0, length)).filter((problem) => /missing|needed/.test(messageOf(problem))),
      [],
      whole.slice(0, length),
    );
  }
});

test("settings beside those of a listener are a mistake in a request, and none in the items of a list", () => {
  const flat = { ListenerArn: listenerArn, Protocol: "HTTPS", Port: 443, ...block };
  const found = (value: Json) => problemsIn(JSON.stringify(value)).map(({ rule }) => rule.id);
  assert.deepEqual(found(flat), ["listener/mtls-place"]);
  assert.deepEqual(found([flat]), []);
  assert.deepEqual(found({ Listeners: [flat] }), []);
});
