import * as l10n from "@vscode/l10n";
import type { Listener } from "../../elb/listener.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  removed: () =>
    l10n.t("The shared trust store was removed from this listener, because its owner no longer shares it."),
  "read-only": ({ member }: { member: string }) => l10n.t("{0} is read-only. Elastic Load Balancing sets it.", member),
  remove: ({ member }: { member: string }) => l10n.t("Remove {0}", member),
} satisfies Says;

export const associationStatus: Rule<Listener, typeof says> = {
  id: "listener/association-status",
  severity: "warning",
  requires: l10n.t(
    "TrustStoreAssociationStatus must not be set, because Elastic Load Balancing uses it to show whether a shared trust store is still available.",
  ),
  source: sources.mutualAuthentication,
  says,
  *check({ association, role }) {
    if (association?.member === undefined) return;
    if (role === "output") {
      if (association.text === "removed") yield { at: association.node, reason: { code: "removed" } };
      return;
    }
    yield {
      at: association.at,
      reason: { code: "read-only", args: { member: association.member.spelled } },
      fixes: [
        {
          reason: { code: "remove", args: { member: association.member.spelled } },
          safe: false,
          changes: [{ kind: "remove", entry: association.member }],
        },
      ],
    };
  },
};
