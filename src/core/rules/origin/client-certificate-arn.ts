import * as l10n from "@vscode/l10n";
import { type Arn, describeArn, isCertificateArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import { type MtlsBlock, saysOff } from "../../cloudfront/origin-mtls.ts";
import type { Node } from "../../document/tree.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const clientCertificateArn: Rule<Origin> = {
  id: "origin/client-certificate-arn",
  severity: "error",
  requires: l10n.t("ClientCertificateArn names a certificate in AWS Certificate Manager."),
  source: sources.clientCertificate,
  *check(origin) {
    // On an S3 or VPC origin the whole block has to go: origin/mtls-origin-type.
    if (origin.kind === "s3" || origin.kind === "vpc") return;
    for (const block of origin.blocks) {
      if (saysOff(block.enabled?.value)) continue;
      for (const finding of checkBlock(origin, block)) yield { ...finding, origin: origin.id };
    }
  },
};

function* checkBlock(origin: Origin, { member, object, arn }: MtlsBlock): Iterable<Finding> {
  const { clientCertificateArn } = origin.distribution.dialect;
  if (member.value === undefined || isUnfinished(member.value)) return;
  if (object === undefined) {
    const fixes = asObject(member.value, clientCertificateArn);
    yield { at: member.value, message: l10n.t("{0} takes an object with the member {1}.", member.key, clientCertificateArn), fixes };
    if (fixes.length > 0) yield* checkValue(origin, member.value);
  } else if (arn === undefined) {
    if (origin.distribution.complete) yield { at: member.keySpan, message: l10n.t("{0} is missing: it names the ACM certificate that CloudFront presents to the origin.", clientCertificateArn) };
  } else if (arn.value !== undefined) yield* checkValue(origin, arn.value);
}

function isUnfinished(node: Node): boolean {
  return node.kind === "scalar" && node.value === undefined;
}

/** The article's short form, with the ARN where the block belongs. */
function asObject(node: Node, key: string): readonly Fix[] {
  if (node.kind !== "scalar" || typeof node.value !== "string" || !isCertificateArn(node.value)) return [];
  return [{ title: l10n.t("Put the ARN into {0}", key), safe: true, changes: [{ kind: "set", node, value: { [key]: node.value } }] }];
}

function* checkValue(origin: Origin, node: Node): Iterable<Finding> {
  if (isUnfinished(node)) return;
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    yield { at: node, message: l10n.t("The certificate is named by its ARN, a text.") };
    return;
  }
  const value = node.value.trim();
  if (isTemplated(value)) return;
  const arn = parseArn(value);
  if (value !== node.value && isCertificateArn(value)) {
    yield { at: node, message: l10n.t("There are blanks around the ARN."), fixes: [{ title: l10n.t("Remove the blanks around the ARN"), safe: true, changes: [{ kind: "set", node, value }] }] };
  }
  if (value === "") yield { at: node, message: l10n.t("The ARN is empty: name the ACM certificate that CloudFront presents to the origin.") };
  else if (isPlaceholder(value)) yield { at: node, message: l10n.t("This is a placeholder: put the ARN of the ACM certificate here.") };
  else if (arn === undefined) yield { at: node, message: l10n.t("This is no ARN. An ACM certificate has an ARN of the form {0}.", "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012") };
  else if (arn.service !== "acm" || !arn.resource.startsWith("certificate/")) yield { at: node, message: l10n.t("CloudFront takes only an ACM certificate here; this is {0}.", describeArn(arn)) };
  else if (!isCertificateArn(value)) yield { at: node, message: malformed(arn) };
  else yield* checkCertificate(origin, node, arn);
}

function malformed({ account, resource, region }: Arn): string {
  if (!/^[0-9]+$/.test(account)) return l10n.t("The ARN names no account: between the region and \"certificate/\" belong the twelve digits of the account.");
  if (resource === "certificate/") return l10n.t("The ARN names no certificate: its id belongs behind \"certificate/\".");
  return l10n.t("This is no well-formed ARN of an ACM certificate (region {0}, resource {1}).", region, resource);
}

function* checkCertificate(origin: Origin, node: Node, arn: Arn): Iterable<Finding> {
  const other = otherPartition(origin, arn.partition);
  if (other !== undefined) {
    yield {
      at: node,
      message: l10n.t("The certificate is in the partition {0}, the rest of this document in {1}: CloudFront cannot use it.", arn.partition, other.partition),
      related: [{ at: other.node, message: l10n.t("an ARN in the partition {0}", other.partition) }],
    };
  } else if (arn.account.length !== 12) {
    yield { at: node, severity: "warning", message: l10n.t("An account has twelve digits; this ARN has {0}.", arn.account.length) };
  } else if (!/^certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(arn.resource)) {
    yield { at: node, severity: "warning", message: l10n.t("ACM names its certificates by a UUID; \"{0}\" looks like a sample.", arn.resource.slice("certificate/".length)) };
  }
}

/** The partition of all other ARNs of the document, where they agree and it is another one. */
function otherPartition(origin: Origin, partition: string): { node: Node; partition: string } | undefined {
  let found: { node: Node; partition: string } | undefined;
  for (const { node, value } of origin.distribution.members.arns) {
    const other = parseArn(value)?.partition;
    if (other === undefined || isTemplated(value)) continue;
    if (other === partition || (found !== undefined && found.partition !== other)) return undefined;
    found ??= { node, partition: other };
  }
  return found;
}
