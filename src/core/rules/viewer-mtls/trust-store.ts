import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "with-passthrough": () =>
    l10n.t("The passthrough mode has no trust store. The origin checks the certificates of viewers, not CloudFront."),
  mode: () => l10n.t("The mode is set here."),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  missing: ({ mode }: { mode: string }) =>
    l10n.t("The mode {0} requires a trust store. Set its ID as TrustStoreId in TrustStoreConfig.", mode),
} satisfies Says;

export const trustStore: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/trust-store",
  severity: "error",
  requires: l10n.t(
    "Viewer mTLS must have a trust store in required and optional mode, and must not have one in passthrough mode.",
  ),
  source: sources.viewerMtlsModes,
  says,
  *check({ whole, complete, soundUpTo, viewerMtls, members }) {
    if (viewerMtls?.mode === undefined || viewerMtls.says === undefined) return;
    const { mode, says: meaning, object, trustStoreConfig } = viewerMtls;
    if (meaning === "passthrough") {
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
        reason: { code: "with-passthrough" },
        related: [{ at: mode, reason: { code: "mode" } }],
        fixes: [
          {
            reason: { code: "remove", args: { key: trustStoreConfig.spelled } },
            safe: false,
            changes: [{ kind: "remove", entry: trustStoreConfig }],
          },
        ],
      };
      return;
    }
    // One that is written otherwise, or elsewhere, is another finding. Null is none.
    if (members.unknown.some(({ member }) => member.key === "TrustStoreConfig" || member.key === "TrustStoreId"))
      return;
    if (
      !whole ||
      !complete ||
      object?.members.some(
        ({ key, value }) => /trust/i.test(key) && !(value?.kind === "scalar" && value.value === null),
      ) !== false
    )
      return;
    yield { at: mode, reason: { code: "missing", args: { mode: meaning } } };
  },
};
