import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { nearest } from "../../text.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const enumValue: Rule<Distribution> = {
  id: "distribution/enum-value",
  severity: "error",
  requires: l10n.t("A value is one of those that the API lists for its member."),
  source: sources.distributionConfig,
  *check({ members }) {
    for (const { node, value, type, key } of members.enums) {
      if (isTemplated(value)) continue;
      const meant = nearest(value, type.values, 1);
      const known = type.values.join(", ");
      if (meant === undefined) yield { at: node, severity: "warning", message: l10n.t("{0} takes {1}; \"{2}\" is none that we know.", key, known, value) };
      else {
        yield {
          at: node,
          message: l10n.t("{0} takes {1}; \"{2}\" is spelled {3}.", key, known, value, meant),
          fixes: [{ title: l10n.t("Change to {0}", meant), safe: false, changes: [{ kind: "set", node, value: meant }] }],
        };
      }
    }
  },
};
