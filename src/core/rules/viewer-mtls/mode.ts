import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { meantMode, saysOff, viewerModes } from "../../cloudfront/viewer-mtls.ts";
import { nearest } from "../../text.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const mode: Rule<Distribution> = {
  id: "viewer-mtls/mode",
  severity: "error",
  requires: l10n.t("The mode of viewer mTLS must be required, optional or passthrough, in lower case."),
  source: sources.viewerMtlsConfig,
  *check({ viewerMtls }) {
    const node = viewerMtls?.mode;
    if (node === undefined || typeof node.value !== "string") return;
    const { value } = node;
    if (value.trim() === "" || isTemplated(value) || viewerModes.some((known) => known === value)) return;
    const modes = viewerModes.join(", ");
    if (saysOff(value)) {
      const member = viewerMtls?.member;
      const fixes: readonly Fix[] =
        member === undefined
          ? []
          : [{ reason: l10n.t("Remove {0}", member.key), safe: false, changes: [{ kind: "remove", entry: member }] }];
      yield {
        at: node,
        reason: l10n.t('"{0}" is not a mode of viewer mTLS. To switch viewer mTLS off, remove the block.', value),
        fixes,
      };
      return;
    }
    const meant = meantMode(value) ?? nearest(value, viewerModes);
    if (meant === undefined) {
      yield {
        at: node,
        severity: "warning",
        reason: l10n.t('Unknown value "{0}" for {1}. Known: {2}.', value, "Mode", modes),
      };
      return;
    }
    const verify = value.toLowerCase() === "verify";
    yield {
      at: node,
      reason: verify
        ? l10n.t('"{0}" is what the guide and the console say; in the API this mode is {1}.', value, meant)
        : l10n.t('"{0}" is not a value of {1}. Did you mean {2}?', value, "Mode", meant),
      // In another case it is the same word. Anything else decides who is refused, which nobody should find out later.
      fixes: [
        {
          reason: l10n.t("Change to {0}", meant),
          safe: value.toLowerCase() === meant,
          changes: [{ kind: "set", node, value: meant }],
        },
      ],
    };
  },
};
