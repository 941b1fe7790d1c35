import * as l10n from "@vscode/l10n";
import { type Listener, mayHaveFilters } from "../../elb/listener.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  empty: () =>
    l10n.t(
      "The list of filters is empty. The listener accepts every client with a certificate that the trust store accepts. To accept only certain clients, add a filter for each.",
    ),
  "not-network": ({ member }: { member: string }) =>
    l10n.t(
      "{0} is documented only for TLS listeners of a Network Load Balancer. Do not rely on it here to reject clients.",
      member,
    ),
  mode: ({ member, mode }: { member: string; mode: string }) =>
    l10n.t("{0} applies only in verify mode. In {1} mode, the filters reject no client.", member, mode),
  remove: ({ member }: { member: string }) => l10n.t("Remove {0} and its filters", member),
} satisfies Says;

export const identityFiltersUse: Rule<Listener, typeof says> = {
  id: "listener/identity-filters-use",
  severity: "warning",
  requires: l10n.t(
    "Client certificate identity filters must be set on a TLS listener of a Network Load Balancer in verify mode, and their list should not be empty, because a listener with an empty list accepts every client that the trust store accepts.",
  ),
  source: sources.nlbFilters,
  says,
  *check(listener) {
    const { filters, filterItems, role, mode } = listener;
    const member = filters?.member;
    // Which mode they get where they stand elsewhere is not known.
    const knownMode = mode?.member?.parent === member?.parent ? listener.knownMode : undefined;
    if (filters?.node.kind !== "list" || member === undefined) return;
    const isElsewhere = !mayHaveFilters(listener);
    const isOtherMode = knownMode === "off" || knownMode === "passthrough";
    const called = member.spelled;
    if (filterItems.length === 0) {
      // Without a mode, none is verified: that is said already.
      const isOff = mode === undefined && listener.at !== undefined && role !== "output";
      if (isElsewhere || isOtherMode || isOff) return;
      yield { at: filters.at, ...(role === "output" ? { severity: "info" } : {}), reason: { code: "empty" } };
      return;
    }
    // What an answer holds was not written by the user.
    if ((!isElsewhere && !isOtherMode) || role === "output") return;
    const fix: Fix<ReasonOf<typeof says>> = {
      reason: { code: "remove", args: { member: called } },
      safe: false,
      changes: [{ kind: "remove", entry: member }],
    };
    yield {
      at: filters.at,
      reason: isElsewhere
        ? { code: "not-network", args: { member: called } }
        : { code: "mode", args: { member: called, mode: knownMode ?? "off" } },
      fixes: [fix],
    };
  },
};
