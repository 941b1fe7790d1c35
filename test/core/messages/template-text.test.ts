import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type TemplateChange, templateText } from "../../../src/core/messages/template-text.ts";
import { certificate } from "../configs.ts";

const change: TemplateChange = {
  intent: { kind: "enable", certificate },
  id: "EDFDVBD6EXAMPLE",
  logicalId: "Shop",
  origins: [
    { id: "shop-api", domainName: "api.example.com", index: 0, becomesHttpsOnly: true },
    { id: "on ${x}: #1", domainName: "legacy.example.com", index: 2, becomesHttpsOnly: false },
  ],
};
const disable: TemplateChange = { ...change, intent: { kind: "disable" } };
const first = change.origins.slice(0, 1);

/** Without its remarks. */
function code(kind: "cloudformation" | "cdk" | "terraform", of: TemplateChange): string {
  return templateText(kind, of)
    .text.split("\n")
    .filter((line) => !/^\s*(#|\/\/)/.test(line))
    .join("\n");
}

describe("a change for a template", () => {
  test("is spelled as CloudFormation spells it, lists plain", () => {
    assert.equal(
      code("cloudformation", change),
      `Resources:
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - Id: shop-api
            DomainName: api.example.com
            CustomOriginConfig:
              OriginProtocolPolicy: https-only
              OriginMtlsConfig:
                ClientCertificateArn: ${certificate}
          - Id: "on \${x}: #1"
            DomainName: legacy.example.com
            CustomOriginConfig:
              OriginMtlsConfig:
                ClientCertificateArn: ${certificate}
`,
    );
    assert.match(code("cloudformation", { ...change, logicalId: undefined }), /^ {2}Distribution:$/m);
  });

  test("quotes in YAML whatever could be read as something else", () => {
    for (const id of ["true", "1", "a: b", "- a", "", "a\nb: c", "null", "a #b", "*x"]) {
      assert.match(
        code("cloudformation", { ...change, origins: [{ id, domainName: "a.b", index: 0, becomesHttpsOnly: false }] }),
        new RegExp(`- Id: ${JSON.stringify(id).replace(/[\\*]/g, "\\$&")}\n`),
      );
    }
  });

  test("is spelled as Terraform spells it", () => {
    assert.equal(
      code("terraform", change),
      `resource "aws_cloudfront_distribution" "distribution" {
  origin {
    origin_id   = "shop-api"
    domain_name = "api.example.com"

    custom_origin_config {
      origin_protocol_policy = "https-only"

      origin_mtls_config {
        client_certificate_arn = "${certificate}"
      }
    }
  }
  origin {
    origin_id   = "on $\${x}: #1"
    domain_name = "legacy.example.com"

    custom_origin_config {
      origin_mtls_config {
        client_certificate_arn = "${certificate}"
      }
    }
  }
}
`,
    );
    assert.match(templateText("terraform", change).text, /6\.51\.0/);
  });

  test("goes around what CDK's constructs lack", () => {
    const config = "DistributionConfig.Origins.0.CustomOriginConfig";
    assert.equal(
      code("cdk", { ...change, origins: first }),
      `const resource = distribution.node.defaultChild as cloudfront.CfnDistribution;
resource.addPropertyOverride("${config}.OriginProtocolPolicy", "https-only");
resource.addPropertyOverride("${config}.OriginMtlsConfig.ClientCertificateArn", "${certificate}");
`,
    );
    assert.match(code("cdk", change), /Origins\.2\.CustomOriginConfig\.OriginMtlsConfig/);
    assert.match(
      code("cdk", disable),
      /addPropertyDeletionOverride\("DistributionConfig\.Origins\.2\.CustomOriginConfig\.OriginMtlsConfig"\)/,
    );
  });

  test("to disable says what to take out, and names no certificate", () => {
    for (const kind of ["cloudformation", "cdk", "terraform"] as const) {
      const { text } = templateText(kind, disable);
      assert.doesNotMatch(text, /arn:aws:acm/);
      assert.match(text, /make sure that the origins no longer request a client certificate/);
    }
    assert.match(templateText("terraform", disable).text, /Remove origin_mtls_config here/);
  });

  test("leaves the protocol policy alone where only the certificate changes", () => {
    assert.doesNotMatch(
      templateText("cloudformation", { ...change, intent: { kind: "change-certificate", certificate } }).text,
      /OriginProtocolPolicy/,
    );
  });
});
