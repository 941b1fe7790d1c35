import * as l10n from "@vscode/l10n";
import type { Distribution, Origin } from "../../cloudfront/distribution.ts";
import { names } from "../../cloudfront/origin-mtls.ts";
import { isComputed, valueOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import { mostRelated } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  mixed: ({ origin }: { origin: string }) =>
    l10n.t(
      "In this origin group, only some members have mTLS. When CloudFront fails over to {0}, it does not present a client certificate.",
      origin,
    ),
  "with-mtls": () => l10n.t("This member has mTLS."),
} satisfies Says;

export const originGroupMtls: Rule<Distribution, typeof says> = {
  id: "distribution/origin-group-mtls",
  severity: "info",
  requires: l10n.t(
    "Either all or none of the custom origins in an origin group must have mTLS, so that a failover does not turn mTLS on or off.",
  ),
  source: sources.originMtls,
  says,
  *check({ originGroups }) {
    for (const group of originGroups) {
      // S3 and VPC origins cannot have it; of others it may not be known.
      const able = group.members.filter(
        ({ origin }) => origin !== undefined && origin.kind !== "s3" && origin.kind !== "vpc" && !isUnknown(origin),
      );
      const on = able.filter((member) => member.origin?.mtls !== "off");
      const off = able.find((member) => member.origin?.mtls === "off");
      if (on.length === 0 || off === undefined) continue;
      yield {
        at: off.node,
        origin: off.origin?.id,
        reason: { code: "mixed", args: { origin: off.origin?.id ?? "?" } },
        related: on.slice(0, mostRelated).map(({ node }) => ({ at: node, reason: { code: "with-mtls" } })),
      };
    }
  },
};

/** Whether only who uses the document knows its settings. */
function isUnknown({ node, custom }: Origin): boolean {
  return isComputed(valueOf(node, "CustomOriginConfig")) || isComputed(valueOf(custom, names.block));
}
