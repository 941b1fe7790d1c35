import * as l10n from "@vscode/l10n";
import { type Arn, describeArn, isCertificateArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import { type MtlsBlock, names, namesFor } from "../../cloudfront/origin-mtls.ts";
import { writtenText } from "../../dialect/view.ts";
import { isUnfinished, type Node } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "no-object": ({ key, member }: { key: string; member: string }) =>
    l10n.t("{0} must be an object with the member {1}.", key, member),
  put: ({ key }: { key: string }) => l10n.t("Move the ARN into {0}", key),
  missing: ({ key }: { key: string }) =>
    l10n.t("{0} is missing. It names the ACM certificate that CloudFront presents to the origin.", key),
  "no-string": () => l10n.t("The ARN of the certificate must be a string."),
  spaces: () => l10n.t("The ARN has spaces or line breaks around it."),
  trim: () => l10n.t("Remove the spaces around the ARN"),
  empty: () => l10n.t("The ARN is empty. Enter the ARN of the ACM certificate that CloudFront presents to the origin."),
  placeholder: () => l10n.t("This is a placeholder. Enter the ARN of the ACM certificate."),
  "no-arn": ({ sample }: { sample: string }) =>
    l10n.t("This is not an ARN. An ACM certificate ARN has this format: {0}.", sample),
  "other-resource": ({ resource }: { resource: string }) =>
    l10n.t("The ARN names {0}. CloudFront accepts only an ACM certificate here.", resource),
  "no-account": () =>
    l10n.t('The ARN has no account ID. The 12-digit account ID belongs between the Region and "certificate/".'),
  "no-certificate": () => l10n.t('The ARN has no certificate ID. The ID belongs after "certificate/".'),
  malformed: ({ region, resource }: { region: string; resource: string }) =>
    l10n.t("This is not a valid ACM certificate ARN (Region {0}, resource {1}).", region, resource),
  "other-partition": ({ partition, others }: { partition: string; others: string }) =>
    l10n.t(
      "The certificate is in partition {0}, but the other ARNs in this configuration are in {1}. A partition cannot use resources in another partition.",
      partition,
      others,
    ),
  "in-partition": ({ partition }: { partition: string }) => l10n.t("This ARN is in partition {0}.", partition),
  account: ({ digits }: { digits: number }) =>
    l10n.t("The account ID in this ARN has {0} digits. An account ID has 12 digits.", digits),
  sample: ({ id }: { id: string }) => l10n.t('"{0}" looks like a sample. The ID of an ACM certificate is a UUID.', id),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const clientCertificateArn: Rule<Origin, typeof says> = {
  id: "origin/client-certificate-arn",
  severity: "error",
  requires: l10n.t("ClientCertificateArn must name a certificate in AWS Certificate Manager."),
  source: sources.clientCertificate,
  says,
  *check(origin) {
    // On an S3 or VPC origin the whole block has to go: origin/mtls-origin-type.
    if (origin.kind === "s3" || origin.kind === "vpc") return;
    for (const block of origin.blocks) {
      if (block.says === "off") continue;
      for (const finding of checkBlock(origin, block)) yield { ...finding, origin: origin.id };
    }
  },
};

function* checkBlock(origin: Origin, { member, object, arn }: MtlsBlock): Iterable<Finding<Said>> {
  const called = namesFor(origin.distribution.dialect).arn;
  if (member.value === undefined || isUnknown(member.value)) return;
  if (object === undefined) {
    const fixes = asObject(member.value, called);
    yield {
      at: member.value,
      reason: { code: "no-object", args: { key: member.spelled, member: called } },
      fixes,
    };
    if (fixes.length > 0) yield* checkValue(origin, member.value);
  } else if (arn === undefined) {
    if (origin.distribution.complete && !isUnfinished(object))
      yield {
        at: member.keySpan,
        reason: { code: "missing", args: { key: called } },
      };
  } else if (arn.value !== undefined) yield* checkValue(origin, arn.value);
}

/** Still being typed, or filled in later by a template engine. */
function isUnknown(node: Node): boolean {
  if (node.kind === "computed") return true;
  if (node.kind === "scalar")
    return node.value === undefined || (typeof node.value === "string" && isTemplated(node.value));
  return node.kind === "object" && node.members.some(({ key }) => key === "Ref" || key.startsWith("Fn::"));
}

/** The article's short form, with the ARN where the block belongs. */
function asObject(node: Node, called: string): readonly Fix<Said>[] {
  if (node.kind !== "scalar" || typeof node.value !== "string" || !isCertificateArn(node.value)) return [];
  return [
    {
      reason: { code: "put", args: { key: called } },
      safe: true,
      changes: [{ kind: "set", node, value: { [names.arn]: node.value } }],
    },
  ];
}

function* checkValue(origin: Origin, node: Node): Iterable<Finding<Said>> {
  if (node.kind === "computed") {
    // What names another service names it whatever is filled in behind that.
    const arn = parseArn(writtenText(node) ?? "");
    if (arn !== undefined && arn.service !== "acm" && !isTemplated(arn.service))
      yield { at: node, reason: { code: "other-resource", args: { resource: describeArn(arn) } } };
  }
  if (isUnknown(node)) return;
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    yield { at: node, reason: { code: "no-string" } };
    return;
  }
  const arn = parseArn(node.value);
  if (arn !== undefined && usual.test(node.value)) {
    yield* checkCertificate(origin, node, arn);
    return;
  }
  yield* checkUnusual(origin, node, node.value);
}

