// Templates that nobody means: nothing throws, and what is right in them is found.
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../../../src/core/read.ts";
import { problemsOf } from "../checking.ts";
import { findingsIn } from "./templates.ts";

const balancer = (mode: string, head = ""): string =>
  `${head}Resources:\n  L:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties:\n      MutualAuthentication:\n        Mode: ${mode}\n`;

const odd: readonly string[] = [
  "Resources: 1",
  "Resources: []",
  "Resources:\n  A:",
  "Resources:\n  A: []",
  "Resources:\n  A:\n    Type: [x]\n    Properties: []",
  "Resources:\n  A:\n    Type: 17\n    Properties: 1",
  "Resources:\n  A: &a\n    Type: AWS::CloudFront::Distribution\n    Properties: *a",
  "Resources:\n  A:\n    Type: AWS::CloudFront::Distribution\n    Condition: [x]\n    Properties: { DistributionConfig: { Origins: !If [] } }",
  balancer("!If []"),
  balancer("!FindInMap [A]"),
  balancer("!GetAtt []"),
  balancer("!Sub []"),
  balancer("!Sub '${'"),
  balancer("!Sub '${}'"),
  balancer("!Ref ''"),
  balancer("verify", "Mappings: 1\nConditions: []\nParameters: x\nGlobals: 7\nTransform: {}\n"),
  balancer("!If [A, x, y]", "Conditions:\n  A: !And\n"),
  balancer(`${"!If [A, ".repeat(20_000)}x${", y]".repeat(20_000)}`),
  balancer(`${'!Sub ["${V}${V}${V}${V}", { V: '.repeat(60)}!Ref X${" }]".repeat(60)}`),
  `${balancer("!If [C0, x, y]")}Conditions:\n${Array.from({ length: 20_000 }, (_, index) => `  C${index}: !Not [!Condition C${index + 1}]\n`).join("")}`,
];

test("no template throws, whatever is in it", () => {
  for (const text of odd) problemsOf(read({ text, syntax: "yaml", name: "x.yaml" }));
});

test("names that every object has are names of resources too", () => {
  const resources = ["__proto__", "constructor", "toString"].map(
    (id) =>
      `  ${id}: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { MutualAuthentication: { Mode: verify } } }\n`,
  );
  assert.equal(findingsIn(`Resources:\n${resources.join("")}`, "yaml").length, 3);
});

test("of resources that are called alike, the last one counts", () => {
  const one = (mode: string): string =>
    `  L: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { MutualAuthentication: { Mode: ${mode} } } }\n`;
  const found = findingsIn(`Resources:\n${one("Verify")}${one("never")}`, "yaml");
  assert.deepEqual(
    found.map((line) => line.slice(0, 4)),
    ["3:97"],
  );
});

test("conditions in a circle are none", () => {
  const circle = "Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\n";
  assert.deepEqual(findingsIn(balancer('!If [A, passthrough, "off"]', circle), "yaml"), []);
});

test("20,000 resources are all found", () => {
  const resources = Array.from(
    { length: 20_000 },
    (_, index) => `"N${index}":{"Type":"AWS::ApiGatewayV2::DomainName","Properties":{"DomainName":"a.example.com"}},`,
  );
  const apis = Array.from({ length: 2_000 }, (_, index) => `"A${index}":{"Type":"AWS::ApiGatewayV2::Api"},`);
  const text = `{"Resources":{${resources.join("")}${apis.join("")}"Z":{"Type":"x::y"}}}`;
  assert.equal(read({ text, syntax: "json", name: "x.json" }).subjects.length, 20_000);
});
