import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  s3: () =>
    l10n.t(
      "S3 origins do not support origin mTLS. To allow only this distribution to read the bucket, use an origin access control.",
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
  *check({ id, kind, blocks, bareArns }) {
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
