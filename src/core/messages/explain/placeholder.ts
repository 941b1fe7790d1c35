import * as l10n from "@vscode/l10n";
import type { Explanation } from "../../dialect/assist.ts";

/** What stands in place of a header value. */
export function explainPlaceholder(): Explanation {
  return {
    title: l10n.t("Placeholder for a header value"),
    text: [
      l10n.t(
        "The value is not shown. If you apply the configuration, CloudFront gets the value and not the placeholder. To change the value, replace the placeholder with the new one.",
      ),
    ],
    facts: [],
    link: undefined,
  };
}
