import * as l10n from "@vscode/l10n";
import { isCertificateArn, isTemplated } from "../../arn.ts";
import type { Distribution, Origin } from "../../cloudfront/distribution.ts";
import { arnOf, type BlockPlace, isPlain, type MtlsBlock } from "../../cloudfront/origin-mtls.ts";
import { type Member, memberOf, stringOf } from "../../document/tree.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const mtlsPlace: Rule<Distribution> = {
  id: "origin/mtls-place",
  severity: "error",
  requires: l10n.t("OriginMtlsConfig must stand inside the CustomOriginConfig of its origin."),
  source: sources.customOriginConfig,
  *check({ soundUpTo, origins, strayBlocks }) {
    for (const origin of origins) {
      // On an S3 or VPC origin it belongs nowhere: that is origin/mtls-origin-type.
      if (origin.kind === "s3" || origin.kind === "vpc") continue;
      const inside = blockInside(origin);
      for (const block of origin.blocks) {
        // A block that says no is wrong wherever it stands: origin/mtls-spelling.
        if (block.place === "custom" || block.member.start >= soundUpTo || block.says === "off") continue;
        yield {
          at: block.member.keySpan,
          reason: misplaced(block, origin),
          origin: origin.id,
          fixes: fixesOf(block, inside, origin),
        };
      }
      for (const member of origin.bareArns) {
        if (member.start < soundUpTo)
          yield {
            at: member.keySpan,
            reason: l10n.t("{0} stands outside OriginMtlsConfig, where CloudFront does not see it.", member.key),
            origin: origin.id,
            fixes: wrap(member, inside, origin),
          };
      }
    }
    for (const block of strayBlocks) {
      if (block.member.start < soundUpTo) yield { at: block.member.keySpan, reason: misplaced(block, undefined) };
    }
  },
};

function misplaced({ member, place }: MtlsBlock, origin: Origin | undefined): string {
  const unseen = l10n.t(
    "Here CloudFront does not see it: the AWS CLI refuses it, the SDK for JavaScript silently ignores it.",
  );
  const effect =
    origin?.mtls === "on"
      ? l10n.t("What counts is the one inside CustomOriginConfig.")
      : l10n.t("The origin is called without a client certificate. It belongs inside CustomOriginConfig.");
  return `${where(member.key, place, origin)} ${unseen} ${effect}`;
}

function where(key: string, place: BlockPlace, origin: Origin | undefined): string {
  switch (place) {
    case "distribution":
      return l10n.t("{0} stands outside every origin.", key);
    case "origin":
      return origin?.custom === undefined
        ? l10n.t("{0} stands directly at the origin.", key)
        : l10n.t("{0} stands beside CustomOriginConfig.", key);
    default:
      return l10n.t("{0} stands in the wrong block.", key);
  }
}

/** The block that CloudFront reads. */
function blockInside({ blocks, distribution }: Origin): MtlsBlock | undefined {
  return blocks.find(({ place, member }) => place === "custom" && member.key === distribution.dialect.originMtlsConfig);
}

/** Only where there is one target. With another block in it, only where both say the same. */
function fixesOf(
  block: MtlsBlock,
  inside: MtlsBlock | undefined,
  { custom, blocks, bareArns, distribution: { dialect } }: Origin,
): readonly Fix[] {
  const { member } = block;
  if (
    inside !== undefined &&
    arnOf(inside) !== undefined &&
    arnOf(inside) === arnOf(block) &&
    isPlain(inside) &&
    isPlain(block)
  ) {
    return [
      {
        reason: l10n.t("Remove {0}: the one inside CustomOriginConfig says the same", member.key),
        safe: true,
        changes: [{ kind: "remove", entry: member }],
      },
    ];
  }
  if (
    custom === undefined ||
    blocks.length > 1 ||
    bareArns.length > 0 ||
    memberOf(custom, dialect.originMtlsConfig) !== undefined
  )
    return [];
  // Without a certificate it may be something else that only sounds alike.
  const safe = block.says === "on" && arnOf(block) !== undefined;
  return [
    {
      reason: l10n.t("Move {0} into CustomOriginConfig", member.key),
      safe,
      changes: [{ kind: "move", member, to: custom }],
    },
  ];
}

/** A certificate that stands alone gets the block around it. */
function wrap(
  member: Member,
  inside: MtlsBlock | undefined,
  { custom, blocks, bareArns, distribution: { dialect } }: Origin,
): readonly Fix[] {
  const certificate = stringOf(member.value);
  if (
    inside !== undefined &&
    blocks.length === 1 &&
    certificate !== undefined &&
    arnOf(inside) === certificate &&
    isPlain(inside)
  ) {
    return [
      {
        reason: l10n.t("Remove {0}: {1} says the same", member.key, dialect.originMtlsConfig),
        safe: true,
        changes: [{ kind: "remove", entry: member }],
      },
    ];
  }
  if (
    custom === undefined ||
    certificate === undefined ||
    blocks.length > 0 ||
    bareArns.length > 1 ||
    memberOf(custom, dialect.originMtlsConfig) !== undefined
  )
    return [];
  if (!isCertificateArn(certificate) && !isTemplated(certificate)) return [];
  const value = { [dialect.clientCertificateArn]: certificate };
  return [
    {
      reason: l10n.t("Put it into {0}", dialect.originMtlsConfig),
      safe: true,
      changes: [
        { kind: "remove", entry: member },
        { kind: "add", to: custom, key: dialect.originMtlsConfig, value },
      ],
    },
  ];
}
