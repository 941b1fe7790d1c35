import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { insertionsAt } from "../../../src/core/dialect/insertion.ts";
import { syntaxOfTemplate } from "../../../src/core/document/syntaxes.ts";
import "../../../src/core/document/yaml/support.ts";
import { parseYaml } from "../../../src/core/document/yaml/read.ts";
import { offersAt } from "../../../src/core/offers.ts";
import { read } from "../../../src/core/read.ts";

const origin = `          - Id: api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginSSLProtocols: [TLSv1.2]
`;
const template = `Parameters:
  Certificate:
    Type: String
  Stage:
    Type: String
    AllowedValues: [test, production]
  Port:
    Type: Number
  StoreArn:
    Type: String
Conditions:
  IsLive: !Equals [!Ref Stage, production]
Resources:
  Viewers:
    Type: AWS::CloudFront::TrustStore
  Clients:
    Type: AWS::ElasticLoadBalancingV2::TrustStore
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior:
          TargetOriginId: api
          ViewerProtocolPolicy: https-only
        Origins:
${origin}  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      Protocol: HTTPS
      MutualAuthentication: !If
        - IsLive
        - Mode: verify
          TrustStoreArn: !Ref Clients
        - Mode: passthrough
`;

/** The template with one part of it as it is being typed. */
function typing(part: string, typed: string, text = template): string {
  assert.ok(text.includes(part), part);
  return text.replace(part, typed);
}

/** What is offered at `¦`, and the text with one of them taken, with `‸` where something is to be typed. */
function offered(marked: string) {
  const offset = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  const facts = read({ text, syntax: syntaxOfTemplate(text), name: "" });
  const offers = offersAt(facts, offset);
  const take = (label: string) => {
    const offer = offers.find((one) => one.label === label);
    assert.ok(offer !== undefined, `${label} among ${offers.map((one) => one.label).join()}`);
    const { pieces } = insertionsAt(facts.tree, offset)(offer);
    const { replace, commaAt } = offer;
    const written = pieces.map((piece) => (typeof piece === "string" ? piece : `${piece.stop}‸`)).join("");
    const before =
      commaAt === undefined || commaAt >= replace.start
        ? text.slice(0, replace.start)
        : `${text.slice(0, commaAt)},${text.slice(commaAt, replace.start)}`;
    return before + written + text.slice(replace.end);
  };
  return { labels: offers.map(({ label }) => label), take };
}

/** What becomes of the part that is typed, where all else stays. */
function becomes(part: string, typed: string, label: string, expected: string): void {
  assert.equal(offered(typing(part, typed)).take(label), typing(part, expected));
}

describe("a member is written in block style, deeper than its name", () => {
  const end = "              OriginSSLProtocols: [TLSv1.2]\n";
  for (const [name, part, typed, label, expected] of [
    [
      "on an empty line",
      end,
      `${end}              ¦\n`,
      "OriginMtlsConfig",
      `${end}              OriginMtlsConfig:\n                ClientCertificateArn: ‸\n`,
    ],
    [
      "for what is half typed",
      end,
      `${end}              OriginMt¦\n`,
      "OriginMtlsConfig",
      `${end}              OriginMtlsConfig:\n                ClientCertificateArn: ‸\n`,
    ],
    [
      "below a name that has nothing yet",
      `${end}`,
      `${end}              OriginMtlsConfig:\n                ¦\n`,
      "ClientCertificateArn",
      `${end}              OriginMtlsConfig:\n                ClientCertificateArn: ‸\n`,
    ],
    [
      "in a new item",
      origin,
      `${origin}          - ¦\n`,
      "CustomOriginConfig",
      `${origin}          - CustomOriginConfig:\n              OriginProtocolPolicy: ‸\n`,
    ],
    [
      "with a list",
      origin,
      `${origin}            ¦\n`,
      "OriginCustomHeaders",
      `${origin}            OriginCustomHeaders:\n              - ‸\n`,
    ],
    [
      "with what is needed below it",
      "        Enabled: true\n",
      "        Enabled: true\n        Viewer¦\n",
      "ViewerMtlsConfig",
      "        Enabled: true\n        ViewerMtlsConfig:\n          Mode: ‸\n          TrustStoreConfig:\n            TrustStoreId: ‸\n",
    ],
    [
      "renamed alone, where its value is there",
      "              OriginProtocolPolicy: https-only\n",
      "              OriginP¦: https-only\n",
      "OriginProtocolPolicy",
      "              OriginProtocolPolicy: https-only\n",
    ],
    ["in the branch of a condition", "        - Mode: passthrough\n", "        - ¦\n", "Mode", "        - Mode: ‸\n"],
    [
      "in a branch that has members",
      "        - Mode: verify\n",
      "        - Mode: verify\n          ¦\n",
      "IgnoreClientCertificateExpiry",
      "        - Mode: verify\n          IgnoreClientCertificateExpiry: false‸\n",
    ],
    [
      "in the quotes that are begun",
      "              OriginProtocolPolicy: https-only\n",
      '              "OriginP¦": https-only\n',
      "OriginProtocolPolicy",
      '              "OriginProtocolPolicy": https-only\n',
    ],
  ] as const)
    test(name, () => becomes(part, typed, label, expected));

  test("as far as members of the file are", () => {
    const wide =
      "Resources:\n    L:\n        Type: AWS::ElasticLoadBalancingV2::Listener\n        Properties:\n            Protocol: HTTPS\n";
    assert.equal(
      offered(`${wide}            ¦\n`).take("MutualAuthentication"),
      `${wide}            MutualAuthentication:\n                Mode: ‸\n`,
    );
  });
});

