import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import { booleanOf, valueOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import { relatedToViewerMtls } from "../related.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  shield: () => l10n.t("Origin Shield is not supported with viewer mTLS in passthrough mode."),
  "turn-off": () => l10n.t("Turn off Origin Shield"),
} satisfies Says;

export const passthroughOriginShield: Rule<Origin, typeof says> = {
  id: "viewer-mtls/passthrough-origin-shield",
  severity: "error",
  requires: l10n.t("In passthrough mode, origins must not have Origin Shield enabled."),
  source: sources.viewerMtlsModes,
  says,
  concerns: ({ distribution }) => distribution.viewerMtls?.says === "passthrough",
  *check({ id, node, distribution }) {
    const enabled = valueOf(node, "OriginShield", "Enabled");
    if (enabled === undefined || enabled.start >= distribution.soundUpTo || booleanOf(enabled) !== true) return;
    yield {
      at: enabled,
      origin: id,
      reason: { code: "shield" },
      related: relatedToViewerMtls(distribution),
      fixes: [{ reason: { code: "turn-off" }, safe: false, changes: [{ kind: "set", node: enabled, value: false }] }],
    };
  },
};
