import * as l10n from "@vscode/l10n";
import type { ReasonOf, Says } from "../../reason.ts";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import { type RefusedText, refusedTextIn } from "../../truststore/text.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

const says = {
  "write-marker": ({ marker }: { marker: string }) => l10n.t("Change the marker to {0}", marker),
  "remove-blank-lines": () => l10n.t("Remove the blank lines"),
  "remove-text": () => l10n.t("Remove the text that is not a comment"),
  // A certificate that is commented out is meant to come back.
  "remove-commented-out": () => l10n.t("Remove the commented-out content and the comments with a hyphen"),
  "remove-comments": () => l10n.t("Remove the comments with a hyphen"),
} satisfies Says;

export const text: Rule<Bundle, typeof says> = {
  id: "trust-store/text",
  severity: "error",
  requires: l10n.t(
    "A trust store for CloudFront or Application Load Balancer must not have blank lines between certificates, or text other than comments that begin with # and contain no hyphen.",
  ),
  source: sources.trustStores,
  says,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    const refused = refusedTextIn(bundle).values();
    for (const one of unmetInStore(bundle, "text", context)) {
      const { value: lines } = refused.next();
      if (lines === undefined) return;
      const { certificate, ...said } = storeFinding(bundle, one);
      // Below the last block it is about none.
      yield {
        ...said,
        ...(one.index === undefined ? {} : { certificate }),
        at: lines.at,
        fixes: lines.isOfBody ? [] : [remedy(lines)],
      };
    }
  },
};

function remedy({ kind, marker, edits, isSafe, hasBlock }: RefusedText): Fix<ReasonOf<typeof says>> {
  return {
    reason:
      marker === undefined
        ? { code: kind === "hyphen" && hasBlock ? "remove-commented-out" : removals[kind] }
        : { code: "write-marker", args: { marker } },
    safe: isSafe,
    changes: edits.map((edit) => ({ kind: "rewrite", edit })),
  };
}

const removals = {
  blank: "remove-blank-lines",
  hyphen: "remove-comments",
  other: "remove-text",
} as const satisfies Readonly<Record<RefusedText["kind"], keyof typeof says>>;
