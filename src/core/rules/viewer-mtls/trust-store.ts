import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const trustStore: Rule<Distribution> = {
  id: "viewer-mtls/trust-store",
  severity: "error",
  requires: l10n.t("Viewer mTLS must have a trust store in the modes required and optional, and none in passthrough."),
  source: sources.viewerMtlsModes,
  *check({ whole, complete, soundUpTo, viewerMtls, members }) {
    if (viewerMtls?.mode === undefined || viewerMtls.says === undefined) return;
    const { mode, says, object, trustStoreConfig } = viewerMtls;
    if (says === "passthrough") {
      const value = trustStoreConfig?.value;
      // Null is how some tools write what is not there.
      if (
        trustStoreConfig === undefined ||
        value === undefined ||
        (value.kind === "scalar" && value.value === null) ||
        trustStoreConfig.start >= soundUpTo
      )
        return;
      yield {
        at: trustStoreConfig.keySpan,
        reason: l10n.t(
          "With passthrough there is no trust store: CloudFront does not check the certificates of viewers, the origin does.",
        ),
        related: [{ at: mode, reason: l10n.t("the mode") }],
        fixes: [
          {
            reason: l10n.t("Remove {0}", trustStoreConfig.key),
            safe: false,
            changes: [{ kind: "remove", entry: trustStoreConfig }],
          },
        ],
      };
      return;
    }
    // One that is written otherwise, or elsewhere, is another finding; so is null, which is no object
    // (distribution/member-type).
    if (members.unknown.some(({ member }) => member.key === "TrustStoreConfig" || member.key === "TrustStoreId"))
      return;
    if (
      !whole ||
      !complete ||
      object?.members.some(
        ({ key, value }) =>
          /trust/i.test(key) && (key === "TrustStoreConfig" || !(value?.kind === "scalar" && value.value === null)),
      ) !== false
    )
      return;
    yield {
      at: mode,
      reason: l10n.t("The mode {0} needs a trust store: TrustStoreConfig names it by its TrustStoreId.", says),
    };
  },
};
