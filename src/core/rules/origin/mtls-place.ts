import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import type { MtlsBlock } from "../../cloudfront/origin-mtls.ts";
import type { ObjectNode } from "../../document/tree.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const mtlsPlace: Rule<Distribution> = {
  id: "origin/mtls-place",
  severity: "error",
  requires: l10n.t("OriginMtlsConfig stands inside the CustomOriginConfig of its origin."),
  source: sources.customOriginConfig,
  *check({ origins, strayBlocks }) {
    for (const origin of origins) {
      // On an S3 or VPC origin it belongs nowhere: that is origin/mtls-origin-type.
      if (origin.kind === "s3" || origin.kind === "vpc") continue;
      for (const block of origin.blocks) {
        if (block.place === "custom") continue;
        yield { at: block.member.keySpan, message: misplaced(block), origin: origin.id, fixes: move(block, origin.custom, origin.blocks) };
      }
    }
    const takers = origins.filter((origin) => origin.kind === "custom" && origin.blocks.length === 0);
    const only = takers.length === 1 && strayBlocks.length === 1 ? takers[0] : undefined;
    for (const block of strayBlocks) {
      yield { at: block.member.keySpan, message: misplaced(block), origin: only?.id, fixes: move(block, only?.custom, []) };
    }
  },
};

function misplaced({ member, place }: MtlsBlock): string {
  const belongs = l10n.t("Here CloudFront does not see it: the AWS CLI refuses it, the SDK for JavaScript drops it without a word, and the origin is called without a client certificate. It belongs inside CustomOriginConfig.");
  switch (place) {
    case "s3":
    case "vpc":
      return l10n.t("{0} stands in the wrong block. {1}", member.key, belongs);
    case "distribution":
      return l10n.t("{0} stands outside every origin. {1}", member.key, belongs);
    default:
      return l10n.t("{0} stands beside CustomOriginConfig. {1}", member.key, belongs);
  }
}

/** Only where there is one target, and it has no block of its own. */
function move({ member }: MtlsBlock, target: ObjectNode | undefined, all: readonly MtlsBlock[]): readonly Fix[] {
  if (target === undefined || all.length > 1) return [];
  return [{ title: l10n.t("Move {0} into CustomOriginConfig", member.key), safe: true, changes: [{ kind: "move", member, to: target }] }];
}
