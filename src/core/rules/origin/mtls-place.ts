import * as l10n from "@vscode/l10n";
import { isCertificateArn, isTemplated } from "../../arn.ts";
import type { Distribution, Origin } from "../../cloudfront/distribution.ts";
import { arnOf, type BlockPlace, isPlain, type MtlsBlock, names, namesFor } from "../../cloudfront/origin-mtls.ts";
import { strayMtlsMembers } from "../../cloudfront/stray-mtls.ts";
import { refusal } from "../../dialect/refusal.ts";
import { isComputed, type Member, memberOf, stringOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { nameOfHolder } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  misplaced: ({ where, refusal, effect }: { where: string; refusal: string; effect: string }) =>
    l10n.t("{0} CloudFront does not see it here. {1} {2}", where, refusal, effect),
  outside: ({ key }: { key: string }) => l10n.t("{0} is outside the origins.", key),
  "at-origin": ({ key }: { key: string }) => l10n.t("{0} is directly in the origin.", key),
  beside: ({ key }: { key: string }) => l10n.t("{0} is next to CustomOriginConfig.", key),
  "wrong-block": ({ key }: { key: string }) => l10n.t("{0} is in the wrong object.", key),
  inside: ({ key, holder }: { key: string; holder: string }) => l10n.t("{0} is in {1}.", key, holder),
  "other-counts": () => l10n.t("CloudFront uses the one inside CustomOriginConfig."),
  "no-certificate": () =>
    l10n.t("CloudFront connects to the origin without a client certificate. Move it into CustomOriginConfig."),
  "no-origin": ({ block }: { block: string }) =>
    l10n.t(
      "No origin gets a client certificate from it. The certificate of an origin belongs in {0}, in its CustomOriginConfig.",
      block,
    ),
  bare: ({ key, block, refusal }: { key: string; block: string; refusal: string }) =>
    l10n.t("{0} is outside {1}. CloudFront does not see it here. {2}", key, block, refusal),
  "remove-beside": ({ key }: { key: string }) =>
    l10n.t("Remove {0} (CustomOriginConfig already has the same setting)", key),
  "remove-bare": ({ key, other }: { key: string; other: string }) =>
    l10n.t("Remove {0} ({1} already has the same setting)", key, other),
  move: ({ key }: { key: string }) => l10n.t("Move {0} into CustomOriginConfig", key),
  put: ({ key }: { key: string }) => l10n.t("Move it into {0}", key),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const mtlsPlace: Rule<Distribution, typeof says> = {
  id: "origin/mtls-place",
  severity: "error",
  requires: l10n.t("OriginMtlsConfig must be inside the CustomOriginConfig of its origin."),
  source: sources.customOriginConfig,
  says,
  *check(distribution) {
    const { soundUpTo, origins, strayBlocks, dialect } = distribution;
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
            reason: {
              code: "bare",
              args: { key: member.spelled, block: namesFor(dialect).block, refusal: refusal(member.parent, "it") },
            },
            origin: origin.id,
            fixes: wrap(member, inside, origin),
          };
      }
    }
    for (const block of strayBlocks) {
      if (block.member.start < soundUpTo) yield { at: block.member.keySpan, reason: misplaced(block, undefined) };
    }
    for (const { member, within } of strayMtlsMembers(distribution)) {
      if (member.start >= soundUpTo) continue;
      const effect: Said = { code: "no-origin", args: { block: namesFor(dialect).block } };
      yield {
        at: member.keySpan,
        reason: {
          code: "misplaced",
          args: { where: inside(member, within), refusal: refusal(within.parent, "it"), effect },
        },
      };
    }
  },
};

function misplaced({ member, place }: MtlsBlock, origin: Origin | undefined): Said {
  const where: Said =
    place === "inner" ? inside(member) : { code: whereIn(place, origin), args: { key: member.spelled } };
  const effect: Said = { code: origin?.mtls === "on" ? "other-counts" : "no-certificate" };
  return { code: "misplaced", args: { where, refusal: refusal(member.parent, "it"), effect } };
}

/** @param around the outermost member that CloudFront does not know there */
function inside(member: Member, around: Member = member): Said {
  const holder = around === member ? nameOfHolder(member.parent) : around.spelled;
  return holder === undefined
    ? { code: "outside", args: { key: member.spelled } }
    : { code: "inside", args: { key: member.spelled, holder } };
}

function whereIn(place: BlockPlace, origin: Origin | undefined): "outside" | "at-origin" | "beside" | "wrong-block" {
  switch (place) {
    case "distribution":
      return "outside";
    case "origin":
      return origin?.custom === undefined ? "at-origin" : "beside";
    default:
      return "wrong-block";
  }
}

/** The block that CloudFront reads. */
function blockInside({ blocks }: Origin): MtlsBlock | undefined {
  return blocks.find(({ place, member }) => place === "custom" && member.key === names.block);
}

/** Only where there is one target. With another block in it, only where both say the same. */
function fixesOf(
  block: MtlsBlock,
  inside: MtlsBlock | undefined,
  { custom, blocks, bareArns }: Origin,
): readonly Fix<Said>[] {
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
        reason: { code: "remove-beside", args: { key: member.spelled } },
        safe: true,
        changes: [{ kind: "remove", entry: member }],
      },
    ];
  }
  if (custom === undefined || blocks.length > 1 || bareArns.length > 0 || memberOf(custom, names.block) !== undefined)
    return [];
  // Without a certificate it may be something else that only sounds alike.
  const safe = block.says === "on" && arnOf(block) !== undefined;
  return [
    {
      reason: { code: "move", args: { key: member.spelled } },
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
): readonly Fix<Said>[] {
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
        reason: { code: "remove-bare", args: { key: member.spelled, other: namesFor(dialect).block } },
        safe: true,
        changes: [{ kind: "remove", entry: member }],
      },
    ];
  }
  if (custom === undefined || blocks.length > 0 || bareArns.length > 1 || memberOf(custom, names.block) !== undefined)
    return [];
  const reason = { code: "put", args: { key: namesFor(dialect).block } } as const;
  if (isComputed(member.value))
    return [
      { reason, safe: true, changes: [{ kind: "enclose", to: custom, key: names.block, members: [{ member }] }] },
    ];
  if (certificate === undefined) return [];
  if (!isCertificateArn(certificate) && !isTemplated(certificate)) return [];
  const value = { [names.arn]: certificate };
  return [
    {
      reason,
      safe: true,
      changes: [
        { kind: "remove", entry: member },
        { kind: "add", to: custom, key: names.block, value },
      ],
    },
  ];
}
