import * as l10n from "@vscode/l10n";
import type { OriginIntent } from "../cloudfront/intent.ts";
import type { TemplateKind } from "../cloudfront/owner.ts";

/** A change to a distribution, for the template that owns it. */
export interface TemplateChange {
  readonly intent: OriginIntent;
  /** The distribution's. */
  readonly id: string;
  /** What CloudFormation's template calls the distribution. */
  readonly logicalId: string | undefined;
  readonly origins: readonly TemplateOrigin[];
}

export interface TemplateOrigin {
  readonly id: string;
  readonly domainName: string;
  /** Where it stands among the origins of the distribution, from zero. */
  readonly index: number;
  /** Enabling changes how the origin is called. */
  readonly becomesHttpsOnly: boolean;
}

export interface TemplateText {
  /** The editor's language. */
  readonly language: "yaml" | "typescript" | "terraform";
  readonly text: string;
}

/**
 * The change as the template says it; what has nothing to do with it is left out. Spelled as CloudFormation's resource
 * `AWS::CloudFront::Distribution`, CDK's `CfnDistribution` and Terraform's `aws_cloudfront_distribution` have it.
 */
export function templateText(kind: TemplateKind, change: TemplateChange): TemplateText {
  switch (kind) {
    case "cloudformation":
      return { language: "yaml", text: cloudFormation(change) };
    case "cdk":
      return { language: "typescript", text: cdk(change) };
    case "terraform":
      return { language: "terraform", text: terraform(change) };
  }
}

// --- CloudFormation

function cloudFormation({ intent, id, logicalId, origins }: TemplateChange): string {
  const head = intent.kind === "disable" ? removal("OriginMtlsConfig", id) : addition(id);
  return lines([
    ...head.map((line) => `# ${line}`),
    "Resources:",
    `  ${yaml(logicalId ?? "Distribution")}:`,
    "    Type: AWS::CloudFront::Distribution",
    "    Properties:",
    "      DistributionConfig:",
    "        Origins:",
    ...origins.flatMap((origin) => [
      `          - Id: ${yaml(origin.id)}`,
      `            DomainName: ${yaml(origin.domainName)}`,
      "            CustomOriginConfig:",
      ...(intent.kind === "disable"
        ? [`              # ${l10n.t("Remove {0} here.", "OriginMtlsConfig")}`]
        : [
            ...(isHttpsOnly(intent, origin) ? ["              OriginProtocolPolicy: https-only"] : []),
            "              OriginMtlsConfig:",
            `                ClientCertificateArn: ${yaml(intent.certificate)}`,
          ]),
    ]),
  ]);
}

/** A JSON string is one of YAML, too. What could be read as anything but a text is quoted. */
function yaml(text: string): string {
  const isPlain = /^[A-Za-z][\w./:@+=-]*[\w/]$/.test(text) && !/^(true|false|yes|no|on|off|null)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

// --- CDK

function cdk({ intent, id, origins }: TemplateChange): string {
  const head = intent.kind === "disable" ? removal("OriginMtlsConfig", id) : addition(id);
  const notes = [
    l10n.t(
      "The CDK constructs have no property for this setting. It is set on the underlying CloudFormation resource.",
    ),
    l10n.t(
      "The numbers are the positions of the origins in the distribution. Compare them with the template that the AWS CDK generates.",
    ),
  ];
  return lines([
    ...[...head, ...notes].map((line) => `// ${line}`),
    "const resource = distribution.node.defaultChild as cloudfront.CfnDistribution;",
    ...origins.flatMap((origin) => {
      const config = `DistributionConfig.Origins.${origin.index}.CustomOriginConfig`;
      const name = `// ${JSON.stringify(origin.id)}`;
      if (intent.kind === "disable")
        return [name, `resource.addPropertyDeletionOverride(${JSON.stringify(`${config}.OriginMtlsConfig`)});`];
      const policy = `resource.addPropertyOverride(${JSON.stringify(`${config}.OriginProtocolPolicy`)}, "https-only");`;
      const path = JSON.stringify(`${config}.OriginMtlsConfig.ClientCertificateArn`);
      const certificate = `resource.addPropertyOverride(${path}, ${JSON.stringify(intent.certificate)});`;
      return [name, ...(isHttpsOnly(intent, origin) ? [policy] : []), certificate];
    }),
  ]);
}

// --- Terraform

function terraform({ intent, id, origins }: TemplateChange): string {
  const head =
    intent.kind === "disable"
      ? removal("origin_mtls_config", id)
      : [...addition(id), l10n.t("The AWS provider supports origin_mtls_config in version 6.51.0 and later.")];
  return lines([
    ...head.map((line) => `# ${line}`),
    'resource "aws_cloudfront_distribution" "distribution" {',
    ...origins.flatMap((origin) => [
      "  origin {",
      `    origin_id   = ${hcl(origin.id)}`,
      `    domain_name = ${hcl(origin.domainName)}`,
      "",
      "    custom_origin_config {",
      ...(intent.kind === "disable"
        ? [`      # ${l10n.t("Remove {0} here.", "origin_mtls_config")}`]
        : [
            ...(isHttpsOnly(intent, origin) ? ['      origin_protocol_policy = "https-only"', ""] : []),
            "      origin_mtls_config {",
            `        client_certificate_arn = ${hcl(intent.certificate)}`,
            "      }",
          ]),
      "    }",
      "  }",
    ]),
    "}",
  ]);
}

/** `${` and `%{` begin a template. */
function hcl(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

// --- what they share

function isHttpsOnly(intent: OriginIntent, { becomesHttpsOnly }: TemplateOrigin): boolean {
  return intent.kind === "enable" && becomesHttpsOnly;
}

function addition(id: string): string[] {
  return [
    l10n.t(
      "For the template that manages distribution {0}. Only the changes are shown. Add them to the template and keep the rest unchanged.",
      id,
    ),
  ];
}

function removal(block: string, id: string): string[] {
  return [
    l10n.t(
      "For the template that manages distribution {0}. Remove {1} from these origins and keep the rest unchanged.",
      id,
      block,
    ),
    l10n.t("Before you deploy this change, make sure that the origins no longer request a client certificate."),
  ];
}

function lines(parts: readonly string[]): string {
  return `${parts.join("\n")}\n`;
}
