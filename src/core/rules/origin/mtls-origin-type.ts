import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const mtlsOriginType: Rule<Origin> = {
  id: "origin/mtls-origin-type",
  severity: "error",
  requires: l10n.t("Origin mTLS must be on custom origins only: S3 and VPC origins do not support it."),
  source: sources.originMtls,
  *check({ id, kind, blocks }) {
    if (kind !== "s3" && kind !== "vpc") return;
    for (const { member } of blocks) {
      yield {
        at: member.keySpan,
        origin: id,
        reason:
          kind === "s3"
            ? l10n.t(
                "S3 origins do not support origin mTLS. To let only this distribution read the bucket, use an origin access control.",
              )
            : l10n.t("VPC origins do not support origin mTLS."),
        fixes: [
          { reason: l10n.t("Remove {0}", member.key), safe: false, changes: [{ kind: "remove", entry: member }] },
        ],
      };
    }
  },
};
