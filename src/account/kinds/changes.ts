import * as l10n from "@vscode/l10n";
import { item, type Outlook, rowKind } from "../kind.ts";
import { isFiltered } from "../list-words.ts";
import { named } from "../row.ts";
import { count, countOf, facts, joined } from "../row-words.ts";
import { isUnderWay, type ShownChange } from "../shown-change.ts";
import { searchedInChange } from "../shown-change-words.ts";

/** What was changed from this machine. */
export interface ChangesRow {
  readonly kind: "changes";
}

export const changesRow: ChangesRow = { kind: "changes" };

/** Those that fit the filter, the latest first. */
export function shownChanges({ changes, model }: Outlook): readonly ShownChange[] {
  const { filter } = model.asked();
  const all = changes();
  return filter.length === 0 ? all : all.filter((change) => model.fits(change, () => searchedInChange(change), filter));
}

export const changes = rowKind(named("changes"))({
  kind: "changes",
  key: () => "changes",
  contexts: ["changes"],
  item: (_, outlook) => {
    const shown = shownChanges(outlook);
    const underWay = shown.filter(isUnderWay).length;
    return item(
      {
        kind: l10n.t("List"),
        label: l10n.t("Changes"),
        description: joined([
          countOf(shown.length, outlook.changes().length, isFiltered(outlook)),
          underWay > 0 && l10n.t("{0} under way", count(underWay)),
        ]),
        icon: { id: "history" },
      },
      "closed",
      "changes",
    );
  },
  explain: (_, outlook) => ({
    title: l10n.t("Changes Made on This Machine"),
    text: [
      l10n.t(
        "Changes of all AWS accounts that were made with mTLS Workbench on this machine, by any window. The latest 200 are kept, without secrets.",
      ),
    ],
    facts: facts([[l10n.t("Changes"), count(outlook.changes().length)]]),
    link: undefined,
  }),
  roots: (outlook) => (shownChanges(outlook).length === 0 ? [] : [changesRow]),
  name: () => l10n.t("Changes"),
});
