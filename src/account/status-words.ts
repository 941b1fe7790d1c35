import * as l10n from "@vscode/l10n";
import type { Account } from "./account.ts";
import { failureLabel } from "./failure-words.ts";
import type { Outlook } from "./kind.ts";
import { oldSince, timeText } from "./list-words.ts";
import { connectingText } from "./row-words.ts";
import type { SessionState } from "./session-source.ts";

/** What a status bar says of a session. */
export interface StatusWords {
  readonly icon: string;
  readonly text: string;
  readonly spoken: string;
  readonly tooltip: readonly string[];
  readonly isWarning?: boolean;
}

/** @param profile as people call it */
export function statusWords(state: SessionState, profile: string): StatusWords {
  switch (state.kind) {
    case "idle":
      return {
        icon: "account",
        text: profile,
        spoken: l10n.t("AWS profile {0}, not connected", profile),
        tooltip: [l10n.t("Not connected")],
      };
    case "connecting":
      return {
        icon: "sync~spin",
        text: connectingText(profile),
        spoken: l10n.t("AWS profile {0}, connecting", profile),
        tooltip: [connectingText(profile)],
      };
    case "connected": {
      const { account, arn, region, endpoint } = state.connection.identity;
      return {
        icon: "account",
        text: `${profile} · ${account} · ${region}`,
        spoken: l10n.t("AWS profile {0}, account {1}, {2}", profile, account, region),
        tooltip: [
          l10n.t("Signed in to AWS as {0}", arn),
          ...(endpoint === undefined ? [] : [l10n.t("Custom endpoint: {0}", endpoint)]),
        ],
      };
    }
    case "failed": {
      const label = failureLabel(state.failure);
      return {
        icon: "warning",
        text: `${profile} · ${label}`,
        spoken: l10n.t("AWS profile {0}: {1}", profile, label),
        tooltip: [state.failure.message, ...(state.failure.command === undefined ? [] : [state.failure.command])],
        isWarning: true,
      };
    }
  }
}

/** As in `dev · 123456789012 · us-east-1`; `undefined` until a connection is requested. */
export function whose({ session, identity: before }: Account, profile: string): string | undefined {
  const { state } = session;
  if (state.kind === "idle") return undefined;
  const identity = state.kind === "connected" ? state.connection.identity : before;
  return identity === undefined ? profile : `${profile} · ${identity.account} · ${identity.region}`;
}

/** What the rows cannot say themselves. */
export function aboveRows(account: Account, filter: string, outlook: Outlook): string | undefined {
  const { state } = account.session;
  const old = oldInWords(outlook);
  if (state.kind === "failed") return old === undefined ? state.failure.message : `${state.failure.message} ${old}`;
  if (state.kind === "connecting") return connectingText(undefined);
  if (old !== undefined) return old;
  if (outlook.model.asked().filter.length === 0) return undefined;
  const found = filterCounts(outlook);
  return account.isLoading
    ? l10n.t("Filter “{0}” (loading): {1}", filter, found)
    : l10n.t("Filter “{0}”: {1}", filter, found);
}

/** That what is shown is old, where refreshing it was refused. */
function oldInWords(outlook: Outlook): string | undefined {
  const [first] = outlook.registry.kinds
    .flatMap(({ list }) => list?.roots(outlook) ?? [])
    .flatMap((root) => oldSince(root, outlook) ?? [])
    .toSorted((a, b) => a.asOf.getTime() - b.asOf.getTime());
  if (first === undefined) return undefined;
  const time = timeText(first.asOf, outlook.model.asked().now);
  return outlook.account.failure === undefined
    ? l10n.t("Could not refresh everything: {0} Some rows are as of {1}.", first.failure.message, time)
    : l10n.t("The rows are as of {0}.", time);
}

/** As in `3 of 25 certificates, 1 of 29 distributions`. */
export function filterCounts(outlook: Outlook): string {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);
  return outlook.registry.kinds
    .flatMap(({ list }) => {
      if (list === undefined) return [];
      const shown = list.roots(outlook).map((root) => list.shown(root, outlook));
      return list.counted({ items: sum(shown.map(({ items }) => items.length)), of: sum(shown.map(({ of }) => of)) });
    })
    .join(", ");
}

/** What is wrong in all of the account. */
export function badgeOf(outlook: Outlook): { readonly value: number; readonly tooltip: string } {
  const problems = outlook.registry.kinds
    .flatMap(({ problems: of }) => of?.(outlook) ?? [])
    .filter(({ count }) => count > 0);
  return {
    value: problems.reduce((all, { count }) => all + count, 0),
    tooltip: problems.map(({ words }) => words).join(" "),
  };
}
