import * as l10n from "@vscode/l10n";
import { missingForUpdate } from "../../cloudfront/update-members.ts";
import { type ConfigFacts, subjectsOf } from "../../facts.ts";
import { allOf } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const updateMembers: Rule<ConfigFacts> = {
  id: "file/update-members",
  severity: "info",
  requires: l10n.t("An update must have the members that UpdateDistribution requires and CreateDistribution does not."),
  source: sources.requiredFields,
  *check(facts, { isUpdate }) {
    for (const { distribution, wrapper } of subjectsOf(facts, "distribution")) {
      // CloudFormation fills in what its own update needs.
      if (distribution.dialect.deployedBy !== undefined) continue;
      if (wrapper?.isUpdate !== true && isUpdate !== true) continue;
      const [first, ...others] = missingForUpdate(distribution);
      const { node } = distribution;
      const at = wrapper?.member.keySpan ?? { start: node.start, end: node.start + 1 };
      if (first !== undefined) yield { at, reason: allOf(first, ...others) };
    }
  },
};
