import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const originGroupMtls: Rule<Distribution> = {
  id: "distribution/origin-group-mtls",
  severity: "info",
  requires: l10n.t("The members of an origin group either all have mTLS or none has."),
  source: sources.originMtls,
  *check({ originGroups }) {
    for (const group of originGroups) {
      const known = group.members.filter((member) => member.origin !== undefined);
      const on = known.filter((member) => member.origin?.mtls !== "off");
      const off = known.find((member) => member.origin?.mtls === "off");
      if (on.length === 0 || off === undefined) continue;
      yield {
        at: off.node,
        origin: off.origin?.id,
        message: l10n.t("In this origin group only some members have mTLS: when CloudFront fails over to {0}, it presents no client certificate.", off.origin?.id ?? "?"),
        related: on.map(({ node }) => ({ at: node, message: l10n.t("this member has mTLS") })),
      };
    }
  },
};
