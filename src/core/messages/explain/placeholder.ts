import * as l10n from "@vscode/l10n";
import type { Explanation } from "../../dialect/assist.ts";

/** What stands in place of a header value. */
export function explainPlaceholder(standsFor: "value" | "unclear"): Explanation {
  return {
    title: l10n.t("Placeholder for a header value"),
    text: [
      standsFor === "value"
        ? l10n.t(
            "The value is not shown. If you apply the configuration, CloudFront gets the value and not the placeholder. To change the value, replace the placeholder with the new one.",
          )
        : l10n.t(
            "What was typed here is kept but not shown, and it cannot be applied: it has a part of another placeholder in it, or is a number without quotation marks. Replace the placeholder with the header value in quotation marks.",
          ),
    ],
    facts: [],
    link: undefined,
  };
}