describe("within brackets, a member is written in them", () => {
  const flow = "            CustomOriginConfig: {OriginProtocolPolicy: https-only}\n";
  const part = origin.slice(origin.indexOf("            CustomOriginConfig"));
  const config = (members: string) => typing(part, flow.replace("OriginProtocolPolicy: https-only", members));
  for (const [typed, label, expected] of [
    ["¦", "OriginMtlsConfig", "OriginMtlsConfig: { ClientCertificateArn: ‸ }"],
    ["¦ HTTPPort: 80", "OriginProtocolPolicy", "OriginProtocolPolicy: ‸, HTTPPort: 80"],
    ["HTTPPort: 80, ¦", "OriginSSLProtocols", "HTTPPort: 80, OriginSSLProtocols: [‸]"],
    ["HTTPPort: 80 ¦", "OriginProtocolPolicy", "HTTPPort: 80, OriginProtocolPolicy: ‸"],
    ["OriginProtocolPolicy:¦", "https-only", "OriginProtocolPolicy: https-only"],
    ["OriginProtocolPolicy: ¦", "https-only", "OriginProtocolPolicy: https-only"],
    ["OriginSSLProtocols: [¦]", "TLSv1.2", "OriginSSLProtocols: [TLSv1.2]"],
  ] as const)
    test(typed, () => assert.equal(offered(config(typed)).take(label), config(expected)));
});

describe("a value is written with its quotes only where it needs some", () => {
  const mode = "        - Mode: passthrough\n";
  for (const [typed, label, expected] of [
    ["¦", "verify", "verify"],
    ["¦", "off", '"off"'],
    ["o¦", "off", '"off"'],
    ["'¦'", "off", "'off'"],
    ['"¦', "verify", '"verify"'],
  ] as const)
    test(typed, () => becomes(mode, `        - Mode: ${typed}\n`, label, `        - Mode: ${expected}\n`));
});

describe("what a template has is offered where it belongs", () => {
  const store = "          TrustStoreArn: !Ref Clients\n";
  const of = (part: string, typed: string) => offered(typing(part, typed)).labels;

  test("trust stores, and parameters that may be one", () => {
    assert.deepEqual(of(store, "          TrustStoreArn: ¦\n"), ["!Ref Clients", "!Ref StoreArn", "!Ref Certificate"]);
    const viewers = "        Enabled: true\n";
    const id = "        ViewerMtlsConfig: {Mode: required, TrustStoreConfig: {TrustStoreId: ";
    assert.deepEqual(of(viewers, `${viewers}${id}¦}}\n`), ["!GetAtt Viewers.Id", "!Ref StoreArn", "!Ref Certificate"]);
    becomes(viewers, `${viewers}${id}¦}}\n`, "!GetAtt Viewers.Id", `${viewers}${id}!GetAtt Viewers.Id}}\n`);
  });

  test("in place of a call that is begun, and then alone", () => {
    for (const typed of ["!¦", "!Re¦", "!Ref ¦", "!Ref Cli¦"])
      becomes(store, `          TrustStoreArn: ${typed}\n`, "!Ref Clients", store);
    assert.deepEqual(of("        - Mode: passthrough\n", "        - Mode: !Ref ¦\n"), []);
  });

  test("parameters for a client certificate, beside those that the template names", () => {
    const end = "              OriginSSLProtocols: [TLSv1.2]\n";
    const block = (value: string) =>
      `${end}              OriginMtlsConfig:\n                ClientCertificateArn: ${value}\n`;
    assert.deepEqual(of(end, block("¦")), ["!Ref Certificate", "!Ref StoreArn"]);
    becomes(end, block("¦"), "!Ref Certificate", block("!Ref Certificate"));
    becomes(end, block("!If [IsLive, ¦, x]"), "!Ref Certificate", block("!If [IsLive, !Ref Certificate, x]"));
  });

  test("at length where the file writes calls so, and in JSON", () => {
    const long = template
      .replaceAll(/!Ref (\w+)/g, "{Ref: $1}")
      .replace("!Equals ", "{'Fn::Equals': ")
      .replace("n]\nR", "n]}\nR");
    const part = "          TrustStoreArn: {Ref: Clients}\n";
    const spread = long
      .replace("!If\n", "\n          Fn::If:\n")
      .replaceAll(/^ {8}- /gm, "          - ")
      .replaceAll(/^ {10}Tru/gm, "            Tru");
    assert.equal(
      offered(typing(part.slice(8), part.slice(8).replace("{Ref: Clients}", "¦"), spread)).take("!Ref Clients"),
      spread,
    );
    const distribution = (arn: string) =>
      `{"Parameters":{"C":{"Type":"String"}},"Resources":{"D":{"Type":"AWS::CloudFront::Distribution","Properties":{"DistributionConfig":{"Origins":[{"Id":"o","DomainName":"d","CustomOriginConfig":{"OriginMtlsConfig":{"ClientCertificateArn":${arn}}}}]}}}}}`;
    for (const typed of ["¦", '"¦"'])
      assert.equal(offered(distribution(typed)).take('{ "Ref": "C" }'), distribution('{ "Ref": "C" }'));
  });
});

