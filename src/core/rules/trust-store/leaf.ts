import * as l10n from "@vscode/l10n";
import type { Change } from "../../document/change.ts";
import { cutBlock } from "../../pem/arrange.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { joinedBehind } from "../../x509/bundle/joined.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

const says = {
  remove: () => l10n.t("Remove this certificate"),
  "remove-all": ({ count }: { count: number }) =>
    l10n.t("Remove all {0} certificates that are not CA certificates", count),
} satisfies Says;

export const leaf: Rule<Bundle, typeof says> = {
  id: "trust-store/leaf",
  severity: "warning",
  requires: l10n.t("A trust store must contain CA certificates, not client certificates."),
  source: sources.apiGatewayMtls,
  says,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    const all = [...unmetInStore(bundle, "authority", context)];
    // Whether a client gets in with a self-signed one is not documented: those are removed one by one.
    const certain = all
      .filter(({ severity, index }) => severity === "warning" && isByItself(bundle, index))
      .map(({ index = 0 }): Change => ({ kind: "rewrite", edit: cutBlock(bundle.pem, index, index) }));
    const bulk: readonly Fix<ReasonOf<typeof says>>[] =
      certain.length < 2
        ? []
        : [
            {
              reason: { code: "remove-all", args: { count: certain.length } },
              safe: false,
              changes: certain,
            },
          ];
    for (const unmet of all) {
      const { index = 0, severity } = unmet;
      if (!isByItself(bundle, index)) {
        yield storeFinding(bundle, unmet);
        continue;
      }
      // The file does not tell whether a client depends on it.
      yield {
        ...storeFinding(bundle, unmet),
        fixes: [
          {
            reason: { code: "remove" },
            safe: false,
            changes: [{ kind: "rewrite", edit: cutBlock(bundle.pem, index, index) }],
          },
          ...(severity === "warning" ? bulk : []),
        ],
      };
    }
  },
};

/** Whether no other certificate goes with the block. */
function isByItself({ pieces }: Bundle, index: number | undefined): boolean {
  const piece = index === undefined ? undefined : pieces[index];
  return piece === undefined || joinedBehind(piece).length === 0;
}
