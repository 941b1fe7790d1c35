import * as l10n from "@vscode/l10n";
import { failureLabel } from "./failure-words.ts";
import type { Outlook, Shown } from "./kind.ts";
import type { Row } from "./row.ts";
import { count, countOf, type Words } from "./row-words.ts";

/** What the row of a list says: what it lists, how many, and how far it is. */
export function listWords(
  list: Row,
  { label, icon }: { readonly label: string; readonly icon: string },
  { items, of }: Shown<unknown>,
  outlook: Outlook,
): Words {
  const counted = countOf(items.length, of, isFiltered(outlook));
  return { kind: l10n.t("List"), label, description: howFar(list, counted, outlook), icon: { id: icon } };
}

export function isFiltered({ model }: Outlook): boolean {
  return model.asked().filter.length > 0;
}

function howFar(list: Row, counted: string, { account }: Outlook): string {
  const { state, failure, items } = account.listing(list);
  if (state === "loading") {
    const so = account.count(list);
    const loading = so === 0 ? l10n.t("loading…") : l10n.t("loading… {0}", count(so));
    return account.isSlowedDown ? l10n.t("{0}; AWS is throttling requests", loading) : loading;
  }
  if (failure !== undefined && items.length === 0) return failureLabel(failure);
  // All of them, but not the latest.
  if (failure !== undefined && state === "complete")
    return l10n.t("{0}, not refreshed: {1}", counted, failureLabel(failure));
  if (failure !== undefined) return l10n.t("{0}, then failed: {1}", counted, failureLabel(failure));
  if (state === "stopped") return l10n.t("{0}, stopped", counted);
  return state === "idle" ? "" : counted;
}