test("nothing is offered that CloudFormation does not have, and names are spelled as it does", () => {
  const part = "        Enabled: true\n";
  const { labels } = offered(typing(part, `${part}        ¦\n`));
  assert.ok(labels.includes("IPV6Enabled") && !labels.includes("IsIPV6Enabled") && !labels.includes("CallerReference"));
  const behaviour = "          ViewerProtocolPolicy: https-only\n";
  assert.ok(!offered(typing(behaviour, `${behaviour}          ¦\n`)).labels.includes("Quantity"));
  const config = offered(typing(origin.slice(origin.indexOf("              Orig")), "              ¦\n")).labels;
  assert.ok(config.includes("OriginSSLProtocols") && !config.includes("OriginSslProtocols"));
  const verify = offered(typing("        - Mode: verify\n", "        - Mode: verify\n          ¦\n")).labels;
  assert.deepEqual(verify, ["IgnoreClientCertificateExpiry", "AdvertiseTrustStoreCaNames"]);
});

test("all that is offered leaves a template that can be read", () => {
  let taken = 0;
  for (const [part, typed] of [
    ["        Enabled: true\n", "        Enabled: true\n        ¦\n"],
    [origin, `${origin}          - ¦\n`],
    [origin, `${origin}            ¦\n`],
    ["          ViewerProtocolPolicy: https-only\n", "          ViewerProtocolPolicy: https-only\n          ¦\n"],
    ["          TargetOriginId: api\n", "          TargetOriginId: ¦\n"],
    ["      Protocol: HTTPS\n", "      Protocol: ¦\n"],
    ["              OriginSSLProtocols: [TLSv1.2]\n", "              OriginSSLProtocols: [TLSv1.2, ¦]\n"],
    ["              OriginSSLProtocols: [TLSv1.2]\n", "              OriginSSLProtocols:\n                - ¦\n"],
  ] as const) {
    const { labels, take } = offered(typing(part, typed));
    assert.ok(labels.length > 0, typed);
    for (const label of labels) {
      taken += 1;
      assert.deepEqual(parseYaml(take(label).replaceAll("‸", "x")).problems, [], `${label} in ${typed}`);
    }
  }
  assert.ok(taken > 60, String(taken));
});

test("the first member of a resource is offered below a name that has nothing yet", () => {
  const part = "    Type: AWS::ElasticLoadBalancingV2::TrustStore\n";
  const fresh = (typed: string) =>
    typing(part, `${part}  New:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties:\n      ${typed}\n`);
  for (const typed of ["¦", "Mut¦"])
    assert.equal(
      offered(fresh(typed)).take("MutualAuthentication"),
      fresh("MutualAuthentication:\n        Mode: ‸"),
      typed,
    );
  assert.deepEqual(offered(fresh("¦").replace("Properties:", "Metadata:")).labels, []);
});

test("SAM's own forms are offered as SAM has them", () => {
  const api = (typed: string) =>
    `Resources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      Domain:\n        DomainName: a.example\n        CertificateArn: x\n        ${typed}\n`;
  assert.deepEqual(offered(api("¦")).labels, [
    "SecurityPolicy",
    "MutualTlsAuthentication",
    "OwnershipVerificationCertificateArn",
    "EndpointConfiguration",
  ]);
  assert.deepEqual(offered(api("EndpointConfiguration: ¦")).labels, ["REGIONAL", "EDGE", "PRIVATE"]);
});