const sample = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** Nearly every certificate there is, and no placeholder. */
const usual =
  /^arn:(?!partition:)[a-z-]+:acm:(?!region:)[a-z0-9-]+:[0-9]{12}:certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function* checkUnusual(origin: Origin, node: Node, written: string): Iterable<Finding<Said>> {
  const value = written.trim();
  const arn = parseArn(value);
  if (value !== written && isCertificateArn(value)) {
    yield {
      at: node,
      reason: { code: "spaces" },
      fixes: [{ reason: { code: "trim" }, safe: true, changes: [{ kind: "set", node, value }] }],
    };
  }
  if (value === "") yield { at: node, reason: { code: "empty" } };
  else if (isPlaceholder(value)) yield { at: node, reason: { code: "placeholder" } };
  else if (arn === undefined) yield { at: node, reason: { code: "no-arn", args: { sample } } };
  else if (arn.service !== "acm" || !arn.resource.startsWith("certificate/"))
    yield { at: node, reason: { code: "other-resource", args: { resource: describeArn(arn) } } };
  else if (!isCertificateArn(value)) yield { at: node, reason: malformed(arn) };
  else yield* checkCertificate(origin, node, arn);
}

function malformed({ account, resource, region }: Arn): Said {
  if (!/^[0-9]+$/.test(account)) return { code: "no-account" };
  if (resource === "certificate/") return { code: "no-certificate" };
  return { code: "malformed", args: { region, resource } };
}

function* checkCertificate(origin: Origin, node: Node, arn: Arn): Iterable<Finding<Said>> {
  const other = otherPartition(origin, arn.partition);
  if (other !== undefined) {
    yield {
      at: node,
      severity: other.count > 1 ? "error" : "warning",
      reason: { code: "other-partition", args: { partition: arn.partition, others: other.partition } },
      related: [{ at: other.node, reason: { code: "in-partition", args: { partition: other.partition } } }],
    };
  } else if (arn.account.length !== 12) {
    yield {
      at: node,
      severity: "warning",
      reason: { code: "account", args: { digits: arn.account.length } },
    };
  } else if (!/^certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(arn.resource)) {
    yield {
      at: node,
      severity: "warning",
      reason: { code: "sample", args: { id: arn.resource.slice("certificate/".length) } },
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
