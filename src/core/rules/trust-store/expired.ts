import * as l10n from "@vscode/l10n";
import type { Change } from "../../document/change.ts";
import { cutBlock } from "../../pem/arrange.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

const says = {
  remove: () => l10n.t("Remove the expired certificate"),
  "remove-all": ({ count }: { count: number }) => l10n.t("Remove all {0} expired certificates", count),
} satisfies Says;

export const expired: Rule<Bundle, typeof says> = {
  id: "trust-store/expired",
  severity: "warning",
  requires: l10n.t(
    "A certificate in a trust store must not have expired, because services can reject clients with certificates below it and do not notify you.",
  ),
  source: sources.apiGatewayMtls,
  says,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    const all = [...unmetInStore(bundle, "expired", context)];
    // One list for all of them, however many.
    const ofAll = all.map(({ index = 0 }): Change => ({ kind: "rewrite", edit: cutBlock(bundle.pem, index, index) }));
    const bulk: readonly Fix<ReasonOf<typeof says>>[] =
      ofAll.length < 2
        ? []
        : [{ reason: { code: "remove-all", args: { count: ofAll.length } }, safe: false, changes: ofAll }];
    for (const [place, unmet] of all.entries()) {
      // A service can be told to ignore expiry, and a successor may be on its way.
      yield {
        ...storeFinding(bundle, unmet),
        fixes: [{ reason: { code: "remove" }, safe: false, changes: ofAll.slice(place, place + 1) }, ...bulk],
      };
    }
  },
};
