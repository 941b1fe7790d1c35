import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { MtlsBlock } from "../../cloudfront/origin-mtls.ts";
import { type ObjectNode, objectAt } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  s3: () =>
    l10n.t(
      "S3 origins do not support origin mTLS. To allow only this distribution to read the bucket, use an origin access control.",
    ),
  "beside-s3": () =>
    l10n.t(
      "This origin has S3OriginConfig: it is an S3 origin, and S3 origins do not support origin mTLS. Set it in the CustomOriginConfig of a custom origin.",
    ),
  vpc: () => l10n.t("VPC origins do not support origin mTLS."),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
} satisfies Says;

export const mtlsOriginType: Rule<Origin, typeof says> = {
  id: "origin/mtls-origin-type",
  severity: "error",
  requires: l10n.t("Origin mTLS must be used only with custom origins, because S3 and VPC origins do not support it."),
  source: sources.originMtls,
  says,
  *check({ id, node, kind, custom, blocks, bareArns, distribution: { dialect } }) {
    // Of an object that is judged whole, distribution/required-member says that there are two of them.
    if (kind === "custom" && dialect.judged !== undefined && isS3(node) && holdsBlocksAlone(custom, blocks)) {
      for (const { member } of blocks) yield { at: member.keySpan, origin: id, reason: { code: "beside-s3" } };
    }
    if (kind !== "s3" && kind !== "vpc") return;
    for (const member of [...blocks.map((block) => block.member), ...bareArns]) {
      yield {
        at: member.keySpan,
        origin: id,
        reason: { code: kind },
        fixes: [
          {
            reason: { code: "remove", args: { key: member.spelled } },
            safe: false,
            changes: [{ kind: "remove", entry: member }],
          },
        ],
      };
    }
  },
};

function isS3(origin: ObjectNode): boolean {
  return objectAt(origin, "S3OriginConfig") !== undefined;
}

/** Nothing of a custom origin but mutual TLS: it was put into an origin of another type. */
function holdsBlocksAlone(custom: ObjectNode | undefined, blocks: readonly MtlsBlock[]): boolean {
  return (
    custom !== undefined &&
    blocks.length > 0 &&
    custom.members.every((member) => blocks.some((block) => block.member === member))
  );
}
