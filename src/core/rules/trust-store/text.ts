import * as l10n from "@vscode/l10n";
import { unmetInStore } from "../../truststore/file-fitness.ts";
import { type RefusedText, refusedTextIn } from "../../truststore/text.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";
import { storeFinding } from "../store-finding.ts";

export const text: Rule<Bundle> = {
  id: "trust-store/text",
  severity: "error",
  requires: l10n.t(
    "Between the certificates of a trust store for CloudFront or Application Load Balancer there must be no blank lines, and no text but comments that begin with # and have no hyphen.",
  ),
  source: sources.trustStores,
  *check(bundle, context) {
    if (context.purpose !== "trust-store") return;
    const unmet = unmetInStore(bundle, "text", context);
    const refused = refusedTextIn(bundle);
    for (const [place, one] of unmet.entries()) {
      const lines = refused[place];
      if (lines === undefined) return;
      const { certificate, ...said } = storeFinding(bundle, one);
      // Below the last block it is about none.
      yield { ...said, ...(one.index === undefined ? {} : { certificate }), at: lines.at, fixes: [remedy(lines)] };
    }
  },
};

function remedy({ kind, marker, edits, isSafe, hasBlock }: RefusedText): Fix {
  return {
    reason: marker === undefined ? removalTitle(kind, hasBlock) : l10n.t("Write the marker as {0}", marker),
    safe: isSafe,
    changes: edits.map((edit) => ({ kind: "rewrite", edit })),
  };
}

function removalTitle(kind: RefusedText["kind"], hasBlock: boolean): string {
  if (kind === "blank") return l10n.t("Remove the blank lines");
  if (kind === "other") return l10n.t("Remove the text that is no comment");
  // Nobody takes a certificate out by a comment who does not mean to have it again.
  return hasBlock
    ? l10n.t("Remove what is commented out here, and the comments with a hyphen")
    : l10n.t("Remove the comments with a hyphen");
}
