import * as l10n from "@vscode/l10n";
import { type Arn, describeArn, isCertificateArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { MtlsBlock } from "../../cloudfront/origin-mtls.ts";
import type { Node } from "../../document/tree.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const clientCertificateArn: Rule<Origin> = {
  id: "origin/client-certificate-arn",
  severity: "error",
  requires: l10n.t("ClientCertificateArn must name a certificate in AWS Certificate Manager."),
  source: sources.clientCertificate,
  *check(origin) {
    // On an S3 or VPC origin the whole block has to go: origin/mtls-origin-type.
    if (origin.kind === "s3" || origin.kind === "vpc") return;
    for (const block of origin.blocks) {
      if (block.says === "off") continue;
      for (const finding of checkBlock(origin, block)) yield { ...finding, origin: origin.id };
    }
  },
};

function* checkBlock(origin: Origin, { member, object, arn }: MtlsBlock): Iterable<Finding> {
  const { clientCertificateArn } = origin.distribution.dialect;
  if (member.value === undefined || isUnknown(member.value)) return;
  if (object === undefined) {
    const fixes = asObject(member.value, clientCertificateArn);
    yield {
      at: member.value,
      reason: l10n.t("{0} takes an object with the member {1}.", member.key, clientCertificateArn),
      fixes,
    };
    if (fixes.length > 0) yield* checkValue(origin, member.value);
  } else if (arn === undefined) {
    if (origin.distribution.complete)
      yield {
        at: member.keySpan,
        reason: l10n.t(
          "{0} is missing: it names the ACM certificate that CloudFront presents to the origin.",
          clientCertificateArn,
        ),
      };
  } else if (arn.value !== undefined) yield* checkValue(origin, arn.value);
}

/** Still being typed, or filled in later by a template engine. */
function isUnknown(node: Node): boolean {
  if (node.kind === "scalar")
    return node.value === undefined || (typeof node.value === "string" && isTemplated(node.value));
  return node.kind === "object" && node.members.some(({ key }) => key === "Ref" || key.startsWith("Fn::"));
}

/** The article's short form, with the ARN where the block belongs. */
function asObject(node: Node, key: string): readonly Fix[] {
  if (node.kind !== "scalar" || typeof node.value !== "string" || !isCertificateArn(node.value)) return [];
  return [
    {
      reason: l10n.t("Put the ARN into {0}", key),
      safe: true,
      changes: [{ kind: "set", node, value: { [key]: node.value } }],
    },
  ];
}

function* checkValue(origin: Origin, node: Node): Iterable<Finding> {
  if (isUnknown(node)) return;
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    yield { at: node, reason: l10n.t("The ARN of the certificate must be a string.") };
    return;
  }
  const arn = parseArn(node.value);
  if (arn !== undefined && usual.test(node.value)) {
    yield* checkCertificate(origin, node, arn);
    return;
  }
  yield* checkUnusual(origin, node, node.value);
}

/** Nearly every certificate there is. */
const usual = /^arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function* checkUnusual(origin: Origin, node: Node, written: string): Iterable<Finding> {
  const value = written.trim();
  const arn = parseArn(value);
  if (value !== written && isCertificateArn(value)) {
    yield {
      at: node,
      reason: l10n.t("There are spaces or line breaks around the ARN."),
      fixes: [
        { reason: l10n.t("Remove the spaces around the ARN"), safe: true, changes: [{ kind: "set", node, value }] },
      ],
    };
  }
  if (value === "")
    yield {
      at: node,
      reason: l10n.t("The ARN is empty: name the ACM certificate that CloudFront presents to the origin."),
    };
  else if (isPlaceholder(value))
    yield { at: node, reason: l10n.t("This is a placeholder: put the ARN of the ACM certificate here.") };
  else if (arn === undefined)
    yield {
      at: node,
      reason: l10n.t(
        "This is not an ARN. The ARN of an ACM certificate looks like {0}.",
        "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
      ),
    };
  else if (arn.service !== "acm" || !arn.resource.startsWith("certificate/"))
    yield {
      at: node,
      reason: l10n.t("CloudFront takes only an ACM certificate here; this is {0}.", describeArn(arn)),
    };
  else if (!isCertificateArn(value)) yield { at: node, reason: malformed(arn) };
  else yield* checkCertificate(origin, node, arn);
}

function malformed({ account, resource, region }: Arn): string {
  if (!/^[0-9]+$/.test(account))
    return l10n.t(
      'The ARN names no account: between the region and "certificate/" belong the twelve digits of the account.',
    );
  if (resource === "certificate/") return l10n.t('The ARN names no certificate: its id belongs behind "certificate/".');
  return l10n.t("This is not a well-formed ARN of an ACM certificate (region {0}, resource {1}).", region, resource);
}

function* checkCertificate(origin: Origin, node: Node, arn: Arn): Iterable<Finding> {
  const other = otherPartition(origin, arn.partition);
  if (other !== undefined) {
    yield {
      at: node,
      severity: other.count > 1 ? "error" : "warning",
      reason: l10n.t(
        "The certificate is in the partition {0}, but the other ARNs of this config are in {1}: one partition cannot use what is in another.",
        arn.partition,
        other.partition,
      ),
      related: [{ at: other.node, reason: l10n.t("an ARN in the partition {0}", other.partition) }],
    };
  } else if (arn.account.length !== 12) {
    yield {
      at: node,
      severity: "warning",
      reason: l10n.t("An account has twelve digits; this ARN has {0}.", arn.account.length),
    };
  } else if (!/^certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(arn.resource)) {
    yield {
      at: node,
      severity: "warning",
      reason: l10n.t(
        'ACM names its certificates by a UUID; "{0}" looks like a sample.',
        arn.resource.slice("certificate/".length),
      ),
    };
  }
}

/** The partition of all other ARNs of the document, where they agree and it is another one. */
function otherPartition(
  origin: Origin,
  partition: string,
): { node: Node; partition: string; count: number } | undefined {
  const [other, another] = origin.distribution.members.partitions;
  return other === undefined || another !== undefined || other[0] === partition
    ? undefined
    : { partition: other[0], ...other[1] };
}
